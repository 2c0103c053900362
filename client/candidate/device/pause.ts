const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;

/** From 0 to 1. */
function chance(): number {
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  return random / 0xffff;
}

/** Half to all of a doubling pause, in ms, so that a room does not come back in one moment. */
export function pauseLength(tries: number): number {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries) * (0.5 + chance() / 2);
}

/**
 * What a page that waits for its exam pauses besides, so that thousands of them come back over `most` milliseconds;
 * undefined in a seat that an earlier build has kept.
 */
export function spreadLength({ phase }: { phase: string }, most: number | undefined): number {
  return phase === 'waiting' ? (most ?? 0) * chance() : 0;
}

/** Waits before the next try; `tries` have failed in a row. */
export function pause(tries: number, spread = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseLength(tries) + spread));
}
