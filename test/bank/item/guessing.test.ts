import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemContent, ItemKey } from '#bank/item';
import { guessedPoints, scoreItem, type CanonicalResponse } from '#bank/item/scoring';
import {
  addFractions,
  fraction,
  fractionText,
  MARKING_POLICIES,
  multiplyFractions,
  type Fraction,
  type MarkingPolicy,
} from '#bank/marks';

interface Item {
  content: ItemContent;
  key: ItemKey;
}

const words = (text: string) => [[{ t: 'text' as const, v: text }]];
const stem: ItemContent['stem'] = words('Câu hỏi');
const ids = (count: number, prefix = 'p') => Array.from({ length: count }, (_, at) => `${prefix}${at}`);
const parts = (names: readonly string[]) => names.map((id) => ({ id, text: words(id) }));

/** Everything that one of each of these lists can make. */
function products<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((made, list) => made.flatMap((row) => list.map((one) => [...row, one])), [[]]);
}

function orders(list: readonly string[]): string[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first) => orders(list.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}

function picked(marks: readonly boolean[], names: readonly string[]): { m: string[] } {
  return { m: names.filter((_, at) => marks[at]) };
}

/** Every response that somebody who guesses may give; each is as likely as any other. */
function guesses({ content }: Item): CanonicalResponse[] {
  switch (content.kind) {
    case 'choice':
      return content.options.map(({ id }) => ({ c: id }));
    case 'multiple': {
      const names = content.options.map(({ id }) => id);
      return products(names.map(() => [false, true])).map((marks) => picked(marks, names));
    }
    case 'hotText': {
      const names = ids(HOT_PHRASES).map((_, at) => String(at + 1));
      return products(names.map(() => [false, true])).map((marks) => picked(marks, names));
    }
    case 'tfCluster':
      return products(content.statements.map(() => [false, true])).map((truths) => ({
        t: Object.fromEntries(content.statements.map(({ id }, at) => [id, truths[at] ?? false])),
      }));
    case 'ordering':
      return orders(content.parts.map(({ id }) => id)).map((o) => ({ o }));
    case 'matching':
    case 'gapMatch': {
      const places = content.kind === 'matching' ? content.prompts.map(({ id }) => id) : ids(GAPS, 'g');
      const choices = content.choices.map(({ id }) => id);
      return products(places.map(() => choices)).map((row) => ({
        p: Object.fromEntries(places.map((id, at) => [id, row[at] ?? ''])),
      }));
    }
    case 'cloze':
      return products(content.gaps.map(({ options = [] }) => options.map(({ id }) => id))).map((row) => ({
        g: Object.fromEntries(content.gaps.map(({ id }, at) => [id, { c: row[at] ?? '' }])),
      }));
    default:
      return [null];
  }
}

function enumerated(item: Item, max: number, policy: MarkingPolicy): Fraction {
  const responses = guesses(item);
  const sum = responses
    .map((response) => scoreItem({ ...item, max }, response, policy))
    .map(({ points, exact }) => {
      const [numerator = '0', denominator = '1'] = (exact ?? String(points)).split('/');
      return fraction(BigInt(numerator), BigInt(denominator));
    })
    .reduce(addFractions, fraction(0n));
  return multiplyFractions(sum, fraction(1n, BigInt(responses.length)));
}

const HOT_PHRASES = 4;
const GAPS = 3;
const weight = fc.constantFrom('1/3', '-1/6', '0,25', '50%', '-1/2', '1', '0');
const weightsOf = (names: readonly string[]) =>
  fc.option(
    fc
      .tuple(...names.map(() => weight))
      .map((all) => Object.fromEntries(names.map((id, at) => [id, all[at] ?? '0']))),
    {
      nil: undefined,
    },
  );
const scheme = fc.constantFrom(
  'allOrNothing' as const,
  'rightMinusWrong' as const,
  'weights' as const,
  'surplus' as const,
);

const chosenKey = (names: readonly string[]) =>
  fc
    .record({ correct: fc.subarray([...names], { minLength: 1 }), scheme, weights: weightsOf(names) })
    .map(({ weights, ...key }) => ({ ...key, ...(weights && { weights }) }));

const ITEMS = {
  choice: fc.tuple(fc.integer({ min: 2, max: 6 }), fc.nat()).map(([count, right]) => ({
    content: { kind: 'choice' as const, stem, options: parts(ids(count)), shuffle: true },
    key: { correct: [`p${right % count}`] },
  })),
  multiple: fc.integer({ min: 1, max: 6 }).chain((count) =>
    chosenKey(ids(count)).map((key) => ({
      content: { kind: 'multiple' as const, stem, options: parts(ids(count)), shuffle: true },
      key,
    })),
  ),
  hotText: chosenKey(['1', '2', '3', '4']).map((key) => ({
    content: { kind: 'hotText' as const, stem: [...stem, ...words('[[một]] [[hai]] [[ba]] [[bốn]]')] },
    key,
  })),
  tfCluster: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }).map((truth) => ({
    content: { kind: 'tfCluster' as const, stem, statements: parts(ids(4)) },
    key: { truth: Object.fromEntries(ids(4).map((id, at) => [id, truth[at] ?? false])) },
  })),
  ordering: fc
    .tuple(
      fc.integer({ min: 2, max: 5 }),
      fc.constantFrom('exact' as const, 'adjacent' as const, 'kendall' as const),
    )
    .map(([count, orderScheme]) => ({
      content: { kind: 'ordering' as const, stem, parts: parts(ids(count)) },
      key: { order: ids(count).reverse(), orderScheme },
    })),
  matching: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 2 })).map(([count, more]) => ({
    content: {
      kind: 'matching' as const,
      stem,
      prompts: parts(ids(count)),
      choices: parts(ids(count + more, 'c')),
    },
    key: { pairs: Object.fromEntries(ids(count).map((id, at) => [id, `c${at}`])) },
  })),
  gapMatch: fc
    .tuple(
      fc.boolean(),
      fc.array(fc.subarray(ids(4, 'c')), { minLength: GAPS, maxLength: GAPS }),
      weightsOf(ids(GAPS, 'g')),
      fc.option(weight, { nil: undefined }),
    )
    .map(([reuse, fills, weights, wrong]) => ({
      content: {
        kind: 'gapMatch' as const,
        stem: [...stem, ...words('[[g0]] [[g1]] [[g2]]')],
        choices: parts(ids(4, 'c')),
        ...(reuse && { reuse: true as const }),
      },
      key: {
        fills: Object.fromEntries(ids(GAPS, 'g').map((id, at) => [id, fills[at] ?? []])),
        ...(weights && { weights }),
        ...(wrong !== undefined && { wrong }),
      },
    })),
  cloze: fc
    .tuple(
      fc.boolean(),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat()), { minLength: 1, maxLength: 4 }),
      fc.option(weight, { nil: undefined }),
    )
    .map(([distinct, gaps, wrong]) => ({
      content: {
        kind: 'cloze' as const,
        stem: [...stem, ...words(gaps.map((_, at) => `[[g${at}]]`).join(' '))],
        gaps: gaps.map(([count], gap) => ({
          id: `g${gap}`,
          // the same wordings in every gap, so that `distinct` has something to tell apart
          options: ids(count).map((text, at) => ({ id: `o${gap}${at}`, text: text.toUpperCase() })),
        })),
      },
      key: {
        answers: Object.fromEntries(
          gaps.map(([count, right], gap) => [`g${gap}`, [`o${gap}${right % count}`]]),
        ),
        ...(distinct && { distinct: true as const }),
        ...(wrong !== undefined && { wrong }),
      },
    })),
} satisfies Record<string, fc.Arbitrary<Item>>;

const policies = fc.constantFrom(...MARKING_POLICIES);

describe('blind guessing', () => {
  it.each(Object.entries(ITEMS))('of %s brings what all guesses bring on the average', (_kind, items) => {
    fc.assert(
      fc.property(
        items as fc.Arbitrary<Item>,
        fc.integer({ min: 1, max: 500 }),
        policies,
        (item, max, policy) => {
          expect(fractionText(guessedPoints({ ...item, max }, policy))).toBe(
            fractionText(enumerated(item, max, policy)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('brings nothing where an answer is typed, and 1.3625 of 10 on the official paper of Physics', () => {
    const policy = MARKING_POLICIES.find(({ name }) => name === 'vn-cv7991');
    if (!policy) throw new Error('no policy');
    const points = (item: Item, max: number) => guessedPoints({ ...item, max }, policy);
    const typed: Item = {
      content: { kind: 'shortText', stem },
      key: { accepted: ['có'], caseSensitive: false },
    };
    expect(points(typed, 50)).toEqual(fraction(0n));
    const four: Item = {
      content: { kind: 'choice', stem, options: parts(ids(4)), shuffle: true },
      key: { correct: ['p0'] },
    };
    const cluster: Item = {
      content: { kind: 'tfCluster', stem, statements: parts(ids(4)) },
      key: { truth: { p0: true, p1: true, p2: false, p3: false } },
    };
    const sum = [...ids(12).map(() => points(four, 25)), ...ids(2).map(() => points(cluster, 100))];
    expect(fractionText(sum.reduce(addFractions))).toBe('545/4');
  });
});
