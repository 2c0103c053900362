import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { EssayDigest, Response, Summary } from '#bank/protocol';
import { digestOf } from './chunks.ts';
import type { AnswerData } from './records.ts';

/** Bytes kept of each content hash: as many as two contents of one candidate can never share by chance. */
export const HASH_BYTES = 16;
/** What an answer sheet needs for an entry besides its response. */
const ENTRY_BYTES = 96;
/** What it needs for the summary of an essay that a later answer has replaced. */
const SUMMARY_BYTES = ENTRY_BYTES + 128;

/** An answer of a candidate, with what is made of it on its way to the record: each is made once at most. */
export class Answer implements AnswerData {
  readonly epoch: number;
  readonly seq: number;
  readonly slot: number;
  /** As it goes on the record: the summary of an essay whose chunks are there. */
  readonly response: Response | Summary;
  /** The response itself; undefined where only its summary is known. */
  readonly whole: Response | undefined;
  #json: string | null = null;
  #hash: string | null = null;
  #digest: EssayDigest | null = null;

  /** @param whole what a summary stands for, where it is known */
  constructor(
    epoch: number,
    seq: number,
    slot: number,
    response: Response | Summary,
    whole: Response | undefined = isSummary(response) ? undefined : response,
  ) {
    this.epoch = epoch;
    this.seq = seq;
    this.slot = slot;
    this.response = response;
    this.whole = whole;
  }

  static of(data: AnswerData): Answer {
    return data instanceof Answer ? data : new Answer(data.epoch, data.seq, data.slot, data.response);
  }

  /** The response as JSON, the same however its sender ordered it: only answers in pairs leave that open. */
  get json(): string {
    const response = this.whole === undefined ? this.response : this.whole;
    const isOrdered = response === null || !('t' in response || 'p' in response || 'g' in response);
    return (this.#json ??= isOrdered ? JSON.stringify(response) : (canonicalize(response) ?? ''));
  }

  /** Bytes and hash of an essay; null for any other response. */
  get digest(): EssayDigest | null {
    if (!isEssay(this.response)) return null;
    return (this.#digest ??= isSummary(this.response) ? this.response.k : digestOf(this.response));
  }

  /** The first bytes of a SHA-256 as Latin-1 characters: the same for the same content, in chunks or in one piece. */
  get hash(): string {
    const text = () => (this.digest ? `#${this.digest.hash}` : this.json);
    const content = () => hash('sha256', `${this.epoch}.${this.slot}.${text()}`, 'binary');
    return (this.#hash ??= content().slice(0, HASH_BYTES));
  }

  /** What it takes up in an answer sheet with all that was answered, at most. */
  get sheetBytes(): number {
    return ENTRY_BYTES + (this.digest?.bytes ?? Buffer.byteLength(this.json));
  }

  /** What it takes up there once a later answer has replaced it. */
  get replacedBytes(): number {
    return this.digest ? SUMMARY_BYTES : this.sheetBytes;
  }

  /** Its data on the record, as JSON. */
  get record(): string {
    const json = isSummary(this.response) ? JSON.stringify(this.response) : this.json;
    return `{"epoch":${this.epoch},"seq":${this.seq},"slot":${this.slot},"response":${json}}`;
  }
}

export function isSummary(response: Response | Summary): response is Summary {
  return response !== null && 'k' in response;
}

/** Whether it is an essay, or stands for one. */
export function isEssay(response: Response | Summary): boolean {
  return response !== null && ('e' in response || 'k' in response);
}
