import { startGenerators } from '../generator/generator.ts';
import { rounded } from '../measure/numbers.ts';
import { profiled } from '../measure/profile.ts';
import { sleep } from '../measure/window.ts';
import { startNiem } from '../servers/measured.ts';
import { startExam } from '../stage/exam.ts';
import { opened } from './checks.ts';
import type { Bench, Rung } from './rung.ts';

const LONGEST_MS = 60_000;

/** Everybody waits for the start; it is told to all of them at once. */
export const broadcast: Rung = {
  about: 'the start of an exam is told to all who wait: how long the server does nothing else',
  profiles: ['full'],
  async run(bench) {
    const rounds: { longestMs: number; toldMs: number }[] = [];
    for (let round = 1; round <= bench.profile.rounds; round++) {
      const told = await tellAll(bench, round === bench.profile.rounds);
      bench.say(
        `round ${round}: longest stall ${rounded(told.longestMs)} ms, all told in ${rounded(told.toldMs)} ms`,
      );
      rounds.push(told);
    }
    return {
      measured: [{ bar: 'broadcast', rounds: rounds.map(({ longestMs }) => longestMs) }],
      figures: {
        clients: bench.profile.broadcast.clients,
        allToldMs: rounds.map(({ toldMs }) => rounded(toldMs)),
      },
    };
  },
};

async function tellAll(bench: Bench, isLast: boolean) {
  const { clients } = bench.profile.broadcast;
  const stage = await bench.stage();
  const server = await startNiem(stage);
  const generators = startGenerators(bench.processesFor(clients));
  try {
    const specs = stage.seats
      .slice(0, clients)
      .map((seat, index) => ({ kind: 'seat' as const, target: server.target(index >> 13), seat }));
    opened(await generators.open('waiting', specs, { atOnce: 50 }), clients);
    await sleep(1_000);
    const measure = async () => {
      await server.ask('watch');
      const begun = performance.now();
      await startExam(server.url, stage.exam);
      while ((await generators.tally('waiting')).pushed < clients) {
        if (performance.now() - begun > LONGEST_MS) throw new Error('Not everybody was told of the start.');
        await sleep(50);
      }
      return { toldMs: performance.now() - begun, ...(await server.ask('stalls')) };
    };
    let result = { toldMs: NaN, longestMs: NaN };
    const work = async () => {
      result = await measure();
    };
    if (isLast && bench.profiles) await profiled(bench.profiles, server, 'broadcast', work);
    else await work();
    return result;
  } finally {
    await generators.stop();
    await server.remove();
  }
}
