import { randomInt } from 'node:crypto';
import { freePort } from '../../scripts/process/free-port.ts';
import { countLost, Saver } from '../devices/saver.ts';
import { median, rounded, sum } from '../measure/numbers.ts';
import { sleep } from '../measure/window.ts';
import { startNiem } from '../servers/measured.ts';
import { startExam } from '../stage/exam.ts';
import type { Bench, Rung } from './rung.ts';

/** No candidate's page saves so fast. */
const RATES = 'join=100/1000,save=100000/100000';
/** The server is killed within so long after everybody has been told of a save. */
const LONGEST_LIFE_MS = 400;
/** Numbers that one attempt may use; long before it the rounds are over. */
const ENOUGH = 19_000;

/** The server is killed again and again while everybody saves; then each acknowledged answer is looked for. */
export const kills: Rung = {
  about: 'kill -9 under load, again and again: is every acknowledged answer there?',
  profiles: ['ci', 'full'],
  async run(bench) {
    const { rounds, savers: count } = bench.profile.kills;
    const stage = await bench.stage();
    bench.raised(`kills: NIEM_CANDIDATE_RATES=${RATES}`);
    const server = await startNiem(stage, {
      NIEM_CANDIDATE_RATES: RATES,
      NIEM_PORT: String(await freePort()),
    });
    try {
      await startExam(server.url, stage.exam);
      const seats = stage.seats.slice(0, count);
      const savers = seats.map((seat) => new Saver(seat, () => server.target(0)));
      const running = savers.map((saver) => saver.run());
      const stories = await killAgainAndAgain(bench, rounds, savers, server);
      for (const saver of savers) saver.leave();
      await Promise.all(running);
      const lost = await Promise.all(
        savers.map(async (saver, index) => {
          const again = await countLost(server.target(0), seats[index]!, saver.acknowledged);
          return saver.forgotten + again;
        }),
      );
      const acknowledged = sum(savers.map((saver) => saver.acknowledged));
      bench.say(`${stories.length} kills, ${acknowledged} answers acknowledged, ${sum(lost)} lost`);
      return {
        measured: [{ bar: 'kills', rounds: [sum(lost)] }],
        figures: {
          kills: stories.length,
          acknowledged,
          killsWithSavesInFlight: stories.filter(({ inFlight }) => inFlight > 0).length,
          backInMs: rounded(median(stories.map(({ backMs }) => backMs))),
        },
      };
    } finally {
      await server.remove();
    }
  },
};

interface Story {
  inFlight: number;
  backMs: number;
}

async function killAgainAndAgain(
  bench: Bench,
  rounds: number,
  savers: readonly Saver[],
  server: Awaited<ReturnType<typeof startNiem>>,
): Promise<Story[]> {
  const stories: Story[] = [];
  while (stories.length < rounds && savers.every(({ acknowledged }) => acknowledged < ENOUGH)) {
    await everybodyHasSaved(savers);
    await sleep(randomInt(LONGEST_LIFE_MS));
    await server.kill();
    const inFlight = sum(savers.map((saver) => saver.inFlight));
    const begun = performance.now();
    await server.restart();
    stories.push({ inFlight, backMs: performance.now() - begun });
    if (stories.length % 10 === 0) bench.say(`${stories.length} kills`);
  }
  await everybodyHasSaved(savers);
  if (stories.length < rounds) throw new Error(`Only ${stories.length} kills before an attempt was full.`);
  return stories;
}

function everybodyHasSaved(savers: readonly Saver[]): Promise<void> {
  const waiting = new Set(savers);
  return new Promise((resolve) => {
    for (const saver of savers) {
      saver.onAcknowledged = () => {
        waiting.delete(saver);
        if (waiting.size === 0) resolve();
      };
    }
  });
}
