import { createBandedDraw, dealAll, dealCards, drawPaper, paperSeed, type Paper } from '#bank/assembly';
import { cellFailures } from '../../../scripts/verify/verify-papers-cells.ts';
import { attemptsOf, EXAM, planOf, SEED } from '../plan.ts';
import type { Rung } from './rung.ts';

const SIZES = [500, 2_000, 10_000];
const PAPERS = 1_000_000;
const EXAM_SIZE = 15_000;
const HUNDREDTHS = 1000;

type Bench = ReturnType<typeof planOf>;
type Kind = 'dealt' | 'uniform' | 'banded';

/** A million papers, judged by the program that shares no code with the engine. */
export const a1: Rung = {
  about: `${PAPERS} papers, half of them dealt`,
  bar: '0 violations of counts, points, enemies and time for the independent checker',
  run(say) {
    const counts = { dealt: PAPERS / 2, uniform: PAPERS / 4, banded: PAPERS / 4 };
    const banks = SIZES.map(planOf);
    const figures: Record<string, unknown> = {};
    let [judged, violations] = [0, 0];
    for (const kind of ['dealt', 'uniform', 'banded'] as const) {
      const found = judgeKind(banks, kind, counts[kind]);
      judged += found.judged;
      violations += found.violations;
      figures[kind] = found;
      say(`${kind}: ${JSON.stringify(found)}`);
    }
    return Promise.resolve({
      holds: judged === PAPERS && violations === 0,
      figures: { judged, violations, ...figures },
    });
  },
};

function judgeKind(banks: readonly Bench[], kind: Kind, wanted: number) {
  let [judged, violations] = [0, 0];
  for (let exam = 0; judged < wanted; exam++) {
    const bank = banks[exam % banks.length];
    if (!bank) break;
    const seconds = kind === 'uniform' ? null : secondsOf(bank);
    for (const { slots } of papers(bank, kind, `${EXAM}${exam}`, Math.min(EXAM_SIZE, wanted - judged))) {
      judged++;
      const failures = cellFailures(bank.blueprint, bank.plan.items, slots);
      const points = slots.reduce((sum, slot) => sum + slot.points, 0);
      const time = slots.reduce((sum, { item }) => sum + (bank.plan.items.get(item)?.seconds ?? 0), 0);
      const isInTime = seconds === null || Math.abs(time - seconds) <= seconds / 20;
      if (failures.length > 0 || points !== HUNDREDTHS || !isInTime) violations++;
    }
  }
  return { judged, violations };
}

function* papers({ plan }: Bench, kind: Kind, exam: string, count: number): Generator<Paper, void> {
  const attempts = attemptsOf(count);
  if (kind === 'dealt') {
    const { cards } = dealCards(plan, SEED, exam, count);
    for (const { paper } of dealAll(plan, cards, SEED, exam, attempts)) yield paper;
    return;
  }
  const banded = createBandedDraw(plan, SEED, exam);
  for (const attempt of attempts)
    yield kind === 'banded' ? banded(attempt).paper : drawPaper(plan, paperSeed(SEED, exam, attempt, 0));
}

/** Mean expected time of the bank, counted anew. */
function secondsOf({ blueprint, pool }: Bench): number {
  return blueprint.parts
    .flatMap(({ cells }) => cells)
    .reduce((sum, cell) => {
      const mine = pool.filter(
        ({ topic, level, kind }) =>
          'level' in cell && topic === cell.topic && level === cell.level && kind === cell.kind,
      );
      const all = mine.reduce((total, { seconds = 0 }) => total + seconds, 0);
      return sum + (cell.count * all) / mine.length;
    }, 0);
}
