/** Why a candidate gets more time, or the clock stops; a code, because free text has no place in the ledger. */
export const TIME_REASONS = [
  'outage',
  'device-failed',
  'disturbance',
  'health',
  'accommodation',
  'late-start',
  'alarm',
  'break',
] as const;
export type TimeReason = (typeof TIME_REASONS)[number];
