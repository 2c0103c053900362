import type { Fraction } from '#bank/marks';
import type { PaperSlot } from './paper.ts';

/** Hundredths of a point in which certificates count scores: 1/100,000 of a point. */
const PER_HUNDREDTH = 1_000n;

/** What an item of that worth is called here. */
export function worthKey({ item, points }: Pick<PaperSlot, 'item' | 'points'>): string {
  return `${item} ${points}`;
}

/**
 * Adds up what guessing is expected to bring on a paper, in 1/100,000 of a point, exactly until the end: all are
 * brought to one denominator first, so that a paper takes whole numbers only.
 *
 * @param guessed hundredths of a point by `worthKey`
 */
export function guessSum(guessed: ReadonlyMap<string, Fraction>): (slots: readonly PaperSlot[]) => number {
  const whole = [...guessed.values()].reduce((all, { denominator }) => leastCommon(all, denominator), 1n);
  const counts = new Map(
    [...guessed].map(([key, { numerator, denominator }]) => [key, (numerator * whole) / denominator]),
  );
  return (slots) => {
    const sum = slots.reduce((all, slot) => all + (counts.get(worthKey(slot)) ?? 0n), 0n);
    return Number((2n * sum * PER_HUNDREDTH + whole) / (2n * whole));
  };
}

function leastCommon(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller];
  return (a / larger) * b;
}
