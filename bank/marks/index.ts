import { genericPercent } from './policies/generic-percent.ts';
import { generic } from './policies/generic.ts';
import { vnCv7991 } from './policies/vn-cv7991.ts';
import { vnThpt2025 } from './policies/vn-thpt-2025.ts';
import { vnTt22 } from './policies/vn-tt22.ts';
import type { MarkingPolicy } from './policy.ts';

/** Every marking policy an exam may name. */
export const MARKING_POLICIES: readonly MarkingPolicy[] = [
  vnThpt2025,
  vnCv7991,
  vnTt22,
  generic,
  genericPercent,
];

/** The policy of that name; null where there is none. */
export function markingPolicy(name: string): MarkingPolicy | null {
  return MARKING_POLICIES.find((policy) => policy.name === name) ?? null;
}

export {
  addFractions,
  between0And1,
  fraction,
  fractionText,
  multiplyFractions,
  parseFraction,
  type Fraction,
} from './fraction.ts';
export { formatMark, parseMark, type Hundredths } from '#bank/protocol';
export { countElectives, isAnswered, type Counted, type ElectiveRule } from './electives.ts';
export { lateWaitEnds, type MarkingPolicy } from './policy.ts';
export { markOf, type MarkedPoints, type PaperMark } from './paper-mark.ts';
export { roundExact, roundFraction, roundMark, ROUNDING_MODES, type RoundingMode } from './rounding.ts';
