// A candidate at a real server: sign-in or a session of before, ticket, socket, join, saves, coming back, handing in.
import http from 'k6/http';
import { Counter, Rate, Trend } from 'k6/metrics';
import { setTimeout } from 'k6/timers';
import { openLine } from './line.js';

export const SLOTS = Number(__ENV.SLOTS);
export const BASE = __ENV.BASE;

export const joinMs = new Trend('join_ms', true);
export const saveMs = new Trend('save_ms', true);
export const saved = new Counter('answers_acknowledged');
export const lost = new Counter('answers_lost');
export const refused = new Counter('answers_refused');
export const returns = new Counter('reconnects');
export const asExpected = new Rate('as_expected');

const RETRY_MS = 200;

export class Candidate {
  #seat;
  #jar = new http.CookieJar();
  #line = null;
  #epoch = 0;
  #onKey = null;
  /** When the section key came, and how long that was after the exam's beginning; null before. */
  key = null;
  /** Every answer given, by its number less one. */
  given = [];
  acknowledged = 0;

  constructor(seat) {
    this.#seat = seat;
    if (seat.token) this.#jar.set(BASE, 'niem', seat.token);
  }

  /** Exam code, number and access code, as they stand on the slip. */
  async signIn(exam) {
    const { number, code } = this.#seat;
    const response = await this.#post('/candidate/sign-in', { exam, number, code });
    if (response.status === 503) {
      await pause(Number(response.headers['Retry-After'] || 1) * 1000);
      return this.signIn(exam);
    }
    const isIn = response.status >= 200 && response.status < 300;
    asExpected.add(isIn);
    return isIn;
  }

  /** The sealed paper and its boxes, fetched while everybody waits. */
  async fetchPaper() {
    const response = await this.#get('paper', 'text');
    const { index, addresses } = response.json();
    asExpected.add(response.status === 200 && addresses.length > 0 && index.length > 0);
    for (const address of addresses) {
      const { status, body } = await this.#get(`boxes/${address}`, 'binary');
      asExpected.add(status === 200 && body.byteLength > 0);
    }
  }

  /** Ticket, socket, join. What the server holds must reach as far as what it had acknowledged. */
  async join() {
    const begun = Date.now();
    const { status, body } = await this.#post('/candidate/ticket', {});
    if (status !== 200) throw new Error(`no ticket: ${status} ${body}`);
    this.#line = await openLine({
      base: BASE,
      ticket: JSON.parse(body).ticket,
      onPush: (event, word) => event === 'state' && this.#onState(word),
      onEnd: () => {
        this.#line = null;
      },
    });
    const joined = await this.#line.ask('join', { device: `k6-${this.#seat.number}` });
    asExpected.add(joined.ok);
    if (!joined.ok) throw new Error(`join was refused: ${joined.code}`);
    joinMs.add(Date.now() - begun);
    this.#epoch = joined.epoch;
    if (joined.watermark < this.acknowledged) lost.add(this.acknowledged - joined.watermark);
    lost.add(this.#missingIn(joined.answers));
    this.acknowledged = Math.max(this.acknowledged, joined.watermark);
    this.#onState(joined);
  }

  /** Resolves when the section key is there, that is when the exam has begun. */
  begun() {
    if (this.key !== null) return Promise.resolve();
    return new Promise((resolve) => (this.#onKey = resolve));
  }

  /** Gives an answer and stays at it until it is acknowledged, over as many lines as that takes. */
  async answer() {
    const seq = this.given.length + 1;
    const entry = { seq, slot: seq % SLOTS, response: { c: seq.toString(36).padStart(8, '0') } };
    this.given.push(entry);
    const begun = Date.now();
    while (this.acknowledged < seq) {
      const entries = this.given.slice(this.acknowledged, this.acknowledged + 20);
      const reply = await this.#ask('save', () => ({ epoch: this.#epoch, entries }));
      if (!reply.ok) {
        refused.add(1);
        asExpected.add(false);
        return;
      }
      this.acknowledged = reply.watermark;
    }
    saveMs.add(Date.now() - begun);
    saved.add(1);
    asExpected.add(true);
  }

  /** The line breaks, and after a moment the device is back. */
  async comeBack(afterMs) {
    if (this.#line) this.#line.end();
    await pause(afterMs);
    await this.#connected();
    returns.add(1);
  }

  /** Hands in twice: both times the same receipt. */
  async submit() {
    const body = () => ({ epoch: this.#epoch, lastSeq: this.given.length });
    const first = await this.#ask('submit', body);
    const second = await this.#ask('submit', body);
    asExpected.add(first.ok && first.receipt.length > 0 && second.receipt === first.receipt);
  }

  leave() {
    if (this.#line) this.#line.end();
  }

  async #connected() {
    while (this.#line === null) {
      try {
        await this.join();
      } catch {
        await pause(RETRY_MS);
      }
    }
    return this.#line;
  }

  async #ask(event, body) {
    for (;;) {
      const line = await this.#connected();
      try {
        return await line.ask(event, body());
      } catch {
        await pause(RETRY_MS);
      }
    }
  }

  #onState(word) {
    if (!word.sectionKey || this.key !== null) return;
    const at = Date.now();
    this.key = { at, afterStart: at - word.startsAt };
    if (this.#onKey) this.#onKey();
  }

  /** Acknowledged answers that are no longer the latest of their question, nor followed by a later one. */
  #missingIn(answers) {
    const held = new Map(answers.map((answer) => [answer.slot, answer.seq]));
    return this.given.slice(0, this.acknowledged).filter(({ slot, seq }) => (held.get(slot) || 0) < seq)
      .length;
  }

  #get(path, responseType) {
    const [name] = path.split('/');
    return http.asyncRequest('GET', `${BASE}/api/v1/candidate/${path}`, null, {
      jar: this.#jar,
      responseType,
      tags: { name },
    });
  }

  #post(path, body) {
    return http.asyncRequest('POST', `${BASE}/api/v1${path}`, JSON.stringify(body), {
      jar: this.#jar,
      headers: { 'Content-Type': 'application/json', 'x-niem': '1' },
      tags: { name: path },
    });
  }
}

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Anywhere between the two, for people who are not in step. */
export function between(from, to) {
  // oxlint-disable-next-line no-restricted-properties -- k6 has no other; nothing is drawn here
  return from + Math.random() * (to - from);
}

/** The part of a list that one of so many iterations plays; the first is 0. */
export function share(list, iterations, iteration) {
  return list.filter((_, index) => index % iterations === iteration);
}
