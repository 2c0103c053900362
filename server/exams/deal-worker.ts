/** Worker thread that deals the questions of one exam, so that a large exam does not hold up the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { cardsOf, dealCards, drawPlan, formSeries, parallelForms, type DrawPlan } from '#bank/assembly';
import { DomainError, SOLVED_ALGORITHM, type FormsSetting } from '#bank/protocol';
import { assembleForms } from '#server/solver';
import type { Dealt, DealReply, DealTask } from './deal-thread.ts';

/** For one form, which takes some seconds where it is difficult; more would rather show that the rules are too narrow. */
const SECONDS_A_FORM = 60;

if (!parentPort) throw new Error('This file runs as a worker thread.');
const server = parentPort;
const { algorithm, blueprint, snapshot, seed, exam, papers, forms } = workerData as DealTask;

try {
  const plan = drawPlan(blueprint, snapshot);
  send({ type: 'dealt', ...(await deal(plan)) });
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  send({ type: 'refused', code: error.code, status: error.status, values: error.values });
} finally {
  seed.fill(0);
}

async function deal(plan: DrawPlan): Promise<Dealt> {
  if (!forms) return { ...dealCards(plan, seed, exam, papers), doublings: 0 };
  return algorithm === SOLVED_ALGORITHM ? solve(plan, forms) : parallelForms(plan, seed, exam, forms);
}

async function solve(plan: DrawPlan, rules: FormsSetting): Promise<Dealt> {
  const series = formSeries(blueprint, plan, seed, exam, rules);
  const made = (count: number): void => send({ type: 'made', forms: count });
  const solved = await assembleForms(series, SECONDS_A_FORM, { made });
  return { cards: cardsOf(plan, solved.forms), doublings: solved.doublings };
}

function send(reply: DealReply): void {
  server.postMessage(reply, []);
}
