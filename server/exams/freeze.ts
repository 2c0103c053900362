import {
  blueprintHash,
  drawPlan,
  hashJson,
  rosterRoot,
  seatAll,
  snapshotHash,
  snapshotOf,
  type DrawPlan,
  type Unseated,
} from '#bank/assembly';
import {
  DomainError,
  type Actor,
  type Blueprint,
  type Manifest,
  type PoolItem,
  type SeatedAttempt,
} from '#bank/protocol';
import { newId } from '#bank/vault';
import { requireFillable } from '#server/solver';
import { eachDocument } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import type { ExamRecord } from './exam-state.ts';
import { rungsFor } from './rungs.ts';
import { createStock, requireStock } from './stock.ts';

/** What is fixed before the draw. */
export interface Frozen {
  exam: ExamRecord;
  blueprint: Blueprint;
  snapshot: PoolItem[];
  plan: DrawPlan;
  /** Attempt → candidate, in the order of their numbers; those in reserve have none. */
  roster: ReadonlyMap<string, string | null>;
  /** With forms: who sits where, sorted by attempt id. */
  seating: SeatedAttempt[];
  /** Of the first rung that is tried. */
  manifest: Manifest;
}

/** Fixes what an exam is drawn from: items, candidates, seats, rules. Nothing is written. */
export function createFreeze(deps: ExamsDeps) {
  const { store } = deps;
  const stockOf = createStock(deps);
  return async function freeze(exam: ExamRecord, actor: Actor): Promise<Frozen> {
    const { blueprint } = exam;
    if (!blueprint) throw new DomainError('blueprint-missing', 409);
    const stock = await stockOf(actor, exam, blueprint);
    requireStock(exam.profile, blueprint, stock);
    await requireFillable(blueprint, stock.admitted);
    const snapshot = snapshotOf(blueprint, stock.admitted);
    const plan = drawPlan(blueprint, snapshot);
    const roster = new Map<string, string | null>();
    const unseated: Unseated[] = [];
    const candidates = eachDocument(store, 'candidates', { index: 'by_number', equals: [exam._id] });
    for await (const { _id, attempt, number, shift, room, seat } of candidates) {
      roster.set(attempt, _id);
      unseated.push(
        Object.assign({ attempt, number }, shift && { shift }, room && { room }, seat && { seat }),
      );
    }
    const reserve = Array.from({ length: exam.reserve ?? 0 }, newId);
    for (const attempt of reserve) roster.set(attempt, null);
    const { durationSeconds, deadline, sections, profile, markingPolicy, showPoints } = exam;
    const forms = typeof exam.assembly === 'object' ? exam.assembly.forms : undefined;
    const seating = forms ? seatAll(unseated, forms) : [];
    const manifest: Manifest = {
      algorithm: rungsFor(plan, forms)[0],
      exam: exam._id,
      snapshotHash: snapshotHash(snapshot),
      blueprintHash: blueprintHash(blueprint),
      rosterRoot: rosterRoot([...roster.keys()]),
      ...(reserve.length > 0 && { reserve }),
      ...(plan.targets && { keepsTargets: true as const }),
      ...(forms && { forms, seatingRoot: hashJson(seating) }),
      schedule: { durationSeconds, deadline: deadline?.getTime() ?? null, ...(sections && { sections }) },
      policy: { profile, markingPolicy, showPoints },
    };
    return { exam, blueprint, snapshot, plan, roster, seating, manifest };
  };
}
