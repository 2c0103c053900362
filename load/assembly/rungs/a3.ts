import { dealAll, dealCards } from '#bank/assembly';
import {
  attemptsOf,
  EXAM,
  fits,
  planOf,
  poolMean,
  processorSeconds,
  rounded,
  scoreOf,
  SEED,
} from '../plan.ts';
import type { Rung } from './rung.ts';

const PAPERS = 15_000;
const SIZES = [500, 2_000, 10_000];
const SECONDS = 5;
const MEBIBYTES = 512;

/** Dealing to a whole province: equal difficulty, equal use, all papers different. */
export const a3: Rung = {
  about: `dealt papers of ${PAPERS} candidates`,
  bar: 'all within 0.05 of the mean of the bank, uses ± 1 in each cell, distinct, 5 s of processor time, 512 MiB',
  run(say) {
    const banks = SIZES.map((size) => {
      const figures = deal(size);
      say(`${size} items: ${JSON.stringify(figures)}`);
      return { size, ...figures };
    });
    const holds = banks.every(
      ({ furthest, useSpread, distinct, seconds, mebibytes }) =>
        furthest <= 0.05 &&
        useSpread <= 1 &&
        distinct === PAPERS &&
        seconds <= SECONDS &&
        mebibytes <= MEBIBYTES,
    );
    return Promise.resolve({ holds, figures: { banks } });
  },
};

function deal(size: number) {
  const bank = planOf(size);
  const { plan, blueprint, pool } = bank;
  const attempts = attemptsOf(PAPERS);
  const begun = processorSeconds();
  const { cards } = dealCards(plan, SEED, EXAM, PAPERS);
  const dealt = processorSeconds();
  const mean = poolMean(bank);
  const used = new Map<string, number>();
  const selections = new Set<string>();
  let furthest = 0;
  for (const { paper } of dealAll(plan, cards, SEED, EXAM, attempts)) {
    furthest = Math.max(furthest, Math.abs(scoreOf(paper.slots, plan.items) - mean));
    for (const { item } of paper.slots) used.set(item, (used.get(item) ?? 0) + 1);
    selections.add(
      paper.slots
        .map(({ item }) => item)
        .sort()
        .join(),
    );
  }
  const seconds = processorSeconds() - begun;
  const spreads = blueprint.parts.flatMap(({ cells }) =>
    cells.map((cell) => {
      const uses = pool.filter((item) => fits(cell, item)).map(({ item }) => used.get(item) ?? 0);
      return Math.max(...uses) - Math.min(...uses);
    }),
  );
  return {
    mean: rounded(mean),
    furthest: rounded(furthest, 5),
    useSpread: Math.max(...spreads),
    distinct: selections.size,
    dealSeconds: rounded(dealt - begun),
    seconds: rounded(seconds),
    mebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
