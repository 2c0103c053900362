import { DomainError } from '#bank/protocol';
import { dealFrom, type DealtCards } from './deal-cards.ts';
import type { DrawPlan } from './plan.ts';
import { formsSeed } from './seeds.ts';
import { traitsOf } from './traits.ts';

/** Searches before an overlap is called out of reach. */
const SEARCHES = 16;

export interface Forms extends DealtCards {
  /** Searches that were thrown away for too much overlap; stands in the seed. */
  search: number;
  /** Most questions that two forms have in common. */
  overlap: number;
}

/**
 * Parallel forms: papers that many candidates share, each item used equally often over the forms, give or take one,
 * with nearly the same expected score, time and information. Forms are dealt and exchanged as papers are.
 *
 * @param overlap questions that two forms may have in common
 * @throws DomainError `blueprint-too-tight` when enemies cannot be kept apart, `forms-overlap` with the least overlap
 * that was found
 */
export function parallelForms(
  plan: DrawPlan,
  seed: Uint8Array,
  exam: string,
  { forms, overlap }: { forms: number; overlap: number },
): Forms {
  const traits = traitsOf(plan, true);
  let least = Infinity;
  for (let search = 0; search < SEARCHES; search++) {
    const dealt = dealFrom(plan, traits, forms, formsSeed(seed, exam, search));
    const found = largestOverlap(dealt.cards, traits.columns.length);
    if (found <= overlap) return { ...dealt, search, overlap: found };
    least = Math.min(least, found);
  }
  throw new DomainError('forms-overlap', 409, { wanted: overlap, least });
}

function largestOverlap(cards: Int32Array, width: number): number {
  const rows = Array.from(
    { length: cards.length / width },
    (_, form) => new Set(cards.subarray(form * width, (form + 1) * width)),
  );
  let most = 0;
  rows.forEach((row, at) => {
    for (const other of rows.slice(at + 1)) {
      let common = 0;
      for (const item of row) if (other.has(item)) common++;
      most = Math.max(most, common);
    }
  });
  return most;
}
