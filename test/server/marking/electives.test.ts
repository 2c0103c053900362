import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '#bank/assembly';
import { markingPolicy } from '#bank/marks';
import type { Blueprint, Response } from '#bank/protocol';
import { DomainError } from '#bank/protocol';
import { markAttempt, type FindItem } from '../../../server/marking/mark-attempt.ts';

const BRANCHES = [
  { id: 'cs', title: 'CS' },
  { id: 'ict', title: 'ICT' },
];

/** One cell of three questions with two to answer in each of: a part for all, one for each branch. */
const BLUEPRINT: Blueprint = {
  branches: BRANCHES,
  parts: [undefined, 'cs', 'ict'].map((branch, part) => ({
    title: 'I',
    ...(branch !== undefined && { branch }),
    cells: [{ id: `c${part}`, count: 3, answer: 2, points: 50, topic: 'T', level: 'KNOW', kind: 'numeric' }],
  })),
};
const PAPER: Paper = {
  slots: Array.from({ length: 9 }, (_, index) => ({
    item: `i${index}`,
    version: 1,
    kind: 'numeric',
    cell: `c${Math.floor(index / 3)}`,
    part: Math.floor(index / 3),
    points: 50,
    order: [],
  })),
};
const CHOICE = PAPER.slots.length;

const find: FindItem = () => ({
  content: { kind: 'numeric', stem: [] },
  key: { value: '2' },
  tokens: new Map(),
});

const response = fc.constantFrom<Response>(null, { x: '' }, { x: '2' }, { x: '3' });
const choice = fc.constantFrom<Response | undefined>(undefined, null, { b: 'cs' }, { b: 'ict' });
const given = fc.record({ answers: fc.array(response, { minLength: 9, maxLength: 9 }), choice });

function mark(
  answers: readonly Response[],
  chosen: Response | undefined,
  over: Partial<{ find: FindItem; paper: Paper }> = {},
) {
  const policy = markingPolicy('vn-thpt-2025');
  if (!policy) throw new Error('there is no such policy');
  const entries = [...answers, ...(chosen === undefined ? [] : [chosen])].map((one, slot) => ({
    slot,
    seq: slot + 1,
    epoch: 1,
    response: one,
    at: 0,
  }));
  const whose = { exam: 'e', attempt: 'a', blueprint: BLUEPRINT, sheetVersion: 1, marks: new Map() };
  const { paper = PAPER, find: finder = find } = over;
  return markAttempt({ ...whose, paper, sheet: { answers: entries } }, finder, policy);
}

/** The same by hand: the first two of three that are not empty, of the part for all and of the branch. */
function expectedPoints(answers: readonly Response[], chosen: Response | undefined): number {
  const says = (one: Response | undefined) => !!one && 'x' in one && one.x !== '';
  const part = (at: number) => answers.slice(3 * at, 3 * at + 3).filter(says);
  const [cs, ict] = [part(1), part(2)];
  const isIct = chosen && 'b' in chosen ? chosen.b === 'ict' : cs.length === 0 && ict.length > 0;
  const counting = [...part(0).slice(0, 2), ...(isIct ? ict : cs).slice(0, 2)];
  return 50 * counting.filter((one) => one && 'x' in one && one.x === '2').length;
}

describe('marking a paper with something to choose', () => {
  it('gives points for what counts and for nothing else, out of what one way is worth', () => {
    fc.assert(
      fc.property(given, ({ answers, choice: chosen }) => {
        const result = mark(answers, chosen);
        expect(result).toMatchObject({ max: 200, total: expectedPoints(answers, chosen) });
        const uncounted = result.slots.filter((slot) => slot.uncounted !== undefined);
        expect(uncounted).toHaveLength(5);
        expect(uncounted.every(({ points, parts }) => points === 0 && parts.length === 0)).toBe(true);
        expect(JSON.stringify(mark(answers, chosen))).toBe(JSON.stringify(result));
      }),
    );
  });

  it('takes nothing away for a question that is left blank, but the points of a right answer that counted', () => {
    fc.assert(
      fc.property(given, fc.nat(8), ({ answers, choice: chosen }, slot) => {
        const before = mark(answers, chosen);
        const blank = answers.map((one, at): Response => (at === slot ? null : one));
        const after = mark(blank, { b: before.chosen?.branch ?? '' });
        const own = before.slots.find((one) => one.slot === slot)?.points ?? 0;
        expect(before.total - after.total).toBeLessThanOrEqual(own);
      }),
    );
  });

  it('says of each slot why it does not count', () => {
    const answers: Response[] = [
      { x: '2' },
      { x: '3' },
      { x: '2' },
      null,
      null,
      null,
      { x: '2' },
      null,
      { x: '2' },
    ];
    const { slots, chosen, total } = mark(answers, undefined);
    expect(slots.map(({ uncounted }) => uncounted)).toEqual([
      undefined,
      undefined,
      'beyond-choice',
      'other-branch',
      'other-branch',
      'other-branch',
      undefined,
      'beyond-choice',
      undefined,
    ]);
    expect({ chosen, total }).toEqual({ chosen: { branch: 'ict', surplus: 1 }, total: 150 });
  });

  it('waits for nobody to mark an essay that does not count', () => {
    const paper: Paper = { slots: PAPER.slots.map((slot) => ({ ...slot, kind: 'essay' })) };
    const key = { criteria: [{ id: 'k', title: 'K', bands: [{ points: 50, text: '' }] }] };
    const essays: FindItem = () => ({
      content: { kind: 'essay', stem: [] },
      key: key as never,
      tokens: new Map(),
    });
    const essay = { e: 'bài' };
    const of = (...slots: number[]) =>
      Array.from({ length: 9 }, (_, slot): Response => (slots.includes(slot) ? essay : null));
    const other = mark(of(3, 4), { b: 'ict' }, { paper, find: essays });
    expect(other).toMatchObject({ total: 0, chosen: { surplus: 2 } });
    expect(() => mark(of(6), { b: 'ict' }, { paper, find: essays })).toThrow(DomainError);
  });
});

it('the slot of the choice is no question', () => {
  const { slots } = mark([], { b: 'cs' });
  expect(slots.map(({ slot }) => slot)).not.toContain(CHOICE);
});
