import { generic } from './policies/generic.ts';
import { vnThpt2025 } from './policies/vn-thpt-2025.ts';
import type { MarkingPolicy } from './policy.ts';

/** Every marking policy an exam may name. */
export const MARKING_POLICIES: readonly MarkingPolicy[] = [vnThpt2025, generic];

/** The policy of that name; null where there is none. */
export function markingPolicy(name: string): MarkingPolicy | null {
  return MARKING_POLICIES.find((policy) => policy.name === name) ?? null;
}

export { formatMark, parseMark, type Hundredths } from '#bank/protocol';
export { lateWaitEnds, type MarkingPolicy } from './policy.ts';
export { roundFraction, roundMark, ROUNDING_MODES, type RoundingMode } from './rounding.ts';
