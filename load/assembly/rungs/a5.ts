import { createBandedDraw } from '#bank/assembly';
import {
  attemptsOf,
  EXAM,
  percentile,
  planOf,
  poolMean,
  processorSeconds,
  rounded,
  scoreOf,
  SEED,
} from '../plan.ts';
import type { Rung } from './rung.ts';

const SIZES = [500, 2_000, 10_000];
const LATE = 2_000;

/** The paper of somebody who was not on the list. */
export const a5: Rung = {
  about: 'one paper for a late candidate',
  bar: 'p99 at most 10 ms of processor time, within 0.05 of the mean of the bank',
  run(say) {
    const banks = SIZES.map((size) => {
      const bank = planOf(size);
      const draw = createBandedDraw(bank.plan, SEED, EXAM);
      const mean = poolMean(bank);
      const times: number[] = [];
      let [furthest, mended] = [0, 0];
      for (const attempt of attemptsOf(LATE)) {
        const begun = processorSeconds();
        const drawn = draw(attempt);
        times.push((processorSeconds() - begun) * 1000);
        furthest = Math.max(furthest, Math.abs(scoreOf(drawn.paper.slots, bank.plan.items) - mean));
        if (drawn.mended) mended++;
      }
      const figures = { p50: rounded(percentile(times, 0.5)), p99: rounded(percentile(times, 0.99)) };
      return { size, ...figures, furthest: rounded(furthest, 5), mended };
    });
    for (const bank of banks) say(JSON.stringify(bank));
    const holds = banks.every(({ p99, furthest }) => p99 <= 10 && furthest <= 0.05);
    return Promise.resolve({ holds, figures: { banks } });
  },
};
