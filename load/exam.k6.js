// A whole exam as candidates sit it: sign in with a slip, fetch the paper, join, answer with time to think, lose the
// line once and come back, hand in. Run by `npm run load`; alone:
//   k6 run -e BASE=http://127.0.0.1:8080 -e EXAM=<file> -e SLOTS=40 -e SECONDS=60 load/exam.k6.js
// <file>: {"code": exam code, "seats": [{"number", "code"}]} of an exam that has been started.
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import { BASE, between, Candidate, pause, share } from './k6/candidate.js';

const exam = JSON.parse(open(__ENV.EXAM));
const seats = new SharedArray('seats', () => exam.seats);
const SECONDS = Number(__ENV.SECONDS || 60);
const USERS = Math.min(seats.length, 20);
/** Seconds between two answers; candidates take 5 to 30. */
const THINK = (__ENV.THINK || '1-6').split('-').map(Number);
/** Candidates come in over so many seconds. */
const ARRIVAL = 10;

export const options = {
  scenarios: {
    exam: { executor: 'per-vu-iterations', vus: USERS, iterations: 1, maxDuration: `${SECONDS + 120}s` },
  },
  thresholds: {
    answers_lost: ['count==0'],
    answers_refused: ['count==0'],
    as_expected: ['rate==1'],
    save_ms: ['p(99)<250'],
    join_ms: ['p(95)<1000'],
    http_req_failed: ['rate<0.01'],
  },
};

export default async function () {
  const begun = Date.now();
  const mine = share([...seats], USERS, exec.scenario.iterationInTest);
  await Promise.all(mine.map((seat) => sit(seat, begun + SECONDS * 1000)));
}

async function sit(seat, end) {
  await pause(between(0, ARRIVAL * 1000));
  const candidate = new Candidate(seat);
  if (!(await candidate.signIn(exam.code))) return;
  await candidate.fetchPaper();
  await candidate.join();
  await candidate.begun();
  const breaks = between(Date.now(), end);
  let hasBroken = false;
  while (Date.now() < end) {
    await pause(between(THINK[0], THINK[1]) * 1000);
    await candidate.answer();
    if (!hasBroken && Date.now() > breaks) {
      hasBroken = true;
      await candidate.comeBack(between(100, 2000));
    }
  }
  await candidate.submit();
  candidate.leave();
}

export function setup() {
  console.log(`${seats.length} candidates sit an exam of ${SECONDS} s at ${BASE}`);
}
