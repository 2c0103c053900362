import { placedCells, questionCount, totalPoints } from '#bank/blueprint';
import { DRAW_ALGORITHM, type Blueprint } from '#bank/protocol';
import type { DrawnPaper } from './distinct.ts';

/** What is certified about one paper: how it came about and what it holds, in hashes and counts only. */
export interface PaperCertificate {
  algorithm: typeof DRAW_ALGORITHM;
  exam: string;
  attempt: string;
  redraw: number;
  seedCommitment: string;
  manifestHash: string;
  snapshotHash: string;
  paperHash: string;
  questions: number;
  /** Hundredths. */
  points: number;
  /** Items that each cell gave. */
  cells: { cell: string; count: number }[];
}

export interface CertifiedExam {
  exam: string;
  seedCommitment: string;
  manifestHash: string;
  snapshotHash: string;
  blueprint: Blueprint;
}

/**
 * Certifies a drawn paper after counting it again.
 *
 * @throws Error when the paper does not fill the blueprint exactly: a defect of the engine, never of its input
 */
export function certify(exam: CertifiedExam, drawn: DrawnPaper): PaperCertificate {
  const { slots } = drawn.paper;
  const cells = placedCells(exam.blueprint).map(({ cell, part }) => {
    const mine = slots.filter((slot) => slot.cell === cell.id && slot.part === part);
    if (mine.length !== cell.count || mine.some((slot) => slot.points !== cell.points))
      throw new Error('a drawn paper does not fill its blueprint');
    return { cell: cell.id, count: mine.length };
  });
  const questions = slots.filter((slot) => slot.cell !== null);
  const distinct = new Set(questions.map(({ item }) => item));
  const points = questions.reduce((sum, slot) => sum + slot.points, 0);
  if (distinct.size !== questionCount(exam.blueprint) || points !== totalPoints(exam.blueprint))
    throw new Error('a drawn paper does not fill its blueprint');
  return {
    algorithm: DRAW_ALGORITHM,
    exam: exam.exam,
    attempt: drawn.attempt,
    redraw: drawn.redraw,
    seedCommitment: exam.seedCommitment,
    manifestHash: exam.manifestHash,
    snapshotHash: exam.snapshotHash,
    paperHash: drawn.paperHash,
    questions: questions.length,
    points,
    cells,
  };
}
