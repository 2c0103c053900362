import {
  assignForms,
  dealAll,
  drawAll,
  formPapers,
  formItems,
  paperHash,
  type DrawnPaper,
  type DrawPlan,
} from '#bank/assembly';
import {
  DRAW_ALGORITHM,
  formCode,
  type Blueprint,
  type Manifest,
  type PoolItem,
  type PublishedForms,
  type SeatedAttempt,
} from '#bank/protocol';
import { dealInThread } from './deal-thread.ts';

export interface DrawTask {
  exam: string;
  blueprint: Blueprint;
  snapshot: readonly PoolItem[];
  plan: DrawPlan;
  manifest: Manifest;
  /** Every attempt that gets a paper, those in reserve included. */
  attempts: readonly string[];
  seating: readonly SeatedAttempt[];
}

export interface DrawnPapers {
  papers: Iterable<DrawnPaper>;
  /** What is published of the forms, where candidates share forms. */
  forms?: PublishedForms;
}

/**
 * Papers of all attempts. Dealing, and the search for forms, look at all of them at once and so come before the first,
 * in a thread of their own.
 */
export async function drawPapers(
  { exam, blueprint, snapshot, plan, manifest, attempts, seating }: DrawTask,
  seed: Uint8Array,
  signal: AbortSignal,
): Promise<DrawnPapers> {
  const { algorithm, forms, reserve = [] } = manifest;
  if (algorithm === DRAW_ALGORITHM) return { papers: drawAll(plan, seed, exam, attempts) };
  const task = { blueprint, snapshot, seed, exam, papers: attempts.length };
  const { cards, doublings } = await dealInThread({ ...task, ...(forms && { forms }) }, signal);
  if (!forms) return { papers: dealAll(plan, cards, seed, exam, attempts) };
  const formOf = assignForms(seating, reserve, forms, seed, exam);
  const papers = formPapers(plan, cards, seed, exam);
  return {
    papers: papersOfForms(
      attempts,
      formOf,
      papers.map((paper) => ({ paper, paperHash: paperHash(paper) })),
    ),
    forms: {
      doublings,
      list: formItems(blueprint, plan, cards).map((items, index) => ({ code: formCode(index), items })),
    },
  };
}

function* papersOfForms(
  attempts: readonly string[],
  formOf: ReadonlyMap<string, number>,
  papers: readonly Pick<DrawnPaper, 'paper' | 'paperHash'>[],
): Generator<DrawnPaper, void> {
  for (const attempt of attempts) {
    const form = formOf.get(attempt) ?? -1;
    const paper = papers[form];
    if (!paper) throw new Error('an attempt has no form');
    yield { attempt, redraw: 0, ...paper, form: formCode(form) };
  }
}
