import {
  assignForms,
  dealAll,
  drawAll,
  formPapers,
  formItems,
  manifestHash,
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
import { isGivenUp, rungsFor } from './rungs.ts';

export interface DrawTask {
  exam: string;
  blueprint: Blueprint;
  snapshot: readonly PoolItem[];
  plan: DrawPlan;
  /** Its algorithm is that of the first rung. */
  manifest: Manifest;
  /** Every attempt that gets a paper, those in reserve included. */
  attempts: readonly string[];
  seating: readonly SeatedAttempt[];
}

export interface DrawWatch {
  signal: AbortSignal;
  /** So many forms are made. */
  made: (forms: number) => void;
}

export interface DrawnPapers {
  papers: Iterable<DrawnPaper>;
  /** What is published of the forms, where candidates share forms. */
  forms?: PublishedForms;
}

/** Papers and what was fixed before their draw; the seed is theirs until all are taken, then it is to be overwritten. */
export interface SettledPapers extends DrawnPapers {
  manifest: Manifest;
  manifestHash: string;
  seed: Uint8Array;
}

/**
 * Papers of all attempts by the first rung that does not give up. Each has a manifest of its own, which says its name,
 * and so a seed of its own.
 *
 * @param seedOf seed of the exam for the hash of a manifest
 * @throws DomainError of the last rung
 */
export async function drawPapers(
  task: DrawTask,
  seedOf: (manifestHash: string) => Promise<Uint8Array>,
  watch: DrawWatch,
): Promise<SettledPapers> {
  const [, ...others] = rungsFor(task.plan, task.manifest.forms);
  let { manifest } = task;
  for (;;) {
    const hash = manifestHash(manifest);
    const seed = await seedOf(hash);
    try {
      const drawn = await drawBy({ ...task, manifest }, seed, watch);
      return { ...drawn, manifest, manifestHash: hash, seed };
    } catch (error) {
      seed.fill(0);
      const algorithm = others.shift();
      if (!algorithm || !isGivenUp(error)) throw error;
      manifest = { ...manifest, algorithm };
    }
  }
}

/**
 * Dealing, and the search for forms, look at all papers at once and so come before the first, in a thread of their
 * own.
 */
async function drawBy(
  { exam, blueprint, snapshot, plan, manifest, attempts, seating }: DrawTask,
  seed: Uint8Array,
  { signal, made }: DrawWatch,
): Promise<DrawnPapers> {
  const { algorithm, forms, reserve = [] } = manifest;
  if (algorithm === DRAW_ALGORITHM) return { papers: drawAll(plan, seed, exam, attempts) };
  const task = { algorithm, blueprint, snapshot, seed, exam, papers: attempts.length };
  const { cards, doublings } = await dealInThread({ ...task, ...(forms && { forms }) }, signal, made);
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
