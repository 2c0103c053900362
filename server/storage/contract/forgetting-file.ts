import { below, type Rng } from '#bank/assembly';

/** What a disk writes whole or not at all. */
export const SECTOR_BYTES = 512;

type Change = { at: number; bytes: Buffer } | { size: number };

/** A file as a computer sees it while the power is on, and what of that its disk has for good. */
export class ForgettingFile {
  #durable: Buffer = Buffer.alloc(0);
  #seen: Buffer = Buffer.alloc(0);
  /** What is in the cache only, in the order in which it came. */
  #cached: Change[] = [];

  get bytes(): Buffer {
    return this.#seen;
  }

  write(at: number, bytes: Buffer): void {
    this.#seen = written(this.#seen, at, bytes);
    this.#cached.push({ at, bytes });
  }

  resize(size: number): void {
    this.#seen = resized(this.#seen, size);
    this.#cached.push({ size });
  }

  /** Everything so far is on disk for good. */
  sync(): void {
    this.#durable = Buffer.from(this.#seen);
    this.#cached = [];
  }

  /** Just these bytes are: what was written elsewhere before stays in the cache. */
  writeThrough(at: number, bytes: Buffer): void {
    this.#seen = written(this.#seen, at, bytes);
    this.#durable = written(this.#durable, at, bytes);
    if (this.#cached.length > 0) this.#cached.push({ at, bytes });
  }

  /** The power goes: of what was in the cache any sectors may have reached the disk, in any order, or none or all. */
  forget(rng: Rng): void {
    const likelihood = below(rng, 3);
    const reached = () => likelihood === 2 || (likelihood === 1 && below(rng, 2) === 0);
    for (const change of this.#cached) {
      if ('size' in change) {
        if (reached()) this.#durable = resized(this.#durable, change.size);
        continue;
      }
      for (const piece of sectorsOf(change.at, change.bytes)) {
        if (reached()) this.#durable = written(this.#durable, piece.at, piece.bytes);
      }
    }
    this.#seen = Buffer.from(this.#durable);
    this.#cached = [];
  }
}

function written(file: Buffer, at: number, bytes: Buffer): Buffer {
  const whole = file.length >= at + bytes.length ? file : resized(file, at + bytes.length);
  bytes.copy(whole, at);
  return whole;
}

function resized(file: Buffer, size: number): Buffer {
  const other = Buffer.alloc(size);
  file.copy(other);
  return other;
}

function* sectorsOf(at: number, bytes: Buffer): Generator<{ at: number; bytes: Buffer }> {
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, from + SECTOR_BYTES - ((at + from) % SECTOR_BYTES));
    yield { at: at + from, bytes: bytes.subarray(from, to) };
    from = to;
  }
}
