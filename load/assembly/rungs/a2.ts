import { drawPaper, drawPlan, paperSeed, paperStream, take, type DrawPlan, type Rng } from '#bank/assembly';
import type { Blueprint, Cell, PoolItem } from '#bank/protocol';
import { EXAM, rounded, SEED } from '../plan.ts';
import type { Rung } from './rung.ts';

const DRAWS = 600_000;
/** 13 × (6 × 6 − 3): three pairs of the second and third cell are enemies. */
const PAPERS = 429;

/** Every paper that can be is as likely as any other, and the count would notice if it were not. */
export const a2: Rung = {
  about: `${DRAWS} uniform draws from a bank of ${PAPERS} papers`,
  bar: '|z| < 4; mending one cell and sorting by a random comparator are caught',
  run(say) {
    const plan = smallPlan();
    const figures = {
      uniform: zOf(say, 'uniform', (draw) => itemsOf(plan, seedOf(draw))),
      mending: zOf(say, 'mending', (draw) => mendingDraw(plan, paperStream(seedOf(draw), 'selection'))),
      comparator: zOf(say, 'comparator', (draw) => sortingDraw(plan, paperStream(seedOf(draw), 'selection'))),
    };
    const holds = Math.abs(figures.uniform) < 4 && figures.mending > 4 && figures.comparator > 4;
    return Promise.resolve({ holds, figures });
  },
};

function smallPlan(): DrawPlan {
  const cells = [13, 6, 6].map((_, index): Cell => ({
    id: `c${index}`,
    count: 1,
    points: 25,
    topic: `T${index}`,
    level: 'KNOW',
    kind: 'numeric',
  }));
  const pool = [13, 6, 6].flatMap((size, topic) =>
    Array.from({ length: size }, (_, index): PoolItem => {
      const enemies = topic > 0 && index < 3 ? { enemies: [`e${index}`] } : {};
      const item = `t${topic}i${String(index).padStart(2, '0')}`.padEnd(22, '0');
      return {
        item,
        version: 1,
        topic: `T${topic}`,
        level: 'KNOW',
        kind: 'numeric',
        parts: [],
        pinned: [],
        ...enemies,
      };
    }),
  );
  const blueprint: Blueprint = { parts: [{ title: '', cells }] };
  return drawPlan(blueprint, pool);
}

function seedOf(draw: number): Uint8Array {
  return paperSeed(SEED, EXAM, String(draw), 0);
}

function itemsOf(plan: DrawPlan, seed: Uint8Array): string[] {
  return drawPaper(plan, seed).slots.map(({ item }) => item);
}

function hasEnemies(items: readonly PoolItem[]): boolean {
  const sets = items.flatMap(({ enemies = [] }) => enemies);
  return new Set(sets).size < sets.length;
}

/** A mutant: draws the last cell again until it fits. */
function mendingDraw({ groups }: DrawPlan, rng: Rng): string[] {
  const before = groups.slice(0, -1).flatMap(({ pool }) => take(rng, pool, 1));
  let last: PoolItem[];
  do last = take(rng, groups.at(-1)?.pool ?? [], 1);
  while (hasEnemies([...before, ...last]));
  return [...before, ...last].map(({ item }) => item);
}

/** A mutant: sorts by a random comparator and takes the first. */
function sortingDraw({ groups }: DrawPlan, rng: Rng): string[] {
  for (;;) {
    const items = groups.flatMap(({ pool }) => [...pool].sort(() => (rng.u32() & 1 ? 1 : -1)).slice(0, 1));
    if (!hasEnemies(items)) return items.map(({ item }) => item);
  }
}

/** Standard score of the chi-square statistic of equally likely papers. */
function zOf(say: (text: string) => void, name: string, draw: (index: number) => string[]): number {
  const counts = new Map<string, number>();
  for (let index = 0; index < DRAWS; index++) {
    const key = draw(index).sort().join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const expected = DRAWS / PAPERS;
  let chi2 = (PAPERS - counts.size) * expected;
  for (const count of counts.values()) chi2 += (count - expected) ** 2 / expected;
  const z = rounded((chi2 - (PAPERS - 1)) / Math.sqrt(2 * (PAPERS - 1)), 2);
  say(`${name}: ${counts.size} different papers, z ${z}`);
  return z;
}
