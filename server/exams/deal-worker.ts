/** Worker thread that deals the questions of one exam, so that a large exam does not hold up the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { dealCards, drawPlan, parallelForms } from '#bank/assembly';
import { DomainError } from '#bank/protocol';
import type { DealReply, DealTask } from './deal-thread.ts';

if (!parentPort) throw new Error('This file runs as a worker thread.');
const server = parentPort;
const { blueprint, snapshot, seed, exam, papers, forms } = workerData as DealTask;

try {
  const plan = drawPlan(blueprint, snapshot);
  const { cards, doublings } = forms
    ? parallelForms(plan, seed, exam, forms)
    : { ...dealCards(plan, seed, exam, papers), doublings: 0 };
  send({ type: 'dealt', cards, doublings });
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  send({ type: 'refused', code: error.code, status: error.status, values: error.values });
} finally {
  seed.fill(0);
}

function send(reply: DealReply): void {
  server.postMessage(reply, []);
}
