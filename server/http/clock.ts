/** Where server time comes from: milliseconds since 1970, UTC. */
export interface Clock {
  now(): number;
}

/**
 * Server time: the clock of the machine as it stood at this call, or `notBefore` where that is later, and from then on
 * the time that has really passed. Nobody who sets the clock of the machine meanwhile makes an exam longer or shorter.
 *
 * @param notBefore a time that the server has told before; milliseconds since 1970, UTC
 */
export function createClock(notBefore = 0): Clock {
  const start = Math.max(Date.now(), notBefore);
  const begun = performance.now();
  return { now: () => Math.floor(start + performance.now() - begun) };
}
