import { fromBase64, toBase64 } from './base64.ts';
import { HASH_BYTES } from './tree.ts';

/** What a log promises with its signature: that its first `size` leaves have this root. */
export interface Checkpoint {
  /** Name of the log, the same as that of its signing key. */
  origin: string;
  size: number;
  root: Uint8Array;
}

/** Note text of a checkpoint without extension lines, C2SP tlog-checkpoint. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads the note text of a checkpoint; extension lines are allowed and left aside. Null when it is not one. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const lines = text.split('\n');
  const [origin, size, encoded] = lines;
  const root = fromBase64(encoded ?? '');
  const ends = lines.length >= 4 && lines.at(-1) === '' && lines.slice(0, -1).every((line) => line !== '');
  if (!ends || !origin || !/^(0|[1-9]\d{0,14})$/.test(size ?? '') || root?.length !== HASH_BYTES) return null;
  return { origin, size: Number(size), root };
}
