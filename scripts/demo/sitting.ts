import { randomInt } from 'node:crypto';
import type { ServerProcess } from '../process/server-process.ts';
import { Refusal, type PlayedCandidate } from '../steps/candidate.ts';
import { plausibleAnswer } from '../steps/plausible-answer.ts';

interface SittingOutcome {
  candidates: PlayedCandidate[];
  acknowledged: number;
  lost: number;
  handedIn: number;
}

/**
 * Everybody answers until a little before the end, each at a pace of their own; in the middle the server process is
 * killed and started again. Every second candidate hands in, the others leave that to the deadline.
 */
export async function sit(
  candidates: PlayedCandidate[],
  endsAt: number,
  disturb: () => Promise<void>,
): Promise<void> {
  const lastAnswer = endsAt - 2_500;
  const half = (lastAnswer - Date.now()) / 2;
  const disturbed = wait(half).then(disturb);
  const writing = candidates.map(async (candidate, index) => {
    await write(candidate, lastAnswer);
    if (index % 2 === 0) await candidate.submit();
  });
  await Promise.all([disturbed, ...writing]);
}

export async function killAndRestart(server: ServerProcess): Promise<void> {
  await server.kill();
  await server.start();
}

/** Goes through the paper in order, then back to answers to change them, until the time is up. */
async function write(candidate: PlayedCandidate, until: number): Promise<void> {
  await candidate.opened();
  const slots = candidate.paper.filter(({ view }) => view.kind !== 'description');
  for (let i = 0; Date.now() < until; i++) {
    const slot = slots[i % slots.length];
    if (!slot) return;
    try {
      await candidate.answer(slot.slot, plausibleAnswer(slot.view));
    } catch (error) {
      if (error instanceof Refusal && ['after-deadline', 'answers-lost'].includes(error.code)) return;
      throw error;
    }
    await wait(randomInt(200, 900));
  }
}

/** After the close: what the server holds against what it had acknowledged. */
export async function takeStock(candidates: PlayedCandidate[]): Promise<SittingOutcome> {
  for (const candidate of candidates) candidate.close();
  const lost = await Promise.all(candidates.map((candidate) => candidate.countLost()));
  return {
    candidates,
    acknowledged: candidates.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    lost: lost.reduce((sum, count) => sum + count, 0),
    handedIn: candidates.filter(({ receipt }) => receipt !== null).length,
  };
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
