import { fileDescriptorLimit } from '../measure/machine.ts';
import { figuresOf, saveSteadily } from './steady.ts';
import type { Rung } from './rung.ts';

/** What a server needs open besides its candidates. */
const OTHER_FILES = 500;

/** As many candidates in one process as it may have connections. */
export const many: Rung = {
  about: 'as many candidates in one process as its file descriptors allow',
  profiles: ['full'],
  async run(bench) {
    const clients = Math.min(bench.profile.seats, fileDescriptorLimit() - OTHER_FILES);
    const rounds = await saveSteadily(bench, clients, bench.profile.steady.sample);
    return {
      measured: [
        { bar: 'manyLatency', rounds: rounds.map(({ window }) => window.tally.latencies.quantile(0.99)) },
        { bar: 'manyCpu', rounds: rounds.map(({ window }) => window.cores) },
        { bar: 'manyMemory', rounds: rounds.map(({ memoryMb }) => memoryMb) },
      ],
      figures: { clients, ...figuresOf(rounds) },
    };
  },
};
