/** Where server time comes from: milliseconds since 1970, UTC. */
export interface Clock {
  now(): number;
}

/**
 * Server time: this moment at the call, and from then on the time that has really passed. Nobody who sets the clock of
 * the machine meanwhile makes an exam longer or shorter.
 *
 * @param start milliseconds since 1970, UTC
 */
export function createClock(start = Date.now()): Clock {
  const begun = performance.now();
  return { now: () => Math.floor(start + performance.now() - begun) };
}
