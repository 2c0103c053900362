import { algorithmFor, blueprintHash, drawPaper, drawPlan, snapshotOf } from '#bank/assembly';
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
  DEAL_ALGORITHM,
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
import { requireEditable } from './claim.ts';
import type { ExamsDeps } from './deps.ts';
import { ownExam } from './exam-access.ts';
import { examWrite } from './exam-state.ts';
import { createMatrixVerbs } from './matrix.ts';
import { examView } from './exam-view.ts';
import { createStock, itemsOf, requireStock } from './stock.ts';

/** Papers drawn for trial before a blueprint is taken. */
const TRIALS = 3;

/** The exam matrix of a draft. */
export function createBlueprintVerbs(deps: ExamsDeps) {
  const { store, audit, banks, clock } = deps;
  const stockOf = createStock(deps);
  return {
    ...createMatrixVerbs(deps),

    /**
     * Sets the blueprint, once the bank can fill all of it, whatever candidates may choose.
     *
     * @throws DomainError with the first problem of `checkBlueprint`; `blueprint-infeasible`, naming every short
     * cell; `blueprint-held`; `items-not-official`; `blueprint-enemies`; `stimulus-missing`; `blueprint-target-unknown`;
     * without forms `blueprint-too-tight`, `target-facility-unmet`, `target-seconds-unmet`
     */
    async set(actor: Actor, id: string, { blueprint, total }: BlueprintInput): Promise<ExamView> {
      const exam = await ownExam(store, actor, id);
      requireEditable(exam, clock.now());
      const [problem] = checkBlueprint(blueprint, total);
      if (problem) throw new DomainError(problem.code, BLUEPRINT_ERRORS[problem.code], problem.values);
      const printed = printedPaper(blueprint);
      const stock = await stockOf(actor, exam, blueprint);
      requireStock(exam.profile, printed, stock);
      await requireFillable(printed, stock.admitted);
      if (typeof exam.assembly !== 'object') tryDrawing(printed, stock.admitted);
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
      const { admitted, held } = await stockOf(actor, exam, blueprint);
      const blocked = {
        status: await banks.unapproved(actor, exam.bank),
        embargo: itemsOf(held.embargo),
        lastUse: itemsOf(held.lastUse),
        exposure: itemsOf(held.exposure),
        review: itemsOf(held.review),
      };
      const printed = printedPaper(blueprint);
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
      return { strata: countStrata((await stockOf(actor, exam, exam.blueprint)).admitted) };
    },
  };
}

/** Finds out now, and not at sealing, when cells compete so hard, or targets lie so far, that no fair draw ends. */
function tryDrawing(blueprint: Blueprint, pool: readonly PoolItem[]): void {
  const plan = drawPlan(blueprint, snapshotOf(blueprint, pool));
  if (algorithmFor(plan) === DEAL_ALGORITHM && !pool.some(({ enemies }) => enemies)) return;
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
