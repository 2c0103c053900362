const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;

/** Half to all of a doubling pause, in ms, so that a room does not come back in one moment. */
export function pauseLength(tries: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries) * (0.5 + random / 0x1_ffff);
}

/** Waits before the next try; `tries` have failed in a row. */
export function pause(tries: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseLength(tries)));
}
