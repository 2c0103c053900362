import type { Sitting } from './sittings.ts';

/**
 * When each exam has to be looked at next: at its end, then at the earliest end of those who got more time; with sections
 * at once, then whenever one ends.
 */
export interface Due {
  at(sitting: Sitting): number | null;
  /** Nobody's time is over before that. */
  notBefore(exam: string, at: number): void;
  /** Something ends then. */
  expect(sitting: Sitting, at: number): void;
  /** The end of somebody has changed. */
  changed(exam: string): void;
}

export function createDue(): Due {
  const later = new Map<string, number>();
  const at = ({ exam, startsAt, endsAt, sections }: Sitting) =>
    later.get(exam) ?? (sections ? startsAt : endsAt);
  return {
    at,
    notBefore: (exam, at) => void later.set(exam, at),
    expect: (sitting, moment) => void later.set(sitting.exam, Math.min(at(sitting) ?? moment, moment)),
    changed: (exam) => void later.delete(exam),
  };
}

/** The earliest of these moments; null when there is none. */
export function earliest(moments: Iterable<number | null>): number | null {
  let first: number | null = null;
  for (const moment of moments) if (moment !== null && moment < (first ?? Infinity)) first = moment;
  return first;
}
