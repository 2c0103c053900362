import { facilityOf, placedCells, printedPaper, questionCount, totalPoints } from '#bank/blueprint';
import type { Blueprint, Cell, PaperAlgorithm, PoolItem } from '#bank/protocol';
import type { DrawnPaper } from './distinct.ts';
import { arePassages, mayStandTogether, sortPassages } from './units.ts';
import { contains, targetsOf, type Range, type Targets } from './window.ts';

/** What is certified about one paper: how it came about and what it holds, in hashes and counts only. */
export interface PaperCertificate {
  algorithm: PaperAlgorithm;
  exam: string;
  attempt: string;
  redraw: number;
  /** Code of its form, where candidates share forms. */
  form?: string;
  seedCommitment: string;
  manifestHash: string;
  snapshotHash: string;
  paperHash: string;
  questions: number;
  /** What a candidate can reach, in hundredths: on one way through the paper, where there is something to choose. */
  points: number;
  /** Items that each cell gave. */
  cells: { cell: string; count: number }[];
  /** Expected score in 1/100,000 of a point, of all questions that are printed. */
  expectedScore: number;
  /** Expected seconds of the items whose time is known. */
  expectedSeconds: number;
  /** Between which both were to lie, where the blueprint has targets. */
  targets?: Targets;
}

export interface CertifiedExam {
  algorithm: PaperAlgorithm;
  exam: string;
  seedCommitment: string;
  manifestHash: string;
  snapshotHash: string;
  blueprint: Blueprint;
  /** Item id → what the draw knows of it. */
  items: ReadonlyMap<string, PoolItem>;
}

/**
 * Certifies a drawn paper after counting it again.
 *
 * @throws Error when the paper does not fill the blueprint exactly: a defect of the engine, never of its input
 */
export function certify(exam: CertifiedExam, drawn: DrawnPaper): PaperCertificate {
  const { slots } = drawn.paper;
  const chosen: { item: PoolItem; cell: Cell }[] = [];
  const cells = placedCells(exam.blueprint).map(({ cell, part }) => {
    const mine = slots.filter((slot) => slot.cell === cell.id && slot.part === part);
    const questions = mine.flatMap(({ item }) => exam.items.get(item) ?? []);
    chosen.push(...questions.map((item) => ({ item, cell })));
    if (
      mine.length !== cell.count ||
      mine.some((slot) => slot.points !== cell.points) ||
      !arePassages(cell, questions)
    )
      throw new Error('a drawn paper does not fill its blueprint');
    return { cell: cell.id, count: mine.length };
  });
  const questions = slots.filter((slot) => slot.cell !== null);
  const items = questions.flatMap(({ item }) => exam.items.get(item) ?? []);
  const printed = questions.reduce((sum, slot) => sum + slot.points, 0);
  const sorted = sortPassages(chosen, exam.items);
  if (
    items.length !== questionCount(exam.blueprint) ||
    !mayStandTogether(sorted.questions, sorted.passages) ||
    printed !== totalPoints(printedPaper(exam.blueprint))
  )
    throw new Error('a drawn paper does not fill its blueprint');
  const expectedScore = questions.reduce((sum, slot, at) => sum + slot.points * expected(items[at]), 0);
  const expectedSeconds = items.reduce((sum, { seconds = 0 }) => sum + seconds, 0);
  const targets = targetsOf(exam.blueprint, items);
  if (!keeps(targets?.score, expectedScore) || !keeps(targets?.time, expectedSeconds))
    throw new Error('a drawn paper does not keep its targets');
  return {
    algorithm: exam.algorithm,
    exam: exam.exam,
    attempt: drawn.attempt,
    redraw: drawn.redraw,
    ...(drawn.form !== undefined && { form: drawn.form }),
    seedCommitment: exam.seedCommitment,
    manifestHash: exam.manifestHash,
    snapshotHash: exam.snapshotHash,
    paperHash: drawn.paperHash,
    questions: questions.length,
    points: totalPoints(exam.blueprint),
    cells,
    expectedScore,
    expectedSeconds,
    ...(targets && { targets }),
  };
}

function keeps(target: Range | undefined, value: number): boolean {
  return !target || contains(target, value);
}

function expected(item: PoolItem | undefined): number {
  return item ? facilityOf(item) : 0;
}
