import { startGenerators } from '../generator/generator.ts';
import { Latencies, summaryOf } from '../measure/latencies.ts';
import { sleep } from '../measure/window.ts';
import { startNiem } from '../servers/measured.ts';
import { startExam } from '../stage/exam.ts';
import { opened, requireHonest } from './checks.ts';
import type { Rung } from './rung.ts';

const PER_SECOND = 1_500;
/** Those who are in already save once a second. */
const FROM_MS = 500;
const TO_MS = 1_500;
const SETTLE_MS = 2_000;

/** Some write while thousands come in: what those feel who are in already. */
export const crowd: Rung = {
  about: 'candidates who save while 1,500 others join per second',
  profiles: ['full'],
  async run(bench) {
    const { savers, joins } = bench.profile.crowd;
    const stage = await bench.stage();
    const rounds: { p99: number; joined: ReturnType<typeof summaryOf>; seconds: number }[] = [];
    for (let round = 1; round <= bench.profile.rounds; round++) {
      const server = await startNiem(stage);
      const [writers, comers] = [startGenerators(1), startGenerators(bench.processesFor(joins))];
      try {
        await startExam(server.url, stage.exam);
        const specs = stage.seats.slice(0, savers + joins).map((seat, index) => ({
          kind: 'seat' as const,
          target: server.target(index >> 13),
          seat,
        }));
        opened(await writers.open('writers', specs.slice(0, savers), { atOnce: 50 }), savers);
        await writers.schedule('writers', FROM_MS, TO_MS);
        await sleep(SETTLE_MS);
        await writers.tally('writers');
        const come = await comers.open('comers', specs.slice(savers), { perSecond: PER_SECOND });
        opened(come, joins);
        const tally = await writers.tally('writers');
        requireHonest('crowd', tally, await writers.rest('writers'));
        const joined = new Latencies();
        joined.merge(come.latencies);
        rounds.push({
          p99: tally.latencies.quantile(0.99),
          joined: summaryOf(joined),
          seconds: come.seconds,
        });
        bench.say(
          `round ${round}: saves p99 ${summaryOf(tally.latencies).p99} ms, joins p99 ${summaryOf(joined).p99} ms`,
        );
      } finally {
        await Promise.all([writers.stop(), comers.stop()]);
        await server.remove();
      }
    }
    return {
      measured: [{ bar: 'stormLatency', rounds: rounds.map(({ p99 }) => p99) }],
      figures: {
        savers,
        joins,
        joinLatencyMs: rounds.map(({ joined }) => joined),
        seconds: rounds.map(({ seconds }) => seconds),
      },
    };
  },
};
