import type { DeviceSpec } from '../devices/device.ts';
import { startGenerators } from '../generator/generator.ts';
import { median, rounded } from '../measure/numbers.ts';
import { sleep } from '../measure/window.ts';
import { startNiem } from '../servers/measured.ts';
import { startExam } from '../stage/exam.ts';
import { opened } from './checks.ts';
import type { Rung } from './rung.ts';

const SETTLE_MS = 2_000;

/** A school's line is cut: all its connections end in the same moment. */
export const drop: Rung = {
  about: 'thousands of connections end at once: how long the server does nothing else',
  profiles: ['full'],
  async run(bench) {
    const { clients } = bench.profile.drop;
    const stage = await bench.stage();
    const server = await startNiem(stage);
    const rounds: number[] = [];
    try {
      await startExam(server.url, stage.exam);
      for (let round = 0; round <= bench.profile.rounds; round++) {
        const school = startGenerators(1);
        const specs: DeviceSpec[] = stage.seats
          .slice(0, clients)
          .map((seat) => ({ kind: 'seat', target: server.target(round), seat }));
        opened(await school.open('school', specs, { atOnce: 50 }), clients);
        await sleep(SETTLE_MS);
        await server.ask('watch');
        await school.kill();
        await sleep(SETTLE_MS);
        const { longestMs } = await server.ask('stalls');
        const { sockets } = await server.ask('live');
        if (sockets > 0) throw new Error(`${sockets} connections are still there.`);
        // In the first round everything is done for the first time.
        if (round > 0) rounds.push(longestMs);
        bench.say(`round ${round}: longest stall ${rounded(longestMs)} ms`);
      }
      return {
        measured: [{ bar: 'drop', rounds }],
        figures: { clients, microsecondsEach: rounded((median(rounds) * 1000) / clients) },
      };
    } finally {
      await server.remove();
    }
  },
};
