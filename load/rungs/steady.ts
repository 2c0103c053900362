import { startGenerators, type Generators } from '../generator/generator.ts';
import { measureFlush } from '../measure/flush.ts';
import { summaryOf } from '../measure/latencies.ts';
import { median, rounded } from '../measure/numbers.ts';
import { profiled } from '../measure/profile.ts';
import { look, sleep, type Window } from '../measure/window.ts';
import { usageOf } from '../measure/processes.ts';
import { startNiem } from '../servers/measured.ts';
import { startExam } from '../stage/exam.ts';
import { opened, requireHonest, requireOnTime } from './checks.ts';
import type { Bench, Rung } from './rung.ts';

/** As candidates do: an answer every 5 to 30 seconds. */
const FROM_MS = 5_000;
const TO_MS = 30_000;
const SETTLE_MS = 1_000;
const GROUP = 'steady';

export interface SteadyRound {
  window: Window;
  flushP50: number;
  memoryMb: number;
  /** With the disk's cache. */
  allMemoryMb: number;
}

/** Everybody saves at the pace of an exam; between two rounds the disk is probed. */
export const steady: Rung = {
  about: 'candidates saving every 5–30 s: how soon they are told',
  profiles: ['ci', 'full'],
  async run(bench) {
    const { clients, sample } = bench.profile.steady;
    const rounds = await saveSteadily(bench, clients, sample);
    return {
      measured: [
        {
          bar: 'steady',
          rounds: rounds.map(({ window }) => window.tally.latencies.quantile(0.99)),
          limits: rounds.map(({ flushP50 }) => 2 * flushP50 + 3),
        },
      ],
      figures: { clients, ...figuresOf(rounds) },
    };
  },
};

export async function saveSteadily(bench: Bench, clients: number, sample: number): Promise<SteadyRound[]> {
  const stage = await bench.stage();
  const server = await startNiem(stage);
  const generators = startGenerators(bench.processesFor(clients));
  try {
    await startExam(server.url, stage.exam);
    const specs = stage.seats
      .slice(0, clients)
      .map((seat, index) => ({ kind: 'seat' as const, target: server.target(index >> 13), seat }));
    opened(await generators.open(GROUP, specs, { atOnce: 50 }), clients);
    await saveFor(server.pid, generators, sample);
    const rounds: SteadyRound[] = [];
    for (let round = 1; round <= bench.profile.rounds; round++) {
      const { p50: flushP50 } = measureFlush(bench.folder, 1);
      const window = await saveFor(server.pid, generators, sample);
      const { ownKb, rssKb } = usageOf(server.pid);
      rounds.push({ window, flushP50, memoryMb: ownKb / 1024, allMemoryMb: rssKb / 1024 });
      const { p50, p99, max } = summaryOf(window.tally.latencies);
      bench.say(`round ${round}: p50 ${p50}, p99 ${p99}, max ${max} ms; flush ${rounded(flushP50)} ms`);
    }
    await profiled(bench.profiles, server, 'steady', () => saveFor(server.pid, generators, sample));
    return rounds;
  } finally {
    await generators.stop();
    await server.remove();
  }
}

async function saveFor(pid: number, generators: Generators, seconds: number): Promise<Window> {
  await generators.schedule(GROUP, FROM_MS, TO_MS);
  await sleep(SETTLE_MS);
  const window = await look(pid, generators, GROUP, seconds);
  requireHonest(GROUP, window.tally, await generators.rest(GROUP));
  requireOnTime(GROUP, window.tally);
  return window;
}

export function figuresOf(rounds: readonly SteadyRound[]): Record<string, unknown> {
  const of = (figure: (round: SteadyRound) => number) => rounded(median(rounds.map(figure)));
  const latency = (part: number) => of(({ window }) => window.tally.latencies.quantile(part));
  return {
    savesPerSecond: of(({ window }) => window.perSecond),
    p50Ms: latency(0.5),
    p95Ms: latency(0.95),
    p99Ms: latency(0.99),
    p999Ms: latency(0.999),
    maxMs: of(({ window }) => window.tally.latencies.max),
    flushP50Ms: of(({ flushP50 }) => flushP50),
    microsecondsPerSave: of(({ window }) => window.microseconds),
    serverCores: of(({ window }) => window.cores),
    memoryMb: of(({ memoryMb }) => memoryMb),
    allMemoryMb: of(({ allMemoryMb }) => allMemoryMb),
    generatorCores: of(({ window }) => window.tally.busiest),
    /** How late the generator itself was, which is part of the latencies. */
    generatorLateP99Ms: of(({ window }) => window.tally.lateness.quantile(0.99)),
  };
}
