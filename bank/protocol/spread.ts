/** Pages that may come back in a second; the server takes several times as many. */
const PAGES_PER_SECOND = 2_000;
const LONGEST_MS = 10_000;

/**
 * Over how many milliseconds the pages of an exam spread themselves when all of them wait for it and come back at once,
 * as after a restart of the server.
 */
export function spreadOf(seats: number): number {
  return Math.min(LONGEST_MS, Math.ceil((seats / PAGES_PER_SECOND) * 1000));
}
