import type { Joined, Refused, Response, Saved, StateWord } from '#bank/protocol';
import type { Link, LinkEvents } from '../../../client/candidate/device/link.ts';

type Asked = Parameters<Link['ask']>[0];
type Entries = { seq: number; slot: number; response: Response }[];

/** A line to a server that a test plays: it decides what arrives, what is answered, and when. */
export class FakeLine implements Link {
  events: LinkEvents | null = null;
  asked: { event: Asked; body: unknown; answer: (reply: unknown) => void; fail: () => void }[] = [];
  starts = 0;
  refreshes = 0;
  #waiting: (() => void)[] = [];

  make = (events: LinkEvents): Link => {
    this.events = events;
    return this;
  };

  ask<T>(event: Asked, body: unknown): Promise<T | Refused> {
    return new Promise((resolve, reject) => {
      const answer = (reply: unknown) => resolve(reply as T);
      this.asked.push({ event, body, answer, fail: () => reject(new Error('no answer')) });
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** The next question that the page asks the server; waits until it is asked. */
  async question() {
    while (this.asked.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const asked = this.asked.shift();
    if (!asked) throw new Error('nothing was asked');
    return asked;
  }

  /** The next save, answered as recorded. */
  async acknowledge(at = 1_000_500): Promise<Entries> {
    const { body, answer } = await this.question();
    const { entries } = body as { entries: Entries };
    answer({ ok: true, watermark: entries.at(-1)?.seq ?? 0, at } satisfies Saved);
    return entries;
  }

  join(reply: Partial<Joined> = {}): void {
    const joined: Joined = {
      ok: true,
      state: 'running',
      now: 1_000_000,
      endsAt: 4_600_000,
      epoch: 1,
      nextSeq: 1,
      watermark: 0,
      answers: [],
      ...reply,
    };
    this.events?.onJoined(joined, { now: joined.now, sentAt: 0, receivedAt: 0 });
  }

  say(word: Partial<StateWord>): void {
    this.events?.onWord({ state: 'running', now: 1_000_000, ...word });
  }

  refresh(): void {
    this.refreshes++;
  }
  wake(): void {}
  start(): void {
    this.starts++;
  }
  stop(): void {}
}
