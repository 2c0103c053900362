import { chosenFrom, dealFrom, questionColumns } from './deal-cards.ts';
import { layOut, selectOnce } from './draw.ts';
import { insideOf } from './inside.ts';
import type { Paper } from './paper.ts';
import type { DrawPlan } from './plan.ts';
import { mendingSeed, paperSeed, paperStream } from './seeds.ts';
import { traitsOf } from './traits.ts';
import { settlePassages } from './units.ts';

/** Selections that may lie outside the bands before one is mended. */
const TRIES = 2_000;

export interface BandedPaper {
  paper: Paper;
  /** Whether single questions were exchanged, which makes some papers likelier than others; else all are alike. */
  mended: boolean;
}

/**
 * Draws papers one by one near the mean of the bank, inside the targets if there are any, for candidates whom nobody knew before the papers were dealt:
 * whole selections outside the bands are thrown away, so that those inside remain equally likely.
 *
 * @returns the paper of an attempt, the same whoever else sits the exam
 * @throws DomainError `blueprint-too-tight` when enemies cannot be kept apart; `target-facility-unmet`,
 * `target-seconds-unmet` when no paper was found that keeps the targets
 */
export function createBandedDraw(unsettled: DrawPlan, seed: Uint8Array, exam: string) {
  const plan = settlePassages(unsettled, seed, exam);
  const traits = traitsOf(plan);
  const isInside = insideOf(plan, traits);
  return (attempt: string, redraw = 0): BandedPaper => {
    const secret = paperSeed(seed, exam, attempt, redraw);
    const rng = paperStream(secret, 'selection');
    for (let round = 0; round < TRIES; round++) {
      const chosen = selectOnce(plan, rng);
      if (chosen && isInside(chosen)) return { paper: layOut(plan, chosen, secret), mended: false };
    }
    const { cards } = dealFrom(plan, traits, 1, mendingSeed(secret));
    return { paper: layOut(plan, chosenFrom(questionColumns(plan), cards, 0), secret), mended: true };
  };
}
