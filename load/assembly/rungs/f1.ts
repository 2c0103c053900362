import { allowsDistinct, checkBlueprint, feasibility, targetProblems, totalPoints } from '#bank/blueprint';
import { percentile, planOf, processorSeconds, rounded } from '../plan.ts';
import type { Rung } from './rung.ts';

const SIZES = [2_500, 10_000];
const CHECKS = 200;
const WARM_UP = 20;
const BAR_MS = 50;
/** So much more than the items themselves grow may a check grow. */
const GROWTH = 2;

/** What the page of the matrix asks for after every key. */
export const f1: Rung = {
  about: `${CHECKS} checks of a full matrix of 26 cells, half of them with a cell that no item fits`,
  bar: `p99 below ${BAR_MS} ms of processor and median below ${BAR_MS} ms by the clock at 10,000 items, growing no faster than ${GROWTH} times the items`,
  async run(say) {
    const banks = SIZES.map(checksOf);
    for (const bank of banks) say(JSON.stringify(bank));
    const [small, large] = banks;
    const growth = rounded((large?.processor.p50 ?? 0) / (small?.processor.p50 ?? 1));
    const items = (SIZES[1] ?? 0) / (SIZES[0] ?? 1);
    const holds =
      banks.every(({ processor, clock }) => processor.p99 < BAR_MS && clock.p50 < BAR_MS) &&
      growth <= GROWTH * items;
    return { holds, figures: { banks, growth, items } };
  },
};

function checksOf(size: number) {
  const { pool, blueprint } = planOf(size);
  const unfilled = structuredClone(blueprint);
  const [cell] = unfilled.parts[0]?.cells ?? [];
  if (cell && 'topic' in cell) cell.topic = 'none';
  const [processor, clock]: [number[], number[]] = [[], []];
  for (let round = -WARM_UP; round < CHECKS; round++) {
    const asked = round % 2 === 0 ? blueprint : unfilled;
    const [begun, started] = [performance.now(), processorSeconds()];
    const report = feasibility(asked, pool, { status: [], review: [] });
    const problems = [...checkBlueprint(asked, totalPoints(asked)), ...targetProblems(asked, report.reach)];
    const isRight = asked === blueprint ? allowsDistinct(report, 15_000) : !report.feasible;
    if (!isRight || problems.length > 0) throw new Error('a matrix was judged wrongly');
    if (round < 0) continue;
    processor.push((processorSeconds() - started) * 1000);
    clock.push(performance.now() - begun);
  }
  const told = (times: readonly number[]) => ({
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
  });
  return { size, processor: told(processor), clock: told(clock) };
}
