import type { DeviceSpec } from '../devices/device.ts';
import { startGenerators } from '../generator/generator.ts';
import { median, rounded } from '../measure/numbers.ts';
import { startNiem, startSocketEcho, startWebSocketEcho, type MeasuredServer } from '../servers/measured.ts';
import { startExam } from '../stage/exam.ts';
import { opened } from './checks.ts';
import type { Bench, Rung } from './rung.ts';

/** Connections that are there before: what the first ones load is nobody's memory. */
const FIRST = 200;
const SERVERS = 3;

interface Weight {
  /** Pages of the store's file included, which are the disk's cache. */
  rssKb: number;
  ownKb: number;
  heapKb: number;
}

/** Candidates who are there and do nothing: memory of each, all garbage collected. */
export const idle: Rung = {
  about: 'memory of candidates who are connected and wait, beside those of bare servers',
  profiles: ['ci', 'full'],
  async run(bench) {
    const stage = await bench.stage();
    const seat = (index: number) => stage.seats[index]!;
    const weights: Record<'ws' | 'io' | 'niem', Weight[]> = { ws: [], io: [], niem: [] };
    for (let round = 1; round <= SERVERS; round++) {
      weights.ws.push(await weigh(bench, await startWebSocketEcho(), (target) => ({ kind: 'ws', target })));
      weights.io.push(await weigh(bench, await startSocketEcho(), (target) => ({ kind: 'io', target })));
      const server = await startNiem(stage);
      await startExam(server.url, stage.exam);
      weights.niem.push(
        await weigh(bench, server, (target, index) => ({ kind: 'seat', target, seat: seat(index) })),
      );
    }
    return {
      measured: [{ bar: 'idle', rounds: weights.niem.map(({ ownKb }) => ownKb) }],
      figures: {
        clients: bench.profile.idle.clients,
        ...Object.fromEntries(
          Object.entries(weights).map(([name, all]) => [
            name,
            {
              rssKb: rounded(median(all.map(({ rssKb }) => rssKb))),
              ownKb: rounded(median(all.map(({ ownKb }) => ownKb))),
              heapKb: rounded(median(all.map(({ heapKb }) => heapKb))),
            },
          ]),
        ),
      },
    };
  },
};

async function weigh(
  bench: Bench,
  server: MeasuredServer,
  spec: (target: DeviceSpec['target'], index: number) => DeviceSpec,
): Promise<Weight> {
  const { clients } = bench.profile.idle;
  const generators = startGenerators(bench.processesFor(clients));
  const come = async (from: number, to: number) => {
    const specs = Array.from({ length: to - from }, (_, i) =>
      spec(server.target((from + i) >> 13), from + i),
    );
    opened(await generators.open('idle', specs, { atOnce: 50 }), specs.length);
    return server.ask('collect');
  };
  try {
    const before = await come(0, FIRST);
    const after = await come(FIRST, FIRST + clients);
    return {
      rssKb: (after.rssKb - before.rssKb) / clients,
      ownKb: (after.ownKb - before.ownKb) / clients,
      heapKb: (after.heapKb - before.heapKb) / clients,
    };
  } finally {
    await generators.stop();
    await server.remove();
  }
}
