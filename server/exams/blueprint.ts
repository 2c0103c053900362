import { blueprintHash, drawPaper, drawPlan, snapshotOf } from '#bank/assembly';
import {
  allowsDistinct,
  checkBlueprint,
  feasibility,
  hasElectives,
  placedCells,
  printedPaper,
  questionCount,
  reachOfCandidates,
  targetProblems,
} from '#bank/blueprint';
import {
  DomainError,
  BLUEPRINT_ERRORS,
  LEVELS,
  type Actor,
  type Blueprint,
  type BlueprintInput,
  type BlueprintReport,
  type ExamView,
  type PoolItem,
  type StrataReport,
} from '#bank/protocol';
import { randomKey } from '#bank/vault';
import { enemyProblems, requireFillable } from '#server/solver';
import { admittedPool, requirePool } from './bank-pool.ts';
import { requireEditable } from './claim.ts';
import type { ExamsDeps } from './deps.ts';
import { ownExam } from './exam-access.ts';
import { examWrite } from './exam-state.ts';
import { createMatrixVerbs } from './matrix.ts';
import { examView } from './exam-view.ts';

/** Papers drawn for trial before a blueprint is taken. */
const TRIALS = 3;

/** The exam matrix of a draft. */
export function createBlueprintVerbs(deps: ExamsDeps) {
  const { store, audit, banks, clock } = deps;
  return {
    ...createMatrixVerbs(deps),

    /**
     * Sets the blueprint, once the bank can fill all of it, whatever candidates may choose.
     *
     * @throws DomainError with the first problem of `checkBlueprint`; `blueprint-infeasible`, naming every short
     * cell; `items-not-official`; `blueprint-enemies`; `blueprint-too-tight`; `stimulus-missing`
     */
    async set(actor: Actor, id: string, { blueprint, total }: BlueprintInput): Promise<ExamView> {
      const exam = await ownExam(store, actor, id);
      requireEditable(exam, clock.now());
      const [problem] = checkBlueprint(blueprint, total);
      if (problem) throw new DomainError(problem.code, BLUEPRINT_ERRORS[problem.code], problem.values);
      const pool = await banks.poolMetadata(actor, exam.bank);
      const printed = printedPaper(blueprint);
      const admitted = admittedPool(exam.profile, pool);
      requirePool(exam.profile, printed, pool);
      await requireFillable(printed, admitted);
      tryDrawing(printed, admitted);
      const data = {
        blueprintHash: blueprintHash(blueprint),
        cells: placedCells(blueprint).length,
        questions: questionCount(blueprint),
        points: total,
      };
      await store.commit([
        examWrite(exam, { blueprint }),
        audit.entry(actor, 'exam.blueprint', `exam:${id}`, data),
      ]);
      audit.poke();
      return examView(await ownExam(store, actor, id), clock.now());
    },

    /** What the pages show while a matrix is being made; changes nothing. */
    async check(actor: Actor, id: string, { blueprint, total }: BlueprintInput): Promise<BlueprintReport> {
      const exam = await ownExam(store, actor, id);
      const pool = await banks.poolMetadata(actor, exam.bank);
      const blocked = {
        status: await banks.unapproved(actor, exam.bank),
        review: exam.profile === 'P0' ? [] : pool.filter(({ officialUse }) => !officialUse),
      };
      const printed = printedPaper(blueprint);
      const admitted = admittedPool(exam.profile, pool);
      const { reach: ofAll, ...report } = feasibility(printed, admitted, blocked);
      const reach = ofAll && hasElectives(blueprint) ? reachOfCandidates(blueprint, admitted) : ofAll;
      const problems = [
        ...checkBlueprint(blueprint, total),
        ...targetProblems(blueprint, reach),
        ...(report.cells.every(({ missing }) => missing === 0) ? await enemyProblems(printed, admitted) : []),
      ];
      const allDifferent = allowsDistinct(report, exam.candidateCount);
      return { problems, ...report, ...(reach && { reach }), allDifferent };
    },

    /** What the bank can fill cells with. */
    async strata(actor: Actor, id: string): Promise<StrataReport> {
      const exam = await ownExam(store, actor, id);
      return { strata: countStrata(admittedPool(exam.profile, await banks.poolMetadata(actor, exam.bank))) };
    },
  };
}

/** Finds out now, and not at sealing, when cells compete so hard that no fair draw ends. */
function tryDrawing(blueprint: Blueprint, pool: readonly PoolItem[]): void {
  const plan = drawPlan(blueprint, snapshotOf(blueprint, pool));
  if (!plan.overlapping && !pool.some(({ enemies }) => enemies)) return;
  for (let trial = 0; trial < TRIALS; trial++) drawPaper(plan, randomKey());
}

function countStrata(pool: readonly PoolItem[]): StrataReport['strata'] {
  const strata = new Map<string, StrataReport['strata'][number]>();
  for (const { topic, level, kind, statementLevels } of pool.filter((item) => item.kind !== 'description')) {
    const statements = statementLevels?.toSorted((a, b) => LEVELS.indexOf(a) - LEVELS.indexOf(b));
    const key = JSON.stringify([topic, level, kind, statements]);
    const known = strata.get(key);
    if (known) known.count++;
    else strata.set(key, { topic, level, kind, ...(statements && { statements }), count: 1 });
  }
  return [...strata.values()];
}
