import { startGenerators } from '../generator/generator.ts';
import { rounded, slope } from '../measure/numbers.ts';
import { look, sleep } from '../measure/window.ts';
import { startNiem } from '../servers/measured.ts';
import { startExam } from '../stage/exam.ts';
import { opened, requireHonest } from './checks.ts';
import type { Rung } from './rung.ts';

const FROM_MS = 5_000;
const TO_MS = 30_000;
const MINUTE_S = 60;
const LEAVING_MS = 5_000;

/** Half an hour of an exam, some going and coming back all the time: does anything grow? */
export const soak: Rung = {
  about: 'half an hour of saving, leaving and coming back: what grows, and what stays behind',
  profiles: ['full'],
  async run(bench) {
    const { clients, restless, warmUpMinutes, minutes } = bench.profile.soak;
    const stage = await bench.stage();
    const server = await startNiem(stage);
    const [writers, others] = [startGenerators(bench.processesFor(clients)), startGenerators(1)];
    try {
      await startExam(server.url, stage.exam);
      const specs = stage.seats.slice(0, clients + restless).map((seat, index) => ({
        kind: 'seat' as const,
        target: server.target(index >> 13),
        seat,
      }));
      opened(await writers.open('soak', specs.slice(0, clients), { atOnce: 50 }), clients);
      await writers.schedule('soak', FROM_MS, TO_MS);
      const memory: { minute: number; mb: number }[] = [];
      for (let minute = 1; minute <= warmUpMinutes + minutes; minute++) {
        opened(await others.open('restless', specs.slice(clients), { perSecond: restless / 30 }), restless);
        const { tally } = await look(server.pid, writers, 'soak', MINUTE_S / 2);
        await others.close('restless');
        requireHonest('soak', tally, 0);
        const { ownKb } = await server.ask('collect');
        if (minute > warmUpMinutes) memory.push({ minute, mb: ownKb / 1024 });
        if (minute % 5 === 0) bench.say(`minute ${minute}: ${Math.round(ownKb / 1024)} MB`);
      }
      requireHonest('soak', { ...(await writers.tally('soak')) }, await writers.rest('soak'));
      await writers.close('soak');
      await sleep(LEAVING_MS);
      const { sockets, rooms } = await server.ask('live');
      const growth = slope(memory.map(({ minute, mb }) => [minute, mb]));
      return {
        measured: [
          { bar: 'soakMemory', rounds: [growth] },
          { bar: 'soakLeft', rounds: [sockets + rooms] },
        ],
        figures: { clients, restless, sockets, rooms, memoryMb: memory.map(({ mb }) => rounded(mb)) },
      };
    } finally {
      await Promise.all([writers.stop(), others.stop()]);
      await server.remove();
    }
  },
};
