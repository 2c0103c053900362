import { randomBytes } from 'node:crypto';
import {
  DomainError,
  type Actor,
  type LateDecided,
  type LateDecision,
  type LateEntry,
  type LateRuling,
  type UndecidedLate,
} from '#bank/protocol';
import { hmac } from '#bank/vault';
import type { Audit } from '#server/audit';
import { examWrite, hasReached, onExam, type ExamRecord } from '#server/exams';
import { Duplicate } from '#server/storage';
import { choiceSlot } from './answer-form.ts';
import type { Attempt } from './attempt.ts';
import type { Attempts } from './attempts.ts';
import { inSlices } from './pushing.ts';
import { readLate } from './reading-late.ts';
import { mayCount, ruledUpTo, withRuling } from './sheet.ts';
import { sheetWrite, versionOfRuling, type SheetDeps, type SheetVersion } from './sheets.ts';

type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** Answers that were held because they came too late or from a device without the lease. */
export interface LateAnswers {
  /** What nobody has decided on, of those of these attempts that have any; in their order. */
  undecided(attempts: readonly string[]): Promise<UndecidedLate[]>;
  /**
   * Writes the next version of an attempt's sheet, in which the late answers that the decision names are counted or
   * left out, together with the entry of the ledger. The same decision does it once, however often it comes.
   *
   * @throws DomainError `not-found`, `exam-not-closed`, `late-graded`; `late-decided` when somebody was faster;
   *   `late-no-outage` when they are to count and the server has no record of a lost line
   */
  decide(exam: string, attempt: string, decision: LateDecision, actor: StaffActor): Promise<LateDecided>;
  /** Leaves out, by a policy, what nobody has decided on. */
  leaveOut(exam: string, attempts: readonly string[], policy: string): Promise<void>;
}

interface LateDeps extends SheetDeps {
  audit: Audit;
  attempts: Attempts;
  now(): number;
}

export function createLateAnswers(deps: LateDeps): LateAnswers {
  const { attempts } = deps;

  async function undecided(ids: readonly string[]): Promise<UndecidedLate[]> {
    const found: (UndecidedLate | null)[] = [];
    await inSlices(ids, async (id, place) => {
      const attempt = await attempts.get(id);
      found[place] = attempt.book.heldCount === 0 ? null : await undecidedOf(deps, attempt);
    });
    return found.filter((one) => one !== null);
  }

  return {
    undecided,
    async decide(exam, id, decision, actor) {
      const attempt = await attempts.get(id);
      if (attempt.paper.exam !== exam) throw new DomainError('not-found', 404);
      return attempt.run(() =>
        onExam(deps.store, exam, (record) => decideOn(deps, record, attempt, decision, actor)),
      );
    },
    async leaveOut(exam, ids, policy) {
      for (const { attempt: id } of await undecided(ids)) {
        const attempt = await attempts.get(id);
        await attempt.run(() =>
          onExam(deps.store, exam, (record) => leaveOutOf(deps, record, attempt, policy)),
        );
      }
    },
  };
}

async function undecidedOf(deps: LateDeps, attempt: Attempt): Promise<UndecidedLate | null> {
  const { newest, late } = await readLate(deps, attempt);
  const open = late.slice(ruledUpTo(newest?.sheet.rulings));
  const [first, last] = [open[0], open.at(-1)];
  if (!first || !last) return null;
  const choice = choiceSlot(attempt.paper);
  const slots = [...new Set(open.map(({ slot }) => slot))].sort((a, b) => a - b);
  return {
    attempt: attempt.id,
    why: [...new Set(open.map(({ why }) => why))],
    count: open.length,
    firstAt: first.at,
    lastAt: last.at,
    slots: slots.filter((slot) => slot !== choice),
    ...(choice !== null && slots.includes(choice) && { choosesBranch: true as const }),
    upTo: late.length,
    mayCount: mayCount(newest?.sheet.outages ?? attempt.state.outages, open),
  };
}

async function decideOn(
  deps: LateDeps,
  exam: ExamRecord,
  attempt: Attempt,
  decision: LateDecision,
  actor: StaffActor,
): Promise<LateDecided> {
  const { newest, late } = await readLate(deps, attempt);
  if (!newest) throw new DomainError('exam-not-closed', 409, { state: exam.state });
  const { rulings = [] } = newest.sheet;
  const place = rulings.findIndex((one) => 'decision' in one && one.decision === decision.decision);
  const standing = rulings[place];
  if (standing) {
    if (standing.verdict !== decision.verdict) throw new DomainError('late-decided', 409);
    return decidedOf(decision, rulings, place, {
      attempt: attempt.id,
      sheet: await versionOfRuling(deps, newest, place),
    });
  }
  if (hasReached(exam, 'graded')) throw new DomainError('late-graded', 409);
  if (decision.upTo > late.length) throw new DomainError('invalid-input', 400, { where: '/upTo' });
  if (decision.upTo <= ruledUpTo(rulings)) throw new DomainError('late-decided', 409);
  const ruled = late.slice(ruledUpTo(rulings), decision.upTo);
  if (decision.verdict === 'count' && !mayCount(newest.sheet.outages ?? [], ruled))
    throw new DomainError('late-no-outage', 409);
  const salt = randomBytes(32);
  const ruling = { ...decision, salt: salt.toString('base64url'), by: actor.user, at: deps.now() };
  const reason = Buffer.from(hmac(salt, Buffer.from(decision.reason))).toString('hex');
  const data = { decision: decision.decision, reason };
  const next = await writeRuling(deps, exam, { newest, late, ruling }, actor, data);
  const written = { attempt: attempt.id, sheet: newest.version + 1 };
  return decidedOf(decision, next, next.length - 1, written);
}

function decidedOf(
  { decision, verdict }: LateDecision,
  rulings: readonly LateRuling[],
  place: number,
  where: Pick<LateDecided, 'attempt' | 'sheet'>,
): LateDecided {
  const answers = ruledUpTo(rulings.slice(0, place + 1)) - ruledUpTo(rulings.slice(0, place));
  return { ...where, decision, verdict, answers };
}

async function leaveOutOf(deps: LateDeps, exam: ExamRecord, attempt: Attempt, policy: string): Promise<void> {
  const { newest, late } = await readLate(deps, attempt);
  const isDecided = late.length === ruledUpTo(newest?.sheet.rulings);
  if (!newest || isDecided || hasReached(exam, 'graded')) return;
  const ruling = { verdict: 'leave-out', upTo: late.length, policy, at: deps.now() } as const;
  await writeRuling(deps, exam, { newest, late, ruling }, { kind: 'system' }, { policy });
}

/**
 * Writes the next version of the sheet. The exam gets a new version with it, so that a grading that has read the
 * sheets before does not end with them.
 */
async function writeRuling(
  { store, keyring, tenant, audit }: LateDeps,
  exam: ExamRecord,
  { newest, late, ruling }: { newest: SheetVersion; late: LateEntry[]; ruling: LateRuling },
  actor: Actor,
  data: Record<string, string>,
): Promise<LateRuling[]> {
  const version = newest.version + 1;
  const { attempt, rulings } = newest.sheet;
  const next = withRuling({ ...newest.sheet, late }, ruling);
  const { verdict, upTo } = ruling;
  const answers = upTo - ruledUpTo(rulings);
  const leaf = { exam: exam._id, verdict, answers, sheet: version, ...data };
  await store
    .commit([
      await sheetWrite({ keyring, tenant }, next, version),
      examWrite(exam, {}),
      audit.entry(actor, 'late.decide', `attempt:${attempt}`, leaf),
    ])
    .catch((error: unknown) => {
      throw error instanceof Duplicate ? new DomainError('late-decided', 409) : error;
    });
  audit.poke();
  return next.rulings ?? [];
}
