import type { Sitting } from './sittings.ts';

/** When each exam has to be looked at next: at its end, then at the earliest end of those who got more time. */
export interface Due {
  at(sitting: Sitting): number | null;
  /** Nobody's time is over before that. */
  notBefore(exam: string, at: number): void;
  /** The end of somebody has changed. */
  changed(exam: string): void;
}

export function createDue(): Due {
  const later = new Map<string, number>();
  return {
    at: ({ exam, endsAt }) => later.get(exam) ?? endsAt,
    notBefore: (exam, at) => void later.set(exam, at),
    changed: (exam) => void later.delete(exam),
  };
}

/** The earliest of these moments; null when there is none. */
export function earliest(moments: Iterable<number | null>): number | null {
  let first: number | null = null;
  for (const moment of moments) if (moment !== null && moment < (first ?? Infinity)) first = moment;
  return first;
}
