import type { Response } from '#bank/protocol';
import type { Answer } from './answer.ts';

export interface LatestAnswer {
  slot: number;
  seq: number;
  response: Response;
  /** Server time at which it arrived, milliseconds since 1970, UTC. */
  at: number;
}

const SLOT_BYTES = 8 + 3 * 4;
const FIRST_SLOTS = 48;
const FIRST_TEXT_BYTES = 512;
/** What a cleared answer is as JSON. */
const CLEARED = 'null';

/** What every attempt begins with; buffers of their own come with the first answer. */
const NO_TIMES = new Float64Array(0);
const NO_ROWS = new Uint32Array(0);
const NO_TEXT = Buffer.alloc(0);

/**
 * The latest answer of each slot in two buffers outside the heap: of a whole country's candidates not one answer is
 * an object that the garbage collector has to visit. A table holds time, seq, place and length for each slot, a
 * text buffer the responses as JSON; a cleared answer has length 0.
 */
export class LatestAnswers {
  #slots = 0;
  #at = NO_TIMES;
  /** Three per slot: seq (0: never answered), place in the text, length there. */
  #table = NO_ROWS;
  #text = NO_TEXT;
  #end = 0;

  /** Takes the answer in, `json` being its response, unless the slot has a later one. */
  put({ slot, seq, json }: Pick<Answer, 'slot' | 'seq' | 'json'>, at: number): void {
    this.#makeSlots(slot + 1);
    const row = slot * 3;
    if (seq <= (this.#table[row] ?? 0)) return;
    const length = json === CLEARED ? 0 : Buffer.byteLength(json);
    if (this.#end + length > this.#text.length) this.#compact(length, slot);
    if (length > 0) this.#text.write(json, this.#end);
    this.#at[slot] = at;
    this.#table[row] = seq;
    this.#table[row + 1] = this.#end;
    this.#table[row + 2] = length;
    this.#end += length;
  }

  /** The `seq` of the latest answer of a slot; 0 when there is none. */
  seqOf(slot: number): number {
    return this.#table[slot * 3] ?? 0;
  }

  response(slot: number): Response {
    const [, place = 0, length = 0] = this.#table.subarray(slot * 3, slot * 3 + 3);
    if (length === 0) return null;
    return JSON.parse(this.#text.toString('utf8', place, place + length)) as Response;
  }

  *[Symbol.iterator](): Generator<LatestAnswer> {
    for (let slot = 0; slot < this.#slots; slot++) {
      const seq = this.#table[slot * 3] ?? 0;
      if (seq > 0) yield { slot, seq, response: this.response(slot), at: this.#at[slot] ?? 0 };
    }
  }

  /** How many of the first slots have an answer that was not cleared, and the time of the newest of all; null when there is none. */
  summary(slots: number): { answered: number; lastAt: number | null } {
    let [answered, lastAt] = [0, 0];
    for (let slot = 0; slot < this.#slots; slot++) {
      if (slot < slots && this.#table[slot * 3 + 2]) answered++;
      lastAt = Math.max(lastAt, this.#at[slot] ?? 0);
    }
    return { answered, lastAt: lastAt || null };
  }

  #makeSlots(wanted: number): void {
    if (wanted <= this.#slots) return;
    this.#slots = Math.max(wanted, this.#slots * 2, FIRST_SLOTS);
    const buffer = new ArrayBuffer(this.#slots * SLOT_BYTES);
    const at = new Float64Array(buffer, 0, this.#slots);
    const table = new Uint32Array(buffer, this.#slots * 8);
    at.set(this.#at);
    table.set(this.#table);
    this.#at = at;
    this.#table = table;
  }

  /** Makes room for more; what the slot had before is forgotten. */
  #compact(more: number, without: number): void {
    let live = more;
    for (let slot = 0; slot < this.#slots; slot++) live += this.#table[slot * 3 + 2] ?? 0;
    const text = Buffer.alloc(Math.max(live * 2, FIRST_TEXT_BYTES));
    let end = 0;
    for (let slot = 0; slot < this.#slots; slot++) {
      if (slot === without) continue;
      const [, place = 0, length = 0] = this.#table.subarray(slot * 3, slot * 3 + 3);
      text.set(this.#text.subarray(place, place + length), end);
      this.#table[slot * 3 + 1] = end;
      end += length;
    }
    this.#text = text;
    this.#end = end;
  }
}
