import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Response } from '#bank/protocol';
import { LatestAnswers, type LatestAnswer } from '../../../server/delivery/latest-answers.ts';

const token = fc.string({ minLength: 8, maxLength: 8, unit: fc.constantFrom(...'abcdefgh01234567-_') });
const response: fc.Arbitrary<Response> = fc.oneof(
  fc.constant(null),
  fc.record({ c: token }),
  fc.record({ m: fc.array(token, { maxLength: 6 }) }),
  fc.record({ t: fc.dictionary(token, fc.boolean(), { maxKeys: 4 }) }),
  fc.record({ x: fc.string({ unit: 'grapheme', maxLength: 400 }) }),
);
const answer: fc.Arbitrary<LatestAnswer> = fc.record({
  slot: fc.nat(119),
  seq: fc.integer({ min: 1, max: 500 }),
  response,
  at: fc.integer({ min: 1, max: 2 ** 45 }),
});

describe('the latest answers', () => {
  it('are those of a plain map, in any order of arrival', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 300 }), (answers) => {
        const latest = new LatestAnswers();
        const plain = new Map<number, LatestAnswer>();
        for (const one of answers) {
          latest.put({ ...one, json: JSON.stringify(one.response) }, one.at);
          if (one.seq > (plain.get(one.slot)?.seq ?? 0)) plain.set(one.slot, one);
        }
        const kept = [...plain.values()].sort((a, b) => a.slot - b.slot);
        const texts = JSON.parse(JSON.stringify(kept)) as LatestAnswer[];
        expect([...latest]).toEqual(texts);
        const times = kept.map(({ at }) => at);
        expect(latest.summary(80)).toEqual({
          answered: kept.filter(({ slot, response }) => slot < 80 && response !== null).length,
          lastAt: times.length > 0 ? Math.max(...times) : null,
        });
        expect(latest.response(120)).toBeNull();
      }),
    );
  });
});
