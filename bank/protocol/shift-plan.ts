/** What shifts (ca thi) are planned from. */
export interface ShiftNeeds {
  candidates: number;
  computers: number;
  /** Per cent of the computers that stand by for a broken one. */
  sparePercent: number;
  /** Minutes of the exam, and between two shifts: leaving, checking in, signing in. */
  minutes: number;
  turnover: number;
  /** Minutes of a morning or an afternoon. */
  halfDay: number;
}

export interface ShiftPlan {
  /** Computers that candidates sit at; the others are spare. */
  seats: number;
  shifts: number;
  /** Minutes of all shifts one after the other, each with the time until the next may begin. */
  minutes: number;
  /** Shifts of each half-day. */
  halfDays: number[];
}

/** Computers of a place where so many pupils share one; a computer that is not whole is none. */
export function computersFor(pupils: number, perComputer: number): number {
  return Math.floor(pupils / perComputer);
}

/** How many shifts an exam takes; null where no computer is left, or where no shift fits into half a day. */
export function planShifts(needs: ShiftNeeds): ShiftPlan | null {
  const { candidates, computers, sparePercent, minutes, turnover, halfDay } = needs;
  const seats = Math.floor((computers * (100 - sparePercent)) / 100);
  const each = minutes + turnover;
  const perHalfDay = Math.floor(halfDay / each);
  if (seats < 1 || perHalfDay < 1) return null;
  const shifts = Math.ceil(candidates / seats);
  const halfDays = Array.from({ length: Math.ceil(shifts / perHalfDay) }, (_, index) =>
    Math.min(perHalfDay, shifts - index * perHalfDay),
  );
  return { seats, shifts, minutes: shifts * each, halfDays };
}
