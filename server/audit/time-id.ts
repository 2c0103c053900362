import { randomBytes } from 'node:crypto';

/**
 * Ids that rise in the order they were made within one process, and by the millisecond between processes:
 * 12 hex digits of milliseconds since 1970, 6 of a counter, 14 random. A clock that is set back does not turn the
 * order round.
 */
export function timeIds(now: () => number): () => string {
  let last = 0;
  let count = 0;
  return () => {
    const time = Math.max(last, Math.floor(now()));
    count = time === last ? count + 1 : 0;
    last = time;
    return hex(time, 12) + hex(count, 6) + randomBytes(7).toString('hex');
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
