// Everybody waits, and the exam begins for all in one moment. Run by `npm run load`; alone:
//   k6 run -e BASE=http://127.0.0.1:8080 -e EXAM=<file> -e SLOTS=40 load/storm.k6.js
// <file>: {"id": exam id, "proctor": session cookie of a proctor, "seats": [{"number", "token"}]} of a sealed exam, where
// `token` is the session of a candidate who has signed in before.
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { asExpected, BASE, between, Candidate, pause, share } from './k6/candidate.js';

const exam = JSON.parse(open(__ENV.EXAM));
const seats = new SharedArray('seats', () => exam.seats);
const USERS = Math.min(seats.length, 20);
/** Seconds until the proctor starts the exam; by then all are in. */
const WAIT = Number(__ENV.WAIT || 30);
const JOIN_WITHIN = WAIT * 0.6;
/** Afterwards everybody answers so often. */
const ANSWERS = 3;

const keyMs = new Trend('key_after_start_ms', true);
const waiting = new Counter('waiting_at_the_start');

export const options = {
  scenarios: {
    candidates: { executor: 'per-vu-iterations', vus: USERS, iterations: 1, maxDuration: `${WAIT + 120}s` },
    proctor: {
      executor: 'per-vu-iterations',
      exec: 'start',
      vus: 1,
      iterations: 1,
      startTime: `${WAIT}s`,
      maxDuration: '60s',
    },
  },
  thresholds: {
    answers_lost: ['count==0'],
    answers_refused: ['count==0'],
    as_expected: ['rate==1'],
    waiting_at_the_start: [`count==${seats.length}`],
    key_after_start_ms: ['max<2000'],
    save_ms: ['p(99)<500'],
  },
};

export default async function () {
  const mine = share([...seats], USERS, exec.scenario.iterationInTest);
  await Promise.all(mine.map(wait));
}

/** Comes in at any time, waits for the key, and begins to write as everybody does. */
async function wait(seat) {
  await pause(between(0, JOIN_WITHIN * 1000));
  const candidate = new Candidate(seat);
  await candidate.join();
  if (candidate.key === null) waiting.add(1);
  await candidate.begun();
  keyMs.add(candidate.key.afterStart);
  for (let answer = 0; answer < ANSWERS; answer++) {
    await candidate.answer();
    await pause(between(500, 3000));
  }
  candidate.leave();
}

export function setup() {
  console.log(`${seats.length} candidates wait for a start at ${BASE}`);
}

export function start() {
  const response = http.post(`${BASE}/api/v1/exams/${exam.id}/start`, '{}', {
    headers: { 'Content-Type': 'application/json', 'x-niem': '1', Cookie: exam.proctor },
  });
  asExpected.add(response.status === 200);
}
