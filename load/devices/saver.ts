import type { JoinReply, SaveReply, SubmitReply } from '#bank/protocol';
import { admit, type Admitted } from './admission.ts';
import { answerOf, saveBody, SLOTS } from './answers.ts';
import type { Seat } from './device.ts';
import type { Target } from './web-socket.ts';

const KNOCK_AGAIN_MS = 50;
/** Entries of one message when everything is sent once more. */
const LOT = 50;

/**
 * A candidate who saves without pause, across the deaths of the server, and keeps a ledger of what was acknowledged.
 * Answers follow from their numbers, so the ledger is one number.
 */
export class Saver {
  readonly #seat: Seat;
  readonly #target: () => Target;
  #admitted: Admitted | null = null;
  #hasLeft = false;
  #last = 0;
  /** Called with every acknowledgement. */
  onAcknowledged: () => void = () => undefined;
  /** Everything up to this number was acknowledged. */
  acknowledged = 0;
  /** Acknowledged answers that the server did not know any more when the device came back. */
  forgotten = 0;

  constructor(seat: Seat, target: () => Target) {
    this.#seat = seat;
    this.#target = target;
  }

  /** Answers that were sent and not acknowledged. */
  get inFlight(): number {
    return this.#last - this.acknowledged;
  }

  /** Connects, and again whenever the line ends, until it leaves. */
  async run(): Promise<void> {
    while (!this.#hasLeft) {
      const closed = await this.#connect().catch(() => null);
      if (closed) await closed;
      else await new Promise((resolve) => setTimeout(resolve, KNOCK_AGAIN_MS));
      this.#admitted = null;
    }
  }

  leave(): void {
    this.#hasLeft = true;
    this.#admitted?.line.end();
  }

  /** Resolves once connected, with a promise of the end of the line. */
  async #connect(): Promise<Promise<void>> {
    let onClosed: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (onClosed = resolve));
    const admitted = await admit(this.#target(), this.#seat, { pushed: () => undefined, closed: onClosed });
    this.#admitted = admitted;
    const { watermark } = admitted.joined;
    if (watermark < this.acknowledged) this.forgotten += this.acknowledged - watermark;
    this.acknowledged = watermark;
    this.#saveNext(admitted);
    return closed;
  }

  #saveNext(admitted: Admitted): void {
    const seq = this.acknowledged + 1;
    this.#last = Math.max(this.#last, seq);
    admitted.line.ask('save', saveBody(admitted.joined.epoch, seq), (text) => {
      const [reply] = JSON.parse(text) as [SaveReply];
      if (!reply.ok) throw new Error(`A save was refused: ${reply.code}`);
      this.acknowledged = reply.watermark;
      this.onAcknowledged();
      if (!this.#hasLeft) this.#saveNext(admitted);
    });
  }
}

/**
 * Looks once more at everything that was acknowledged, and gives how much of it is not there: the latest answer of each
 * question first, then, once the attempt is handed in and nothing new is taken, every single one.
 */
export async function countLost(target: Target, seat: Seat, acknowledged: number): Promise<number> {
  const { line, joined } = await admit(target, seat, { pushed: () => undefined, closed: () => undefined });
  const ask = <T>(event: string, body: string) =>
    new Promise<T>((resolve) => line.ask(event, body, (text) => resolve((JSON.parse(text) as [T])[0])));
  let lost = Math.max(0, acknowledged - joined.watermark) + latestWrong(joined, acknowledged);
  const { epoch } = joined;
  const submitted = await ask<SubmitReply>('submit', JSON.stringify({ epoch, lastSeq: joined.nextSeq - 1 }));
  if (!submitted.ok) throw new Error(`A submission was refused: ${submitted.code}`);
  for (let from = 1; from <= acknowledged; from += LOT) {
    const seqs = Array.from({ length: Math.min(LOT, acknowledged - from + 1) }, (_, i) => from + i);
    const entries = seqs.map((seq) => {
      const { slot, token } = answerOf(seq);
      return { seq, slot, response: { c: token } };
    });
    const reply = await ask<SaveReply>('save', JSON.stringify({ epoch, entries }));
    if (!reply.ok) lost += entries.length;
  }
  line.end();
  return lost;
}

function latestWrong({ answers, nextSeq }: Extract<JoinReply, { ok: true }>, acknowledged: number): number {
  const held = new Map(answers.map((answer) => [answer.slot, answer]));
  let wrong = 0;
  for (let seq = Math.max(1, acknowledged - SLOTS + 1); seq <= acknowledged; seq++) {
    const { slot } = answerOf(seq);
    const found = held.get(slot);
    const isRight =
      found !== undefined &&
      found.seq >= seq &&
      found.seq < nextSeq &&
      JSON.stringify(found.response) === JSON.stringify({ c: answerOf(found.seq).token });
    if (!isRight) wrong++;
  }
  return wrong;
}
