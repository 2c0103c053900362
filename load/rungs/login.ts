import { startGenerators, type Generators, type TallyOfAll } from '../generator/generator.ts';
import { summaryOf } from '../measure/latencies.ts';
import { median, rounded } from '../measure/numbers.ts';
import { look, sleep } from '../measure/window.ts';
import { startNiem } from '../servers/measured.ts';
import { startExam } from '../stage/exam.ts';
import { opened, requireHonest } from './checks.ts';
import type { Rung } from './rung.ts';

/** More than the queue of sign-ins holds. */
const GUESSERS = 260;
const FROM_MS = 500;
const TO_MS = 1_500;
const SETTLE_MS = 1_500;

interface Round {
  alone: TallyOfAll;
  beside: TallyOfAll;
  guesses: TallyOfAll;
}

/** Codes are tried as fast as the server takes them, and candidates save meanwhile: with, without, with, without. */
export const login: Rung = {
  about: 'candidates who save with the queue of sign-ins full, and without',
  profiles: ['ci', 'full'],
  async run(bench) {
    const { clients, sample } = bench.profile.login;
    const stage = await bench.stage();
    const server = await startNiem(stage);
    const [writers, guessers] = [startGenerators(bench.processesFor(clients)), startGenerators(1)];
    try {
      await startExam(server.url, stage.exam);
      const specs = stage.seats
        .slice(0, clients)
        .map((seat) => ({ kind: 'seat' as const, target: server.target(0), seat }));
      opened(await writers.open('writers', specs, { atOnce: 50 }), clients);
      await writers.schedule('writers', FROM_MS, TO_MS);
      await sleep(SETTLE_MS);
      const rounds: Round[] = [];
      for (let round = 1; round <= bench.profile.rounds; round++) {
        const { tally: alone } = await look(server.pid, writers, 'writers', sample);
        await openGuessers(guessers, server.target(1), stage.exam.code);
        await sleep(SETTLE_MS);
        await guessers.tally('guessers');
        const { tally: beside } = await look(server.pid, writers, 'writers', sample);
        const guesses = await guessers.tally('guessers');
        await guessers.close('guessers');
        // The hashes that are queued still have their turn.
        await sleep(SETTLE_MS * 3);
        for (const tally of [alone, beside]) requireHonest('login', tally, 0);
        if (guesses.refused === 0) throw new Error('The queue of sign-ins was never full.');
        rounds.push({ alone, beside, guesses });
        bench.say(
          `round ${round}: p99 ${summaryOf(alone.latencies).p99} ms without, ${summaryOf(beside.latencies).p99} ms with`,
        );
      }
      const p99 = (of: 'alone' | 'beside') => rounds.map((round) => round[of].latencies.quantile(0.99));
      const without = p99('alone');
      return {
        measured: [
          { bar: 'login', rounds: p99('beside').map((with_, round) => with_ / (without[round] ?? NaN)) },
        ],
        figures: {
          p99WithoutMs: rounded(median(without)),
          p99WithMs: rounded(median(p99('beside'))),
          hashesPerSecond: rounded(median(rounds.map(({ guesses }) => guesses.answered / sample))),
          toldToComeAgain: rounds.map(({ guesses }) => guesses.refused),
        },
      };
    } finally {
      await Promise.all([writers.stop(), guessers.stop()]);
      await server.remove();
    }
  },
};

async function openGuessers(
  guessers: Generators,
  target: Parameters<Generators['open']>[1][number]['target'],
  exam: string,
) {
  const specs = Array.from({ length: GUESSERS }, (_, i) => ({
    kind: 'guess' as const,
    target,
    exam,
    number: `NOBODY-${i}`,
  }));
  await guessers.open('guessers', specs, { atOnce: GUESSERS });
  await guessers.loop('guessers');
}
