import { randomBytes } from 'node:crypto';
import { playPowerCuts } from '#server/storage/contract';
import type { Rung } from './rung.ts';

/** Rounds between two lines on the terminal. */
const LOT = 1_000;

/** The journal on a disk that keeps only what was flushed: the power goes again and again, in the middle of anything. */
export const forgetting: Rung = {
  about: 'a disk that forgets what was not flushed: is every acknowledged answer there?',
  profiles: ['ci', 'full'],
  async run(bench) {
    const { rounds } = bench.profile.forgetting;
    const sum = { cuts: 0, acknowledged: 0, lost: 0, refused: 0 };
    const seed = randomBytes(16).toString('hex');
    for (let from = 0; from < rounds; from += LOT) {
      const played = await playPowerCuts(Math.min(LOT, rounds - from), `${seed}/${from}`);
      for (const figure of ['cuts', 'acknowledged', 'lost', 'refused'] as const)
        sum[figure] += played[figure];
      bench.say(
        `${from + played.rounds} rounds, ${sum.cuts} cuts, ${sum.acknowledged} acknowledged, ${sum.lost} lost`,
      );
    }
    return {
      measured: [{ bar: 'forgetting', rounds: [sum.lost + sum.refused] }],
      figures: { rounds, seed, ...sum },
    };
  },
};
