/** Why a proctor ends an attempt; a code, because free text has no place in the ledger. */
export const END_REASONS = ['rule-breach', 'wrong-person', 'health', 'withdrawn'] as const;
export type EndReason = (typeof END_REASONS)[number];
