import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemKind, MULTIPLE_SCHEMES, parseMarkup, phrasesOf, plainText, type ItemContent } from '#bank/item';
import { lintItem } from '#bank/item/lint';
import { scoreItem } from '#bank/item/scoring';
import { markingPolicy, type MarkingPolicy } from '#bank/marks';

const policyOf = (name: string): MarkingPolicy => {
  const policy = markingPolicy(name);
  if (!policy) throw new Error(name);
  return policy;
};
const EXACT = policyOf('vn-cv7991');
const phrases = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1));
const contentOf = (count: number): ItemContent => ({
  kind: 'hotText',
  stem: parseMarkup(
    `Chọn\n${phrases(count)
      .map((id) => `ở [[cụm ${id}]]`)
      .join(', ')}`,
  ),
});
const multipleOf = (count: number): ItemContent => ({
  kind: 'multiple',
  stem: parseMarkup('Chọn'),
  shuffle: true,
  options: phrases(count).map((id) => ({ id, text: parseMarkup(`cụm ${id}`) })),
});

describe('a hot text', () => {
  it('counts as a multiple response of its phrases, by every scheme', () => {
    const cases = fc.integer({ min: 2, max: 8 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        correct: fc.subarray(phrases(count), { minLength: 1 }),
        m: fc.shuffledSubarray(phrases(count)),
        scheme: fc.constantFrom(...MULTIPLE_SCHEMES),
        max: fc.integer({ min: 0, max: 500 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ count, correct, m, scheme, max }) => {
        const key = { correct, scheme };
        const scored = scoreItem({ content: contentOf(count), key, max }, { m }, EXACT);
        expect(scored).toEqual(scoreItem({ content: multipleOf(count), key, max }, { m }, EXACT));
        const full = scoreItem({ content: contentOf(count), key, max }, { m: correct }, EXACT);
        const blank = scoreItem({ content: contentOf(count), key, max }, null, EXACT);
        expect([full.points, blank.points]).toEqual([max, 0]);
      }),
    );
  });

  it('numbers its phrases in reading order, with formulas and marks inside', () => {
    const found = phrasesOf(parseMarkup('Âm là [[sóng <b>dọc</b>]] và [[ ]]\n[[$x$]] hay [[hở'));
    expect(found.map(({ id, text }) => `${id} ${plainText(text)}`)).toEqual(['1 sóng dọc', '2 x']);
  });

  it('shows the question first, then the text with its phrases', () => {
    const context = { token: (id: string) => `<${id}>`, math: (tex: string) => tex };
    const content = { kind: 'hotText' as const, stem: parseMarkup('Chọn.\nÂm [[truyền]] đi') };
    expect(itemKind('hotText').toView(content, context)).toEqual({
      kind: 'hotText',
      stem: [[{ t: 'text', v: 'Chọn.' }]],
      text: [
        [
          { runs: [{ t: 'text', v: 'Âm ' }] },
          { token: '<1>', runs: [{ t: 'text', v: 'truyền' }] },
          { runs: [{ t: 'text', v: ' đi' }] },
        ],
      ],
    });
  });

  it('is checked for phrases and key, and linted as a multiple response', () => {
    const { check } = itemKind('hotText');
    const key = (...correct: string[]) => ({ correct, scheme: 'rightMinusWrong' as const });
    const problems = (count: number, ...correct: string[]) =>
      check(contentOf(count), key(...correct)).map(({ code, where }) => `${code} ${where}`);
    expect(problems(2, '1')).toEqual([]);
    expect(problems(1, '1')).toEqual(['item-hot-count stem']);
    expect(problems(13, '1')).toEqual(['item-hot-count stem']);
    expect(problems(2)).toEqual(['item-key-missing key']);
    expect(problems(2, '3')).toEqual(['item-key-unknown-part key.correct']);
    const codes = lintItem(contentOf(3), key('1', '2')).map(({ code }) => code);
    expect(codes).toEqual(['item-pays-for-all']);
  });
});
