import { below, createRng, hashJson, take, type Rng } from '#bank/assembly';
import { feasibility } from '#bank/blueprint';
import type { Blueprint, Cell, PoolItem } from '#bank/protocol';
import { rounded } from '../plan.ts';
import type { Rung } from './rung.ts';

const BLUEPRINTS = 400;
const ITEMS = [60, 300, 10_000];
const CELLS = 10;

/** What is missing is told exactly, and by name. */
export const a7: Rung = {
  about: `${BLUEPRINTS} blueprints that a bank cannot fill, of each size`,
  bar: 'shortage = elastic optimum, a short cell named, 1 s at 10,000 items',
  run(say) {
    const sizes = ITEMS.map((items) => {
      const figures = judge(items);
      say(JSON.stringify(figures));
      return figures;
    });
    const holds = sizes.every((one) => one.wrong === 0 && one.unnamed === 0 && one.slowestMs <= 1000);
    return Promise.resolve({ holds, figures: { sizes } });
  },
};

function judge(items: number) {
  const rng = createRng(hashJson(['infeasible', items]));
  let [infeasible, wrong, unnamed, slowestMs] = [0, 0, 0, 0];
  for (let round = 0; infeasible < BLUEPRINTS && round < 10 * BLUEPRINTS; round++) {
    const { blueprint, pool } = contested(rng, items);
    const begun = performance.now();
    const report = feasibility(blueprint, pool);
    slowestMs = Math.max(slowestMs, performance.now() - begun);
    const told = report.cells.reduce((sum, { missing }) => sum + missing, 0);
    const least = elasticOptimum(blueprint, pool);
    if (told !== least) wrong++;
    if (least === 0) continue;
    infeasible++;
    if (!report.cells.some(({ cell, missing }) => cell !== '' && missing > 0)) unnamed++;
  }
  return { items, infeasible, wrong, unnamed, slowestMs: rounded(slowestMs, 1) };
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
function elasticOptimum({ parts }: Blueprint, pool: readonly PoolItem[]): number {
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
