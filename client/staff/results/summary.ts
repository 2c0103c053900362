import type { ResultRow } from '#bank/protocol';

interface ResultSummary {
  graded: number;
  absent: number;
  /** Hundredths; null where nobody sat the exam. */
  average: number | null;
  highest: number | null;
  lowest: number | null;
}

/** The figures above a table of marks; the average is rounded half up to a hundredth, for reading only. */
export function summarise(rows: readonly ResultRow[]): ResultSummary {
  const marks = rows.flatMap((row) => (row.marks ? [row.marks.rounded] : []));
  const graded = marks.length;
  const absent = rows.length - graded;
  if (graded === 0) return { graded, absent, average: null, highest: null, lowest: null };
  const sum = marks.reduce((total, mark) => total + mark, 0);
  return {
    graded,
    absent,
    average: Math.floor((sum * 2 + graded) / (graded * 2)),
    highest: marks.reduce((a, b) => Math.max(a, b)),
    lowest: marks.reduce((a, b) => Math.min(a, b)),
  };
}
