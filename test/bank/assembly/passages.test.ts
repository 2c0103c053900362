import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  algorithmFor,
  createBandedDraw,
  dealAll,
  dealCards,
  drawAll,
  drawPaper,
  drawPlan,
  paperSeed,
  seatAll,
  snapshotOf,
  type DrawnPaper,
  type Paper,
} from '#bank/assembly';
import type { Blueprint, Level, PoolItem } from '#bank/protocol';
import { checkFrame, checkPapers } from '../../../scripts/verify/verify-papers-check.ts';
import {
  blueprintOf,
  itemId,
  listCell,
  matrixCell,
  passage,
  passageCell,
  poolItem,
  poolOf,
} from '../blueprint/pool.ts';
import { publish, publishForms } from './example.ts';

const SEED = new Uint8Array(32).fill(7);
/** Stratum of the single questions. */
const OTHER = { topic: 'T2' };
const FOUR: Level[] = ['KNOW', 'KNOW', 'UNDERSTAND', 'APPLY'];

/** Passages with so many questions of each level beyond those that are needed. */
function passages(count: number, more: Level[] = []): PoolItem[] {
  return Array.from({ length: count }, (_, index) =>
    passage(`p${index}`, [...FOUR, ...more]).map((item, at) =>
      item.kind === 'description'
        ? item
        : { ...item, facility: 300 + ((index * 97 + at * 31) % 500), seconds: 50 + ((index * 7 + at) % 20) },
    ),
  ).flat();
}

/** Descriptions of a paper with the levels of the questions that follow each, sorted. */
function passagesOn({ slots }: Paper, pool: readonly PoolItem[]): Map<string, Level[]> {
  const found = new Map<string, Level[]>();
  const known = new Map(pool.map((item) => [item.item, item]));
  for (const { item, cell } of slots) {
    const { stimulus = '', level } = known.get(item) ?? {};
    if (cell === null) {
      expect(found.has(item)).toBe(false);
      found.set(item, []);
    } else if (stimulus !== '' && level) found.get(stimulus)?.push(level);
  }
  for (const levels of found.values()) levels.sort();
  return found;
}

function expectWhole(paper: Paper, pool: readonly PoolItem[], count: number): void {
  const found = passagesOn(paper, pool);
  expect(found.size).toBe(count);
  for (const levels of found.values()) expect(levels).toEqual([...FOUR].sort());
}

describe('a drawn paper', () => {
  const pool = [...passages(5, ['KNOW', 'APPLY']), ...poolOf(6, 'k', OTHER)];

  test('takes whole passages, each description in front of its questions', () => {
    const plan = drawPlan(blueprintOf([passageCell('c1', 8, FOUR), matrixCell('c2', 3, OTHER)]), pool);
    for (let index = 0; index < 50; index++) {
      const paper = drawPaper(plan, paperSeed(SEED, 'exam', String(index), 0));
      const [first] = paper.slots.filter(({ cell }) => cell === null);
      const at = paper.slots.findIndex(({ item }) => item === first?.item);
      const known = new Map(pool.map((item) => [item.item, item]));
      for (const { item } of paper.slots.slice(at + 1, at + 5))
        expect(known.get(item)?.stimulus).toBe(first?.item);
      expectWhole(paper, pool, 2);
    }
  });

  test('is as likely with one passage as with another, and with any of the questions of a passage', () => {
    const uneven = [...passages(2), ...passage('q', [...FOUR, 'KNOW', 'KNOW', 'KNOW'])];
    const plan = drawPlan(blueprintOf([passageCell('c1', 4, FOUR)]), uneven);
    const papers = 6000;
    const counts = new Map<string, number>();
    for (let index = 0; index < papers; index++)
      for (const { item } of drawPaper(plan, paperSeed(SEED, 'exam', String(index), 0)).slots)
        counts.set(item, (counts.get(item) ?? 0) + 1);
    const share = (name: string): number => (counts.get(itemId(name)) ?? 0) / papers;
    // Six standard deviations of a share of a third, and of two fifths of it.
    for (const name of ['p0', 'p1', 'q']) expect(Math.abs(share(name) - 1 / 3)).toBeLessThan(0.037);
    for (const at of ['a', 'b', 'e', 'f', 'g'])
      expect(Math.abs(share(`q-${at}`) - 2 / 15)).toBeLessThan(0.027);
    expect(share('q-c')).toBe(share('q'));
  });

  test('brings no question of a passage in another cell', () => {
    const few = passages(3, ['KNOW', 'KNOW', 'APPLY']);
    const all = few.filter(({ stimulus }) => stimulus !== undefined).map(({ item }) => item);
    const blueprint = blueprintOf([passageCell('c1', 4, FOUR)], [listCell('c2', 4, all)]);
    const plan = drawPlan(blueprint, few);
    expect(plan.overlapping).toBe(true);
    expect(algorithmFor(plan)).toBe('niem-draw/1');
    for (let index = 0; index < 50; index++) {
      const { slots } = drawPaper(plan, paperSeed(SEED, 'exam', String(index), 0));
      const known = new Map(few.map((item) => [item.item, item]));
      const of = (cell: string): (string | undefined)[] =>
        slots.filter((slot) => slot.cell === cell).map(({ item }) => known.get(item)?.stimulus);
      const [whole] = of('c1');
      expect(of('c2')).not.toContain(whole);
    }
  });

  test('keeps enemies of a passage away, those of its description too', () => {
    const [first = poolItem('x'), ...rest] = passages(3);
    const enemies = { ...first, enemies: ['by description'] };
    const loud = rest.map((item) =>
      item.item === itemId('p1-a') ? { ...item, enemies: ['by question'] } : item,
    );
    const single = [
      poolItem('a', { enemies: ['by description'] }),
      poolItem('b', { enemies: ['by question'] }),
      poolItem('c'),
    ];
    const plan = drawPlan(blueprintOf([passageCell('c1', 8, FOUR), listCell('c2', 2, ['a', 'b', 'c'])]), [
      enemies,
      ...loud,
      ...single,
    ]);
    for (let index = 0; index < 50; index++) {
      const { slots } = drawPaper(plan, paperSeed(SEED, 'exam', String(index), 0));
      const items = slots.map(({ item }) => item);
      for (const [one, other] of [
        ['p0', 'a'],
        ['p1-a', 'b'],
      ] as const)
        expect(items.includes(itemId(one)) && items.includes(itemId(other))).toBe(false);
    }
  });

  test('chooses questions of a passage that are no enemies, and passes by a passage that has no such choice', () => {
    const hostile = passage('h', [...FOUR, 'KNOW']).map((item) =>
      [itemId('h-a'), itemId('h-c')].includes(item.item) ? { ...item, enemies: ['e'] } : item,
    );
    const lost = passage('l', FOUR).map((item) =>
      [itemId('l-a'), itemId('l-c')].includes(item.item) ? { ...item, enemies: ['f'] } : item,
    );
    const blueprint = blueprintOf([passageCell('c1', 4, FOUR)]);
    const snapshot = snapshotOf(blueprint, [...hostile, ...lost]);
    expect(snapshot.map(({ item }) => item)).not.toContain(itemId('l'));
    const plan = drawPlan(blueprint, snapshot);
    for (let index = 0; index < 20; index++) {
      const { slots } = drawPaper(plan, paperSeed(SEED, 'exam', String(index), 0));
      expect(slots.map(({ item }) => item)).not.toContain(itemId('h-a'));
    }
    const { cards } = dealCards(plan, SEED, 'exam', 3);
    expect(cards.length).toBe(12);
  });
});

describe('dealt papers', () => {
  test('use every passage equally often, with the same questions, near one score', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 9 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom<Level[]>([], ['KNOW'], ['KNOW', 'UNDERSTAND', 'APPLY', 'APPLY']),
        (count, papers, more) => {
          const pool = [...passages(count, more), ...poolOf(12, 'k', { ...OTHER, seconds: 60 })];
          const blueprint = blueprintOf([passageCell('c1', 8, FOUR)], [matrixCell('c2', 4, OTHER)]);
          const plan = drawPlan(blueprint, snapshotOf(blueprint, pool));
          expect(algorithmFor(plan)).toBe('niem-deal/1');
          const attempts = Array.from({ length: papers }, (_, index) => `a${index}`);
          const { cards } = dealCards(plan, SEED, 'exam', papers);
          const dealt = [...dealAll(plan, cards, SEED, 'exam', attempts)];
          const uses = new Map<string, number>();
          const companions = new Map<string, Set<string>>();
          for (const { paper } of dealt) {
            expectWhole(paper, pool, 2);
            for (const { item, cell } of paper.slots) {
              if (cell === null) uses.set(item, (uses.get(item) ?? 0) + 1);
              const stimulus = pool.find((one) => one.item === item)?.stimulus;
              if (stimulus) companions.set(stimulus, (companions.get(stimulus) ?? new Set()).add(item));
            }
          }
          const counts = Array.from({ length: count }, (_, index) => uses.get(itemId(`p${index}`)) ?? 0);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          for (const questions of companions.values()) expect(questions.size).toBe(4);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('a late paper has the passages of the dealt ones', () => {
    const pool = [...passages(4, ['KNOW', 'APPLY']), ...poolOf(6, 'k', { ...OTHER, seconds: 60 })];
    const plan = drawPlan(blueprintOf([passageCell('c1', 4, FOUR), matrixCell('c2', 2, OTHER)]), pool);
    const attempts = Array.from({ length: 12 }, (_, index) => `a${index}`);
    const { cards } = dealCards(plan, SEED, 'exam', 12);
    const dealt = new Set(
      [...dealAll(plan, cards, SEED, 'exam', attempts)].flatMap(({ paper }) =>
        paper.slots.filter(({ cell }) => cell === 'c1').map(({ item }) => item),
      ),
    );
    const draw = createBandedDraw(plan, SEED, 'exam');
    for (let index = 0; index < 30; index++) {
      const { paper } = draw(`late${index}`);
      expectWhole(paper, pool, 1);
      for (const { item } of paper.slots.filter(({ cell }) => cell === 'c1'))
        expect(dealt.has(item)).toBe(true);
    }
  });
});

describe('the independent verifier', () => {
  const secret = { r: new Uint8Array(32).fill(1), salt: new Uint8Array(32).fill(2) };
  const attemptIds = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => itemId(`attempt${index}x`));
  const complaints = (publication: ReturnType<typeof publish>): string[] =>
    [...checkFrame(publication, {}), ...checkPapers(publication, () => undefined)].map(
      ({ message }) => message,
    );

  const levelLists: fc.Arbitrary<Level[]> = fc.array(
    fc.constantFrom<Level>('KNOW', 'UNDERSTAND', 'APPLY', 'APPLY_HIGH'),
    { minLength: 1, maxLength: 4 },
  );

  /** Blueprints with passages of any levels beside single questions, and a bank that is large enough or not. */
  const exams = fc
    .tuple(
      levelLists,
      levelLists,
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 5, max: 8 }),
      fc.boolean(),
    )
    .map(([one, other, times, count, hasEnemies]) => {
      const blueprint: Blueprint = blueprintOf(
        [passageCell('c1', one.length * times, one), matrixCell('c2', 2, hasEnemies ? {} : OTHER)],
        [passageCell('c3', one.length, one, { points: 50 }), passageCell('c4', other.length, other)],
      );
      const pool = Array.from({ length: count }, (_, index) =>
        passage(`p${index}`, [...one, ...other, ...one]).map((item, at) => ({
          ...item,
          seconds: 40 + ((index * 11 + at) % 30),
          ...(hasEnemies && at > 0 && index < 4 && { enemies: [`e${(index + at) % 7}`] }),
        })),
      ).flat();
      return { blueprint, pool: [...pool, ...poolOf(6, 'k', { ...OTHER, seconds: 60 })] };
    });

  test('derives the papers of any blueprint with passages', () => {
    fc.assert(
      fc.property(exams, ({ blueprint, pool }) => {
        let publication;
        try {
          publication = publish({
            exam: itemId('Exam'),
            pool,
            blueprint,
            attempts: attemptIds(7),
            ...secret,
          });
        } catch {
          fc.pre(false);
          return;
        }
        expect(complaints(publication)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('derives papers with passages that are drawn near a target, and dealt within one', () => {
    const pool = [...passages(8, ['KNOW', 'APPLY']), ...poolOf(12, 'k', OTHER)].map((item, index) =>
      item.kind === 'description' ? item : { ...item, facility: 300 + ((index * 97) % 500), seconds: 60 },
    );
    const cells = blueprintOf([passageCell('c1', 8, FOUR)], [matrixCell('c2', 4, OTHER)]);
    const aimed = (min: number, max: number): Parameters<typeof publish>[0] => ({
      exam: itemId('Exam'),
      pool,
      blueprint: { ...cells, targets: { facility: { min, max }, seconds: { min: 600, max: 800 } } },
      attempts: attemptIds(20),
      ...secret,
    });
    expect(complaints(publish(aimed(580, 650), 'niem-draw/1'))).toEqual([]);
    expect(complaints(publish(aimed(450, 650), 'niem-deal/1'))).toEqual([]);
  });

  test('derives dealt papers with passages', () => {
    for (const more of [[], ['KNOW'], ['KNOW', 'UNDERSTAND', 'APPLY']] as Level[][]) {
      const pool = [...passages(7, more), ...poolOf(9, 'k', { ...OTHER, seconds: 60 })].map((item, index) =>
        index % 9 === 3 && item.kind !== 'description' ? { ...item, enemies: [`e${index % 5}`] } : item,
      );
      const blueprint = blueprintOf(
        [passageCell('c1', 8, FOUR), matrixCell('c2', 4, OTHER)],
        [passageCell('c3', 4, [...FOUR].reverse(), { points: 50 })],
      );
      const example = { exam: itemId('Exam'), pool, blueprint, attempts: attemptIds(30), ...secret };
      expect(complaints(publish(example, 'niem-deal/1'))).toEqual([]);
    }
  });

  const RULES = {
    count: 6,
    perShift: 2,
    overlap: 50,
    maxUses: 4,
    spare: 2,
    seatsPerRoom: 8,
    seatsPerRow: 4,
  };

  /** 24 candidates in three shifts with two forms each. */
  function withForms(rules = RULES, alike: Partial<PoolItem> = { facility: 500, seconds: 60 }) {
    const pool = [...passages(9, ['KNOW', 'APPLY']), ...poolOf(20, 'k', { ...OTHER, seconds: 60 })].map(
      (item) => (item.kind === 'description' ? item : { ...item, ...alike, information: [100, 120, 90] }),
    );
    return publishForms({
      exam: itemId('Forms'),
      pool,
      blueprint: blueprintOf([passageCell('c1', 8, FOUR)], [matrixCell('c2', 4, OTHER)]),
      seating: seatAll(
        attemptIds(24).map((attempt, index) => ({ attempt, number: String(1000 + index) })),
        rules,
      ),
      reserve: [itemId('reserve0x'), itemId('reserve1x')],
      forms: rules,
      ...secret,
    });
  }

  test('counts forms with passages, and so does the certificate', () => {
    const { publication, certificate } = withForms();
    expect(complaints(publication)).toEqual([]);
    expect(certificate.constraints.filter(({ holds }) => !holds)).toEqual([]);
    const forms = publication.forms?.list ?? [];
    const shiftOf = (at: number): number => (at < RULES.count ? Math.floor(at / RULES.perShift) : at + 10);
    const shared = forms.flatMap((one, at) =>
      forms
        .slice(at + 1)
        .filter((_, after) => shiftOf(at) !== shiftOf(at + 1 + after))
        .map((other) => other.items.filter((item) => one.items.includes(item)).length),
    );
    const overlap = certificate.constraints.find(({ name }) => name === 'overlap');
    expect(overlap).toEqual({ name: 'overlap', limit: 6, achieved: Math.max(...shared), holds: true });
  });

  test('counts forms whose passages are not alike within their bands', () => {
    const { publication } = withForms(RULES, {});
    expect(publication.forms?.doublings).toBeGreaterThan(0);
    expect(complaints(publication)).toEqual([]);
    publication.forms!.doublings = 0;
    expect(complaints(publication).join()).toContain('its score is outside the band');
  });

  test('forms of two shifts that may share nothing share no passage', () => {
    const { publication } = withForms({ ...RULES, count: 3, perShift: 1, overlap: 0, spare: 1 });
    const all = publication.forms?.list.flatMap(({ items }) => items) ?? [];
    expect(new Set(all).size).toBe(all.length);
    expect(complaints(publication)).toEqual([]);
  });

  describe('catches', () => {
    const pool = [...passages(6, ['KNOW', 'APPLY']), ...poolOf(6, 'k', OTHER)];
    const blueprint = blueprintOf([passageCell('c1', 8, FOUR), matrixCell('c2', 2, OTHER)]);
    const example = { exam: itemId('Exam'), pool, blueprint, attempts: attemptIds(9), ...secret };

    test.each(['niem-draw/1', 'niem-deal/1'] as const)('levels changed after the draw: %s', (algorithm) => {
      const honest = publish(example, algorithm);
      const other = structuredClone(blueprint);
      other.parts[0]!.cells[0] = passageCell('c1', 8, ['KNOW', 'KNOW', 'KNOW', 'APPLY']);
      const forged = publish({ ...example, blueprint: other }, algorithm);
      expect(complaints({ ...forged, papers: honest.papers }).length).toBe(9);
    });

    test('a form that brings another question of a passage than was fixed', () => {
      const { publication } = withForms();
      const known = new Map(publication.snapshot.map((item) => [item.item, item]));
      const [form] = publication.forms?.list ?? [];
      const used = form?.items.findIndex((item) => known.get(item)?.level === 'KNOW') ?? -1;
      const given = known.get(form?.items[used] ?? '');
      const fixed = new Set(publication.forms?.list.flatMap(({ items }) => items));
      const spare = publication.snapshot.find(
        ({ item, stimulus, level }) =>
          stimulus === given?.stimulus && level === given?.level && !fixed.has(item),
      );
      form!.items[used] = spare!.item;
      expect(complaints(publication).join()).toContain('other questions than were fixed');
    });

    test('a form whose passage is broken', () => {
      const { publication } = withForms();
      const known = new Map(publication.snapshot.map((item) => [item.item, item]));
      const [form, other] = publication.forms?.list ?? [];
      const used = form?.items.findIndex((item) => known.get(item)?.level === 'APPLY') ?? -1;
      const strange = other?.items.find(
        (item) => known.get(item)?.level === 'APPLY' && !form?.items.includes(item),
      );
      form!.items[used] = strange!;
      expect(complaints(publication).join()).toContain('a passage without the questions it needs');
    });
  });
});

test('papers of one exam differ though all bring the same passages', () => {
  const pool = passages(2);
  const plan = drawPlan(blueprintOf([passageCell('c1', 8, FOUR)]), pool);
  const drawn: DrawnPaper[] = [...drawAll(plan, SEED, 'exam', ['a', 'b', 'c', 'd'])];
  expect(new Set(drawn.map(({ paperHash }) => paperHash)).size).toBe(4);
});
