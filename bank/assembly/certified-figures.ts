import type { Constraint, ConstraintName, ExamCertificate } from '#bank/protocol';

/** Columns of the picture of the expected scores. */
const COLUMNS = 20;

export function spreadOf(values: readonly number[]): ExamCertificate['score'] {
  const sum = values.reduce((all, one) => all + one, 0);
  const [least, most] = values.reduce(([a, b], one) => [Math.min(a, one), Math.max(b, one)], [Infinity, 0]);
  return values.length === 0
    ? { least: 0, most: 0, mean: 0 }
    : { least, most, mean: Math.round(sum / values.length) };
}

export function histogramOf(values: readonly number[]): number[] {
  const { least, most } = spreadOf(values);
  const columns = Array.from({ length: COLUMNS }, () => 0);
  for (const value of values) {
    const at = most === least ? 0 : Math.floor(((value - least) * COLUMNS) / (most - least + 1));
    columns[at] = (columns[at] ?? 0) + 1;
  }
  return columns;
}

export function atMost(name: ConstraintName, limit: number, achieved: number): Constraint {
  return { name, limit, achieved, holds: achieved <= limit };
}

export function atLeast(name: ConstraintName, limit: number, achieved: number): Constraint {
  return { name, limit, achieved, holds: achieved >= limit };
}

export function exactly(name: ConstraintName, limit: number, achieved: number): Constraint {
  return { name, limit, achieved, holds: achieved === limit };
}
