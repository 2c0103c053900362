import { percentile, rounded } from './plan.ts';

const EVERY_MS = 2;

export interface Lag {
  p50: number;
  p99: number;
  most: number;
}

/**
 * How late the loop of this thread comes to what is due every 2 ms while the work goes on, in ms. A moment that passes
 * while the loop is held up counts with all that is left of the wait, so that one long turn weighs as much as it lasts.
 */
export async function lagDuring(work: () => Promise<unknown>): Promise<Lag> {
  const lags: number[] = [];
  let due = performance.now() + EVERY_MS;
  const look = (): void => {
    for (const now = performance.now(); due <= now; due += EVERY_MS) lags.push(now - due);
  };
  const timer = setInterval(look, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
    look();
  }
  const told = (share: number) => rounded(percentile(lags, share), 1);
  return { p50: told(0.5), p99: told(0.99), most: told(1) };
}
