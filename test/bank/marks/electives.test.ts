import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { electivesOf, hasElectives, routesOf, totalPoints } from '#bank/blueprint';
import { countElectives, isAnswered } from '#bank/marks';
import type { Blueprint, Electives, Response } from '#bank/protocol';

const BRANCHES = ['cs', 'ict', 'art'];

/** What a part is made of: whose it is, and how many questions its cells have, of how many asked for. */
const part = fc.record({
  branch: fc.option(fc.nat(2), { nil: undefined }),
  cells: fc.array(fc.record({ count: fc.integer({ min: 1, max: 4 }), less: fc.nat(3) }), {
    minLength: 1,
    maxLength: 3,
  }),
});

/** A blueprint in which every branch has parts worth the same, and a paper of it in a shuffled order within its parts. */
const papers = fc
  .record({
    branches: fc.integer({ min: 0, max: 3 }).filter((count) => count !== 1),
    parts: fc.array(part, { minLength: 1, maxLength: 4 }),
    seed: fc.infiniteStream(fc.nat(1000)),
  })
  .map(({ branches, parts, seed }) => {
    const own = parts.flatMap(({ branch, cells }, at) => {
      const made = (name: string) => cells.map(({ count, less }, index) => cellOf(name, index, count, less));
      if (branch === undefined || branches === 0) return [{ title: 'I', cells: made(`p${at}`) }];
      // The same part for each branch: whatever is chosen, it is worth the same.
      return BRANCHES.slice(0, branches).map((id) => ({ title: id, branch: id, cells: made(`${id}${at}`) }));
    });
    const all: Blueprint = {
      ...(branches > 0 && { branches: BRANCHES.slice(0, branches).map((id) => ({ id, title: id })) }),
      parts: own,
    };
    const slots = all.parts.flatMap(({ cells }, index) => [
      { cell: null, part: index, points: 0 },
      ...cells
        .flatMap(({ id, count, points }) =>
          Array.from({ length: count }, () => ({ cell: id, part: index, points, key: seed.next().value })),
        )
        .sort((a, b) => Number(a.key) - Number(b.key)),
    ]);
    return { blueprint: all, slots };
  })
  .filter(({ blueprint }) => hasElectives(blueprint));

function cellOf(name: string, index: number, count: number, less: number) {
  const answer = count - less;
  return {
    id: `${name}.${index}`,
    count,
    points: 25 * (index + 1),
    topic: 'T',
    level: 'KNOW' as const,
    kind: 'choice' as const,
    ...(answer >= 1 && { answer }),
  };
}

const answer: fc.Arbitrary<Response> = fc.oneof(
  fc.constantFrom<Response>(null, { x: ' ' }, { m: [] }, { t: {} }),
  fc.constantFrom<Response>({ c: 'a' }, { x: '0' }, { m: ['a'] }, { t: { a: false } }),
);
const answers = fc.array(answer, { minLength: 60, maxLength: 60 });
const choice = fc.constantFrom<Response>(null, null, ...BRANCHES.map((b) => ({ b })), { b: 'gone' });

function count(paper: Electives, given: readonly Response[], chosen: Response, last: number) {
  return countElectives(
    paper,
    (slot) => (slot === last ? chosen : (given[slot] ?? null)),
    last,
    'first-answered',
  );
}

describe('what counts of a paper with something to choose', () => {
  it('is worth what one way through it is worth, whatever was answered', () => {
    fc.assert(
      fc.property(papers, answers, choice, ({ blueprint, slots }, given, chosen) => {
        const electives = electivesOf(blueprint, slots);
        if (!electives) throw new Error('there is something to choose');
        const { branch, uncounted } = count(electives, given, chosen, slots.length);
        const counting = slots.filter((slot, at) => slot.cell !== null && !uncounted.has(at));
        const route = routesOf(blueprint).find((one) => (one.branch?.id ?? null) === branch);
        expect(counting.reduce((sum, { points }) => sum + points, 0)).toBe(totalPoints(route!.blueprint));
      }),
    );
  });

  it('is the branch that was chosen, else the only one with an answer, else the first', () => {
    const only = fc.option(fc.constantFrom(...BRANCHES));
    fc.assert(
      fc.property(papers, answers, choice, only, ({ blueprint, slots }, all, chosen, left) => {
        const { branches = [], parts } = blueprint;
        const branchOf = (at: number) => parts[slots[at]?.part ?? -1]?.branch;
        // often one branch alone has answers, or none has
        const given = all.map((one, at) => (left && branchOf(at) && branchOf(at) !== left ? null : one));
        const known = branches.map(({ id }) => id);
        const used = new Set(slots.flatMap((_, at) => (says(given[at]) ? (branchOf(at) ?? []) : [])));
        const wanted = chosen && 'b' in chosen && known.includes(chosen.b) ? chosen.b : null;
        const [first = null] = known;
        const electives = electivesOf(blueprint, slots)!;
        expect(count(electives, given, chosen, slots.length).branch).toBe(
          wanted ?? (used.size === 1 ? [...used][0] : first),
        );
      }),
    );
  });

  it('are in each group the answered questions that come first, then blank ones', () => {
    fc.assert(
      fc.property(papers, answers, choice, ({ blueprint, slots }, given, chosen) => {
        const electives = electivesOf(blueprint, slots)!;
        const { branch, uncounted } = count(electives, given, chosen, slots.length);
        const expected = new Map<number, string>();
        for (const { branch: of, cells } of blueprint.parts)
          for (const { id, count: all, answer: asked = all } of cells) {
            let [left, blanks] = [asked, Math.max(0, asked - answeredOf(slots, id, given))];
            for (const [at, { cell }] of slots.entries()) {
              if (cell !== id) continue;
              const isIn = says(given[at]) ? left-- > 0 : blanks-- > 0;
              if (!isIn) expected.set(at, 'beyond-choice');
            }
            const isOther = of !== undefined && of !== branch;
            for (const [at, { cell }] of slots.entries())
              if (isOther && cell === id) expected.set(at, 'other-branch');
          }
        const questions = [...uncounted].filter(([at]) => slots[at]?.cell !== null);
        expect(new Map(questions)).toEqual(expected);
      }),
    );
  });

  it('never changes for the worse by leaving out what does not count', () => {
    fc.assert(
      fc.property(papers, answers, choice, ({ blueprint, slots }, given, chosen) => {
        const electives = electivesOf(blueprint, slots)!;
        const before = count(electives, given, chosen, slots.length);
        const kept = given.map((response, at) => (before.uncounted.has(at) ? null : response));
        const after = count(electives, kept, { b: before.branch ?? '-' }, slots.length);
        expect(after).toEqual(before);
      }),
    );
  });
});

it('a paper without anything to choose says so', () => {
  const blueprint: Blueprint = { parts: [{ title: 'I', cells: [cellOf('a', 0, 2, 0)] }] };
  expect(electivesOf(blueprint, [{ cell: 'a.0', part: 0 }])).toBeNull();
  expect(hasElectives(blueprint)).toBe(false);
});

it.each<[Response, boolean]>([
  [null, false],
  [{ x: '\u00A0 ' }, false],
  [{ x: '0' }, true],
  [{ e: 'a' }, true],
  [{ m: [] }, false],
  [{ o: ['a'] }, true],
  [{ p: {} }, false],
  [{ g: { a: { x: '1' } } }, true],
  [{ t: { a: false } }, true],
  [{ h: [[0, 0]] }, true],
  [{ c: 'a' }, true],
])('%j is an answer: %s', (response, is) => {
  expect(isAnswered(response)).toBe(is);
});

/** Whether a response of these tests says anything. */
function says(response: Response | undefined): boolean {
  return ['{"c":"a"}', '{"x":"0"}', '{"m":["a"]}', '{"t":{"a":false}}'].includes(JSON.stringify(response));
}

function answeredOf(
  slots: readonly { cell: string | null }[],
  cell: string,
  given: readonly Response[],
): number {
  return slots.filter((slot, at) => slot.cell === cell && says(given[at])).length;
}
