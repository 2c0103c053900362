import { hash } from 'node:crypto';
import {
  DomainError,
  LIMITS,
  type Chunk,
  type IncompleteEntry,
  type EssayDigest,
  type Response,
} from '#bank/protocol';

/** What an answer has of its chunks so far. */
interface Upload {
  of: Omit<Chunk, 'index' | 'text'>;
  /** By index; what has not come is missing. */
  texts: Map<number, string>;
  /** When the last of them came. */
  at: number;
}

/** What the record says of a chunk. */
type Standing = 'new' | 'same' | 'other';

/**
 * The chunks of answers that are on the record without their answer. Of one attempt there are few at a time, and what
 * they hold together is bounded; a device that loses the attempt takes its own with it, and sends them again if it
 * still has them.
 */
export class Chunks {
  /** By epoch and `seq`; hardly any attempt has some. */
  #uploads: Map<string, Upload> | null = null;
  #written = 0;

  /** Bytes of all chunks that went on the record, whatever became of them. */
  get written(): number {
    return this.#written;
  }

  standing(chunk: Chunk): Standing {
    const upload = this.#uploads?.get(keyOf(chunk));
    if (!upload) return 'new';
    if (!isOf(upload, chunk)) return 'other';
    return upload.texts.get(chunk.index) === chunk.text ? 'same' : 'new';
  }

  /** @throws DomainError `chunks-too-many` when the attempt has too much that is incomplete */
  requireRoom(chunk: Chunk): void {
    const uploads = [...(this.#uploads?.values() ?? [])];
    const isBegun = this.#uploads?.has(keyOf(chunk)) ?? false;
    const bytes = uploads.reduce((sum, upload) => sum + heldBy(upload), Buffer.byteLength(chunk.text));
    if ((isBegun || uploads.length < LIMITS.incompleteAnswers) && bytes <= LIMITS.incompleteBytes) return;
    throw new DomainError('chunks-too-many', 409);
  }

  /** Takes in a chunk that is on the record; a text for the same place replaces the one before. */
  add(chunk: Chunk, at: number): void {
    const { index, text, ...of } = chunk;
    this.#uploads ??= new Map();
    const known = this.#uploads.get(keyOf(chunk));
    const upload = known && isOf(known, chunk) ? known : { of, texts: new Map<number, string>(), at };
    upload.texts.set(index, text);
    upload.at = at;
    this.#uploads.set(keyOf(chunk), upload);
    this.#written += Buffer.byteLength(text);
  }

  /** What is here of an answer, by index. */
  of(key: AnswerKey): Chunk[] {
    const upload = this.#uploads?.get(keyOf(key));
    return [...(upload?.texts ?? [])].map(([index, text]) => ({ ...(upload as Upload).of, index, text }));
  }

  /** Answers that have no end yet, by epoch and `seq`. */
  incomplete(): IncompleteEntry[] {
    const entries = [...(this.#uploads?.values() ?? [])].map(({ of, texts, at }) => {
      const { slot, seq, epoch, count } = of;
      return { slot, seq, epoch, received: texts.size, count, at };
    });
    return entries.sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
  }

  /**
   * The response that the chunks of an answer make together.
   *
   * @throws DomainError `chunks-missing`; `chunks-do-not-fit` when it is not what the digest says
   */
  whole(key: AnswerKey, digest: EssayDigest): Response {
    const upload = this.#uploads?.get(keyOf(key));
    const { seq } = key;
    const received = upload?.texts.size ?? 0;
    if (!upload || received < digest.count)
      throw new DomainError('chunks-missing', 409, { seq, received, count: digest.count });
    let text = '';
    for (let index = 0; index < digest.count; index++) text += upload.texts.get(index) ?? '';
    const response = { e: text };
    const { bytes, hash } = digestOf(response);
    if (hash === digest.hash && bytes === digest.bytes && !/\p{Surrogate}/u.test(text)) return response;
    this.forget(key);
    throw new DomainError('chunks-do-not-fit', 409, { seq });
  }

  /** The answer is on the record, or its chunks are of no use. */
  forget(key: AnswerKey): void {
    this.#uploads?.delete(keyOf(key));
  }

  /** Another device has the attempt. */
  forgetBefore(epoch: number): void {
    for (const [key, upload] of this.#uploads ?? []) if (upload.of.epoch < epoch) this.#uploads?.delete(key);
  }
}

export interface AnswerKey {
  epoch: number;
  seq: number;
}

/** What names a response in one piece. */
export function digestOf(response: Response): EssayDigest {
  const json = JSON.stringify(response);
  return { count: 1, bytes: Buffer.byteLength(json), hash: hash('sha256', json, 'base64url') };
}

function isOf({ of }: Upload, { slot, count, bytes, hash }: Chunk): boolean {
  return of.slot === slot && of.count === count && of.bytes === bytes && of.hash === hash;
}

function heldBy({ texts }: Upload): number {
  let bytes = 0;
  for (const text of texts.values()) bytes += Buffer.byteLength(text);
  return bytes;
}

function keyOf({ epoch, seq }: AnswerKey): string {
  return `${epoch}.${seq}`;
}
