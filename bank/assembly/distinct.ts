import { DomainError } from '#bank/protocol';
import { chosenFrom, questionColumns } from './deal-cards.ts';
import { drawPaper, layOut } from './draw.ts';
import { paperHash } from './hashes.ts';
import { byUtf8 } from './order.ts';
import type { Paper } from './paper.ts';
import type { DrawPlan } from './plan.ts';
import { paperSeed } from './seeds.ts';

/** An attempt is drawn again at most so often before its paper counts as not to be had. */
const MAX_REDRAWS = 10_000;

export interface DrawnPaper {
  attempt: string;
  redraw: number;
  paper: Paper;
  paperHash: string;
  /** Code of its form, where candidates share forms. */
  form?: string;
}

/**
 * Papers of all attempts, no two alike: attempts are served in the order of their ids, and each takes the first
 * redraw whose paper nobody before it has. So the redraw counter too is derived and not chosen.
 *
 * @param seed seed of the exam
 * @throws DomainError `papers-exhausted` when no further different paper is found
 */
export function drawAll(
  plan: DrawPlan,
  seed: Uint8Array,
  exam: string,
  attempts: readonly string[],
): Generator<DrawnPaper, void> {
  return allDifferent(attempts, (attempt, redraw) => drawPaper(plan, paperSeed(seed, exam, attempt, redraw)));
}

/**
 * The same from questions that were dealt: row by row to the attempts in the order of their ids, and only the order
 * of questions and options is drawn again.
 *
 * @param cards as `dealCards` gives them
 */
export function dealAll(
  plan: DrawPlan,
  cards: Int32Array,
  seed: Uint8Array,
  exam: string,
  attempts: readonly string[],
): Generator<DrawnPaper, void> {
  const columns = questionColumns(plan);
  return allDifferent(attempts, (attempt, redraw, index) =>
    layOut(plan, chosenFrom(columns, cards, index), paperSeed(seed, exam, attempt, redraw)),
  );
}

type PaperOf = (attempt: string, redraw: number, index: number) => Paper;

function* allDifferent(attempts: readonly string[], paperOf: PaperOf): Generator<DrawnPaper, void> {
  const taken = new Set<string>();
  for (const [index, attempt] of [...attempts].sort(byUtf8).entries()) {
    const drawn = firstNew(attempt, (redraw) => paperOf(attempt, redraw, index), taken);
    if (!drawn) {
      throw new DomainError('papers-exhausted', 409, { count: attempts.length, found: taken.size });
    }
    taken.add(drawn.paperHash);
    yield drawn;
  }
}

function firstNew(
  attempt: string,
  paperOf: (redraw: number) => Paper,
  taken: ReadonlySet<string>,
): DrawnPaper | null {
  for (let redraw = 0; redraw < MAX_REDRAWS; redraw++) {
    const paper = paperOf(redraw);
    const hash = paperHash(paper);
    if (!taken.has(hash)) return { attempt, redraw, paper, paperHash: hash };
  }
  return null;
}
