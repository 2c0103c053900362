import { below, createRng, formCells, hashJson, take, type Rng } from '#bank/assembly';
import { feasibility } from '#bank/blueprint';
import type { Blueprint, Cell, PoolItem } from '#bank/protocol';
import { findShortage } from '#server/solver';
import { processorSeconds, rounded } from '../plan.ts';
import type { Rung } from './rung.ts';

const BLUEPRINTS = 400;
/** So many of each size are solved as elastic models too, as they are and again with enemies. */
const SOLVED = 30;
const ITEMS = [60, 300, 10_000];
const CELLS = 10;

/** What is missing is told exactly, and by name. */
export const a7: Rung = {
  about: `${BLUEPRINTS} blueprints that a bank cannot fill, of each size; ${SOLVED} also with enemies`,
  bar: 'shortage = elastic optimum, a short cell named, 1 s (of processor where it is solved) at 10,000 items',
  async run(say) {
    const sizes = [];
    for (const items of ITEMS) {
      const figures = { ...judge(items), solved: await judgeSolved(items) };
      say(JSON.stringify(figures));
      sizes.push(figures);
    }
    const holds = sizes.every(
      ({ wrong, unnamed, slowestMs, solved }) =>
        wrong + unnamed + solved.wrong + solved.unnamed === 0 &&
        Math.max(slowestMs, solved.slowestMs) <= 1000,
    );
    return { holds, figures: { sizes } };
  },
};

/** The count of the engine against the largest deficiency. */
function judge(items: number) {
  const rng = createRng(hashJson(['infeasible', items]));
  let [infeasible, wrong, unnamed, slowestMs] = [0, 0, 0, 0];
  for (let round = 0; infeasible < BLUEPRINTS && round < 10 * BLUEPRINTS; round++) {
    const { blueprint, pool } = contested(rng, items);
    const begun = performance.now();
    const report = feasibility(blueprint, pool);
    slowestMs = Math.max(slowestMs, performance.now() - begun);
    const told = report.cells.reduce((sum, { missing }) => sum + missing, 0);
    const least = largestDeficiency(blueprint, pool);
    if (told !== least) wrong++;
    if (least === 0) continue;
    infeasible++;
    if (!report.cells.some(({ cell, missing }) => cell !== '' && missing > 0)) unnamed++;
  }
  return { items, infeasible, wrong, unnamed, slowestMs: rounded(slowestMs, 1) };
}

/**
 * The same count against the elastic optimum. With enemies the optimum is told to people itself: then it must be no less
 * than without, no more than what giving up every enemy but one of each set would cost, and named by cell.
 */
async function judgeSolved(items: number) {
  const rng = createRng(hashJson(['infeasible', items]));
  let [withEnemies, wrong, unnamed, slowestMs] = [0, 0, 0, 0];
  for (let round = 0; round < SOLVED; round++) {
    const { blueprint, pool } = contested(rng, items);
    const cells = formCells(blueprint);
    const told = feasibility(blueprint, pool).cells.reduce((sum, { missing }) => sum + missing, 0);
    const plain = await findShortage({ pool, cells });
    if (plain.total !== told) wrong++;
    const hostile = pool.map((item, at) =>
      at % 3 === 0 ? { ...item, enemies: [`E${(at / 3) % 7}`] } : item,
    );
    const begun = processorSeconds();
    const { total, cells: short } = await findShortage({ pool: hostile, cells });
    slowestMs = Math.max(slowestMs, (processorSeconds() - begun) * 1000);
    const firstOfEach = hostile.filter(({ enemies }, at) => !enemies || at < 21);
    if (total < told || total > largestDeficiency(blueprint, firstOfEach)) wrong++;
    if (total > told) withEnemies++;
    if (total !== short.reduce((sum, { cell, missing }) => sum + (cell === '' ? 0 : missing), 0)) unnamed++;
  }
  return {
    blueprints: SOLVED,
    shorterByEnemies: withEnemies,
    wrong,
    unnamed,
    slowestMs: rounded(slowestMs, 1),
  };
}

/** Matrix cells and lists that want the same items, and together more than there are of some. */
function contested(rng: Rng, items: number): { blueprint: Blueprint; pool: PoolItem[] } {
  const pool = Array.from({ length: items }, (_, index): PoolItem => ({
    item: `item${String(index).padStart(18, '0')}`,
    version: 1,
    topic: `T${below(rng, 3)}`,
    level: 'KNOW',
    kind: 'numeric',
    parts: [],
    pinned: [],
  }));
  const ids = pool.slice(0, 40).map(({ item }) => item);
  const cells = Array.from({ length: CELLS }, (_, index): Cell => {
    const list = take(rng, ids, 2 + below(rng, 8));
    const fields = { id: `c${index}`, points: 25 };
    return index < 2
      ? { ...fields, count: 1 + below(rng, 12), topic: `T${below(rng, 4)}`, level: 'KNOW', kind: 'numeric' }
      : { ...fields, count: 1 + below(rng, list.length), items: list };
  });
  return { blueprint: { parts: [{ title: '', cells }] }, pool };
}

/**
 * The least total of missing items that lets the rest be filled: by the duality of flows the largest deficiency of
 * any set of cells, found here by trying all of them.
 */
function largestDeficiency({ parts }: Blueprint, pool: readonly PoolItem[]): number {
  const cells = parts.flatMap(({ cells: list }) => list);
  const wanted = pool.map((item) =>
    cells.reduce((bits, cell, at) => {
      const fits = 'items' in cell ? cell.items.includes(item.item) : cell.topic === item.topic;
      return fits ? bits | (1 << at) : bits;
    }, 0),
  );
  const sizes = new Map<number, number>();
  for (const bits of wanted) sizes.set(bits, (sizes.get(bits) ?? 0) + 1);
  let worst = 0;
  for (let set = 1; set < 1 << cells.length; set++) {
    const need = cells.reduce((sum, { count }, at) => (set & (1 << at) ? sum + count : sum), 0);
    let have = 0;
    for (const [bits, size] of sizes) if (bits & set) have += size;
    worst = Math.max(worst, need - have);
  }
  return worst;
}
