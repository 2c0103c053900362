import { startGenerators, type Generators } from '../generator/generator.ts';
import { summaryOf } from '../measure/latencies.ts';
import { median, rounded } from '../measure/numbers.ts';
import { profiled } from '../measure/profile.ts';
import { look, sleep, type Window } from '../measure/window.ts';
import type { MeasuredServer } from '../servers/measured.ts';
import { opened, requireHonest } from './checks.ts';
import { floor } from './floor.ts';
import type { Rung } from './rung.ts';
import { save } from './save.ts';
import type { Side } from './side.ts';
import { sio } from './sio.ts';

const SIDES = [floor, sio, save];
/** Until caches and batches are as they stay. */
const SETTLE_MS = 500;

/**
 * Three servers side by side, each kept busy in turn, A B C A B C: what a durable save costs of what a bare echo costs.
 */
export const ladder: Rung = {
  about: 'ws echo, Socket.IO echo and durable saves, saturated',
  profiles: ['ci', 'full'],
  async run(bench) {
    const { clients, warmUp, sample } = bench.profile.ladder;
    const { seats } = await bench.stage();
    const generators = startGenerators(bench.processesFor(clients));
    const servers: MeasuredServer[] = [];
    try {
      for (const [range, side] of SIDES.entries()) {
        const server = await side.start(bench);
        servers.push(server);
        const specs = seats.slice(0, clients).map((seat) => side.client(server.target(range), seat));
        opened(await generators.open(side.name, specs, { atOnce: 50 }), clients);
        await runOnce(server, generators, side, warmUp);
      }
      const rounds: Window[][] = [];
      for (let round = 1; round <= bench.profile.rounds; round++) {
        const windows: Window[] = [];
        for (const [index, side] of SIDES.entries()) {
          windows.push(await runOnce(servers[index]!, generators, side, sample));
        }
        rounds.push(windows);
        bench.say(`round ${round}: ${windows.map(inShort).join(' · ')}`);
      }
      for (const [index, side] of SIDES.entries()) {
        const server = servers[index]!;
        await profiled(bench.profiles, server, side.name, () => runOnce(server, generators, side, sample));
      }
      return result(rounds);
    } finally {
      await generators.stop();
      await Promise.all(servers.map((server) => server.remove()));
    }
  },
};

async function runOnce(server: MeasuredServer, generators: Generators, side: Side, seconds: number) {
  await generators.loop(side.name);
  await sleep(SETTLE_MS);
  const window = await look(server.pid, generators, side.name, seconds);
  requireHonest(side.name, window.tally, await generators.rest(side.name));
  return window;
}

function inShort({ microseconds, perSecond, tally }: Window): string {
  return `${rounded(microseconds)} µs (${Math.round(perSecond)}/s, generator ${Math.round(tally.busiest * 100)} %)`;
}

function result(rounds: Window[][]) {
  const cost = (side: number) => rounds.map((windows) => windows[side]?.microseconds ?? NaN);
  const [echo, socketEcho, saved] = [cost(0), cost(1), cost(2)];
  const ratio = (a: number[], b: number[]) => a.map((value, round) => value / (b[round] ?? NaN));
  const figures = SIDES.map(({ name }, side) => {
    const windows = rounds.flatMap((windows) => windows[side] ?? []);
    const of = (figure: (window: Window) => number) => rounded(median(windows.map(figure)));
    return [
      name,
      {
        microseconds: of(({ microseconds }) => microseconds),
        perSecond: of(({ perSecond }) => perSecond),
        serverCores: of(({ cores }) => cores),
        generatorCores: of(({ tally }) => tally.busiest),
        generatorMicroseconds: of(({ tally }) => (tally.cpuMs * 1000) / tally.answered),
        latencyMs: windows[0] && summaryOf(windows[0].tally.latencies),
      },
    ];
  });
  return {
    measured: [
      { bar: 'saveToEcho' as const, rounds: ratio(echo, saved) },
      { bar: 'saveToSocketEcho' as const, rounds: ratio(saved, socketEcho) },
    ],
    figures: Object.fromEntries(figures) as Record<string, unknown>,
  };
}
