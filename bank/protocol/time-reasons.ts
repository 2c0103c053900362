/** Why a candidate gets more time; a code, because free text has no place in the ledger. */
export const TIME_REASONS = [
  'outage',
  'device-failed',
  'disturbance',
  'health',
  'accommodation',
  'late-start',
] as const;
export type TimeReason = (typeof TIME_REASONS)[number];
