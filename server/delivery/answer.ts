import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Response } from '#bank/protocol';
import type { AnswerData } from './records.ts';

/** Bytes kept of each content hash: as many as two contents of one candidate can never share by chance. */
export const HASH_BYTES = 16;
/** What an answer sheet needs for an entry besides its response. */
const ENTRY_BYTES = 96;

/** An answer of a candidate, with what is made of it on its way to the record: each is made once at most. */
export class Answer implements AnswerData {
  readonly epoch: number;
  readonly seq: number;
  readonly slot: number;
  readonly response: Response;
  #json: string | null = null;
  #hash: string | null = null;

  constructor(epoch: number, seq: number, slot: number, response: Response) {
    this.epoch = epoch;
    this.seq = seq;
    this.slot = slot;
    this.response = response;
  }

  static of(data: AnswerData): Answer {
    return data instanceof Answer ? data : new Answer(data.epoch, data.seq, data.slot, data.response);
  }

  /** The response as JSON, the same however its sender ordered it: only answers in pairs leave that open. */
  get json(): string {
    const { response } = this;
    const isOrdered = response === null || !('t' in response || 'p' in response);
    return (this.#json ??= isOrdered ? JSON.stringify(response) : (canonicalize(response) ?? ''));
  }

  /** The first bytes of a SHA-256 as Latin-1 characters: the same for the same content. */
  get hash(): string {
    const content = () => hash('sha256', `${this.epoch}.${this.slot}.${this.json}`, 'binary');
    return (this.#hash ??= content().slice(0, HASH_BYTES));
  }

  /** What it takes up in an answer sheet, at most. */
  get sheetBytes(): number {
    return ENTRY_BYTES + Buffer.byteLength(this.json);
  }

  /** Its data on the record, as JSON. */
  get record(): string {
    return `{"epoch":${this.epoch},"seq":${this.seq},"slot":${this.slot},"response":${this.json}}`;
  }
}
