import type { MatrixSums } from './matrix-sums.ts';

/** How far the points of a row may be from its teaching periods, in thousandths of the whole: five points. */
const TOLERANCE = 50;

export interface PeriodShare {
  topic: string;
  /** Thousandths of all periods, and of all points in rows with periods, rounded. */
  periods: number;
  points: number;
  isFar: boolean;
}

/** Points of each row beside its teaching periods; empty where no row names them. */
export function periodShares({ rows }: MatrixSums): PeriodShare[] {
  const taught = rows.filter(({ row }) => row.periods !== undefined);
  const periods = taught.reduce((sum, { row }) => sum + (row.periods ?? 0), 0);
  const points = taught.reduce((sum, { quarters }) => sum + quarters, 0);
  return taught.map(({ row, quarters }) => {
    const [ofPeriods, ofPoints] = [(row.periods ?? 0) * points, quarters * periods];
    const whole = periods * points;
    return {
      topic: row.topic,
      periods: Math.round((ofPeriods * 1000) / whole),
      points: Math.round((ofPoints * 1000) / whole),
      isFar: Math.abs(ofPoints - ofPeriods) * 1000 > TOLERANCE * whole,
    };
  });
}
