import { fetchPaper } from '../devices/admission.ts';
import type { DeviceSpec, Seat } from '../devices/device.ts';
import { startGenerators, type Generators } from '../generator/generator.ts';
import { rounded, median } from '../measure/numbers.ts';
import { usageOf } from '../measure/processes.ts';
import { profiled } from '../measure/profile.ts';
import { sleep } from '../measure/window.ts';
import { startNiem, startSocketEcho, type MeasuredServer } from '../servers/measured.ts';
import { startExam } from '../stage/exam.ts';
import { opened } from './checks.ts';
import type { Bench, Rung } from './rung.ts';

/** What a join leaves to be done behind its answer, such as the leaf of a start in the ledger, is counted too. */
const BEHIND_MS = 1_500;
/** Before the next come, those before them have gone. */
const LEAVING_MS = 400;

/** What comes in, and what one of them costs the server in microseconds. */
const KINDS = ['bare', 'join', 'ticket', 'paper', 'box'] as const;
type Kind = (typeof KINDS)[number];

/**
 * Everybody comes at once: a running exam is joined, beside bare connections to a Socket.IO server. The bar counts the
 * paper, that is its index boxes and addresses. The boxes at those addresses travel before the start, as files that a
 * room can share: they are no part of the bar, and what one of them costs is a figure of its own.
 */
export const storm: Rung = {
  about:
    'joins of a running exam, each with its ticket and the index of its paper (its boxes travel before), beside bare Socket.IO joins',
  profiles: ['ci', 'full'],
  async run(bench) {
    const stage = await bench.stage();
    const generators = startGenerators(bench.processesFor(bench.profile.storm.joins));
    const [echo, niem] = await Promise.all([startSocketEcho(), startNiem(stage)]);
    try {
      await startExam(niem.url, stage.exam);
      const rounds = await climb(bench, { echo, niem }, generators, stage.seats);
      return {
        measured: [
          {
            bar: 'join',
            rounds: rounds.map(({ bare, join, paper }) => (join + paper) / bare),
          },
        ],
        figures: Object.fromEntries(
          KINDS.map((kind) => [`${kind}Microseconds`, rounded(median(rounds.map((round) => round[kind])))]),
        ),
      };
    } finally {
      await generators.stop();
      await Promise.all([echo.remove(), niem.remove()]);
    }
  },
};

interface Servers {
  echo: MeasuredServer;
  niem: MeasuredServer;
}

async function climb(
  bench: Bench,
  { echo, niem }: Servers,
  generators: Generators,
  seats: readonly Seat[],
): Promise<Record<Kind, number>[]> {
  const { rounds, storm } = bench.profile;
  const measured: Record<Kind, number>[] = [];
  const fresh = [...seats];
  const [first] = seats;
  if (!first) throw new Error('nobody has a seat');
  const { addresses } = await fetchPaper(niem.target(0), first);
  const addressOf = (seat: Seat) => addresses[seats.indexOf(seat) % addresses.length] ?? '';
  for (let round = 0; round <= rounds; round++) {
    const coming = fresh.splice(0, storm.joins);
    const cost = (kind: Kind, server: MeasuredServer, spec: (seat: Seat) => DeviceSpec) =>
      costOf(server, generators, `${kind}${round}`, coming.map(spec), storm.atOnce);
    const [onEcho, onNiem] = [echo.target(round), niem.target(round)];
    const costs = {
      bare: await cost('bare', echo, () => ({ kind: 'io', target: onEcho })),
      ticket: await cost('ticket', niem, (seat) => ({ kind: 'ticket', target: onNiem, seat })),
      paper: await cost('paper', niem, (seat) => ({ kind: 'paper', target: onNiem, seat })),
      box: await cost('box', niem, (seat) => ({
        kind: 'box',
        target: onNiem,
        seat,
        address: addressOf(seat),
      })),
      join: await cost('join', niem, (seat) => ({ kind: 'seat', target: onNiem, seat })),
    };
    // The first round warms both servers up.
    if (round === 0) continue;
    measured.push(costs);
    bench.say(`round ${round}: ${KINDS.map((kind) => `${kind} ${rounded(costs[kind])} µs`).join(', ')}`);
  }
  const last: DeviceSpec[] = fresh
    .splice(0, storm.joins)
    .map((seat) => ({ kind: 'seat', target: niem.target(rounds + 1), seat }));
  await profiled(bench.profiles, niem, 'join', () =>
    costOf(niem, generators, 'profiled', last, storm.atOnce),
  );
  return measured;
}

/** Microseconds of processor for each that comes in; they leave behind the window, where nobody counts. */
async function costOf(
  server: MeasuredServer,
  generators: Generators,
  group: string,
  specs: DeviceSpec[],
  atOnce: number,
): Promise<number> {
  const before = usageOf(server.pid).cpuMs;
  opened(await generators.open(group, specs, { atOnce }), specs.length);
  await sleep(BEHIND_MS);
  const cost = usageOf(server.pid).cpuMs - before;
  await generators.close(group);
  await sleep(LEAVING_MS);
  return (cost * 1000) / specs.length;
}
