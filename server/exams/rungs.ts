import { algorithmFor, type DrawPlan } from '#bank/assembly';
import {
  DEAL_ALGORITHM,
  DomainError,
  DRAW_ALGORITHM,
  FORMS_ALGORITHM,
  SOLVED_ALGORITHM,
  type FormsSetting,
  type PaperAlgorithm,
} from '#bank/protocol';

/** Ways to the papers of an exam, the first to be tried before the others. */
export type Rungs = readonly [PaperAlgorithm, ...PaperAlgorithm[]];

/**
 * Forms are searched for where no question fits two groups of cells, and solved for where it does, or where the search
 * gives up. Papers of everybody's own are dealt, or else drawn; those that stay outside the targets when they are dealt
 * are drawn too.
 */
export function rungsFor(plan: DrawPlan, forms: FormsSetting | undefined): Rungs {
  if (forms) return plan.overlapping ? [SOLVED_ALGORITHM] : [FORMS_ALGORITHM, SOLVED_ALGORITHM];
  const algorithm = algorithmFor(plan);
  return plan.targets && algorithm === DEAL_ALGORITHM ? [algorithm, DRAW_ALGORITHM] : [algorithm];
}

/** Refusals that say what a search did not find, and not that there is none. */
const GIVEN_UP = new Set<string>([
  'blueprint-too-tight',
  'forms-overlap',
  'target-facility-unmet',
  'target-seconds-unmet',
]);

export function isGivenUp(error: unknown): boolean {
  return error instanceof DomainError && GIVEN_UP.has(error.code);
}
