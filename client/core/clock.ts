/**
 * What this page knows of the server's clock: `server = monotonic + offset`, give or take `error` milliseconds.
 * The device's own wall clock is not asked, because a candidate can set it: but for the guess of a page that was reloaded
 * and reaches no server, until it does. What counts for an answer is when the server gets it.
 */
export interface ServerClock {
  offset: number;
  error: number;
}

/** The server said `now` somewhere between `sentAt` and `receivedAt` of the monotonic clock (all in ms). */
export interface ClockSample {
  now: number;
  sentAt: number;
  receivedAt: number;
}

/**
 * Takes in a sample. The one with the smallest error is kept (as in NTP's minimum filter) until a newer one
 * contradicts it: then a clock was set or the device slept, and the newer one holds.
 */
export function observeClock(clock: ServerClock | null, sample: ClockSample): ServerClock {
  const error = (sample.receivedAt - sample.sentAt) / 2;
  const seen = { offset: sample.now - (sample.sentAt + sample.receivedAt) / 2, error };
  if (!clock) return seen;
  const contradicts = Math.abs(seen.offset - clock.offset) > seen.error + clock.error + 1;
  return contradicts || error < clock.error ? seen : clock;
}

/** The server's time in ms UTC at a moment of the monotonic clock. */
export function serverTime(clock: ServerClock, monotonic: number): number {
  return clock.offset + monotonic;
}
