import { HASH_BYTES, type Answer } from './answer.ts';
import { LatestAnswers } from './latest-answers.ts';

const FIRST_HASHES = 64;
const NO_HASHES = Buffer.alloc(0);
const NO_HASH = '\0'.repeat(HASH_BYTES);

/** What the record says of an answer's key (epoch, seq). */
type Standing =
  /** Not on the record. */
  | 'new'
  /** Recorded with the same content. */
  | 'same'
  /** Held as late with the same content. */
  | 'held'
  /** The key stands for other content. */
  | 'other';

interface EpochRange {
  epoch: number;
  /** First `seq` of the epoch. */
  from: number;
  /** Highest contiguous `seq` when the epoch ended; the running epoch has none yet. */
  watermark: number | null;
}

/**
 * The answers of one attempt: which (epoch, seq) are on the record and with what content, the latest answer of each
 * slot, and how far the record is without a gap. Content hashes lie in one growing buffer, 16 bytes per `seq`.
 */
export class AnswerBook {
  readonly latest = new LatestAnswers();
  #hashes = NO_HASHES;
  #highest = 0;
  #watermark = 0;
  #epochs: EpochRange[] = [];
  /** Content by key of what is held; hardly any attempt has such answers. */
  #late: Map<string, string> | null = null;
  #bytes = 0;
  #essayBytes = 0;
  /** What the essay that is the latest answer of a slot takes up. */
  #essays: Map<number, { full: number; replaced: number }> | null = null;

  /** Every `seq` up to here is recorded or voided. */
  get watermark(): number {
    return this.#watermark;
  }

  get heldCount(): number {
    return this.#late?.size ?? 0;
  }

  /** What all of this takes up in an answer sheet, at most. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes of all essays, each change counted whole: what the journal holds besides. */
  get essayBytes(): number {
    return this.#essayBytes;
  }

  /** First `seq` that a new device may use. */
  get nextSeq(): number {
    return this.#highest + 1;
  }

  /** Numbers below the highest that were never received. */
  gaps(): [number, number][] {
    const gaps: [number, number][] = [];
    for (let seq = this.#watermark + 1; seq <= this.#highest; seq++) {
      const last = gaps.at(-1);
      if (this.#has(seq)) continue;
      if (last && last[1] === seq - 1) last[1] = seq;
      else gaps.push([seq, seq]);
    }
    return gaps;
  }

  standing(answer: Answer): Standing {
    const held = this.#late?.get(keyOf(answer));
    if (held !== undefined) return answer.hash === held ? 'held' : 'other';
    const place = this.#epochs.findIndex(({ epoch }) => epoch === answer.epoch);
    const [range, next] = [this.#epochs[place], this.#epochs[place + 1]];
    if (!range || answer.seq < range.from) return 'other';
    if (answer.seq >= (next?.from ?? Infinity) || !this.#has(answer.seq)) return 'new';
    return answer.hash === this.#hashOf(answer.seq) ? 'same' : 'other';
  }

  /** How far the record of this epoch is without a gap: what its device may be told. */
  watermarkOf(epoch: number): number {
    if (this.#epochs.at(-1)?.epoch === epoch) return this.#watermark;
    return this.#epochs.find((range) => range.epoch === epoch)?.watermark ?? this.#watermark;
  }

  record(answer: Answer, at: number): void {
    this.#put(answer.seq, answer.hash);
    this.#bytes += this.#growthBy(answer);
    this.#essayBytes += answer.digest?.bytes ?? 0;
    this.latest.put(answer, at);
  }

  /** `isPassed`: its number leaves no gap, because the device goes on in the same epoch. */
  hold(answer: Answer, isPassed = false): void {
    this.#late ??= new Map();
    this.#late.set(keyOf(answer), answer.hash);
    if (isPassed) this.#put(answer.seq, answer.hash);
    this.#bytes += answer.sheetBytes;
    this.#essayBytes += answer.digest?.bytes ?? 0;
  }

  /** A new device begins; what is missing below its first `seq` will never come. */
  beginEpoch(epoch: number): void {
    const running = this.#epochs.at(-1);
    if (running) running.watermark = this.#watermark;
    this.#watermark = this.#highest;
    this.#epochs.push({ epoch, from: this.nextSeq, watermark: null });
  }

  /** Of essays a sheet has only the latest of a slot with its text. */
  #growthBy(answer: Answer): number {
    const { slot, seq, sheetBytes, replacedBytes } = answer;
    const isLatest = seq > this.latest.seqOf(slot);
    if (!isLatest) return replacedBytes;
    const before = this.#essays?.get(slot);
    if (answer.digest) (this.#essays ??= new Map()).set(slot, { full: sheetBytes, replaced: replacedBytes });
    else this.#essays?.delete(slot);
    return sheetBytes - (before ? before.full - before.replaced : 0);
  }

  #has(seq: number): boolean {
    return seq <= this.#highest && this.#hashOf(seq) !== NO_HASH;
  }

  #hashOf(seq: number): string {
    const start = seq * HASH_BYTES;
    return this.#hashes.toString('latin1', start, start + HASH_BYTES);
  }

  #put(seq: number, content: string): void {
    const end = (seq + 1) * HASH_BYTES;
    if (end > this.#hashes.length) {
      const grown = Buffer.alloc(Math.max(end, this.#hashes.length * 2, FIRST_HASHES * HASH_BYTES));
      grown.set(this.#hashes);
      this.#hashes = grown;
    }
    this.#hashes.write(content, seq * HASH_BYTES, HASH_BYTES, 'latin1');
    this.#highest = Math.max(this.#highest, seq);
    while (this.#has(this.#watermark + 1)) this.#watermark++;
  }
}

function keyOf({ epoch, seq }: Answer): string {
  return `${epoch}.${seq}`;
}
