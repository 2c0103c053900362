import {
  DomainError,
  timePolicyAt,
  type Actor,
  type AuditAction,
  type CancelExam,
  type CreditOutages,
  type DecisionTaken,
  type DeviceRequests,
  type ExamCancelled,
  type ExamTimes,
  type ExtendTime,
  type OutagesPage,
  type PauseTime,
  type PresencePage,
  type ResumeTime,
  type TerminateAttempts,
} from '#bank/protocol';
import type { Audit } from '#server/audit';
import type { Custody } from '#server/custody';
import type { Decision, Delivery } from '#server/delivery';
import {
  advance,
  createFormReader,
  type ExamRecord,
  type Means,
  openPerson,
  ownExam,
  requireMeans,
  requireSecondPerson,
  requireState,
  visibleExam,
} from '#server/exams';
import type { Clock } from '#server/http';
import type { DeviceRequest } from '#server/identity';
import type { Keyring } from '#server/keys';
import { eachDocument, type Store } from '#server/storage';
import type { Timekeeper } from '#server/timekeeping';
import { grantAccommodations } from './accommodations.ts';
import { createLateVerbs } from './late.ts';
import { begunAttempts, firstShift, holdLaterShifts, startShift } from './shifts.ts';

interface ProctoringDeps {
  store: Store;
  /** Line `identity`. */
  keyring: Keyring;
  audit: Audit;
  clock: Clock;
  tenant: string;
  custody: Pick<Custody, 'keyFor' | 'open'>;
  delivery: Pick<Delivery, 'examOpened' | 'examCancelled' | 'decide' | 'late' | 'presence' | 'outages'>;
  devices: { waiting(exam: string): DeviceRequest[] };
  means: Means;
  timekeeper: Pick<Timekeeper, 'events'>;
}

type StaffActor = Extract<Actor, { kind: 'staff' }>;

const PAGE = 500;

/** What invigilators do: start the exam, watch it, and decide on what came late. */
export function createProctoring(deps: ProctoringDeps) {
  const { store, audit, clock, custody, delivery } = deps;
  const formsOf = createFormReader(store);
  return {
    ...createLateVerbs(deps),

    /**
     * Starts the exam for everybody, on the record. Doing it again gives the same times.
     *
     * @throws DomainError `exam-not-sealed`, `deadline-past`, those of `requireMeans` and `requireSecondPerson`
     */
    async startExam(actor: Actor, id: string): Promise<ExamTimes> {
      const exam = await visibleExam(store, actor, id);
      requireSecondPerson(exam, actor);
      if (exam.state !== 'open') {
        requireState(exam, 'sealed');
        await requireMeans(exam, deps.means);
        const times = timesOf(exam, clock.now());
        const data = {
          startsAt: times.startsAt.getTime(),
          endsAt: times.endsAt.getTime(),
          candidates: exam.candidateCount,
        };
        await holdLaterShifts(deps, exam, actor, data.startsAt);
        const openKey = await custody.keyFor(exam, times);
        const changes = { ...times, openKey, ...firstShift(exam) };
        await advance({ store, audit }, actor, id, { to: 'open', action: 'exam.start', changes, data });
      }
      await custody.open(id);
      await delivery.examOpened(id);
      const started = await visibleExam(store, actor, id);
      await grantAccommodations(deps, started);
      return startedTimes(started, clock.now());
    },

    /** Starts the next shift of an open exam. @throws DomainError `exam-not-open`, `shift-order` */
    startShift: (actor: StaffActor, id: string, shift: number) => startShift(deps, actor, id, shift),

    /**
     * Cancels an exam that was sealed and not started, for good and on the record: its papers stay closed, and its
     * candidates are told. Doing it again changes nothing.
     *
     * @throws DomainError `exam-not-sealed`, `not-found` for anybody but its owner
     */
    async cancelExam(actor: Actor, id: string, { reason }: CancelExam): Promise<ExamCancelled> {
      await ownExam(store, actor, id);
      const data = { reason };
      await advance({ store, audit }, actor, id, { to: 'cancelled', action: 'exam.cancel', data });
      await delivery.examCancelled(id);
      return { exam: id, state: 'cancelled' };
    },

    /** Extra time that a crash at the start of an exam kept from its candidates. */
    async grantMissing(): Promise<void> {
      const open = eachDocument(store, 'exams', { index: 'by_state', equals: ['open'] });
      for await (const exam of open) await grantAccommodations(deps, exam);
    },

    /**
     * Gives candidates who are still writing more time, on the record of each and as one act on that of the exam, as
     * with every decision here. Doing it again with the same decision changes nothing more.
     *
     * @throws DomainError `exam-not-open`, `not-found` for a candidate of another exam
     */
    extendTime(actor: StaffActor, id: string, { minutes, reason, ...whom }: ExtendTime) {
      return take(deps, actor, id, whom, 'exam.time', { act: 'time', ms: minutes * 60_000, reason });
    },

    /** Stops the clock of these candidates, or of everybody, also of who is not there yet. */
    pauseTime(actor: StaffActor, id: string, { reason, ...whom }: PauseTime) {
      return take(deps, actor, id, whom, 'exam.pause', { act: 'pause', reason });
    },

    /** Lets the clock go on; the end moves by the length of the pause. */
    resumeTime(actor: StaffActor, id: string, whom: ResumeTime) {
      return take(deps, actor, id, whom, 'exam.resume', { act: 'resume' });
    },

    /** Confirms what the server proposes to give back for outages (`outages`). */
    creditOutages(actor: StaffActor, id: string, whom: CreditOutages) {
      return take(deps, actor, id, whom, 'exam.outages', { act: 'credit' });
    },

    /** Ends attempts; their answers are kept and marked. */
    terminate(actor: StaffActor, id: string, { reason, ...whom }: TerminateAttempts) {
      return take(deps, actor, id, whom, 'exam.terminate', { act: 'terminate', reason });
    },

    /** What candidates have lost by outages, by rising number, in pages. */
    async outages(actor: Actor, id: string, after?: string): Promise<OutagesPage> {
      const { state } = await visibleExam(store, actor, id);
      const page = await candidatesOf(store, id, after);
      const now = clock.now();
      const seated = state === 'draft' ? [] : page.docs;
      const lost = seated.map(async (candidate) => {
        const { outages, ...sums } = await delivery.outages(candidate.attempt);
        if (outages.length === 0) return [];
        const { name } = await openPerson(deps, candidate);
        return [{ candidate: candidate._id, number: candidate.number, name, outages, ...sums }];
      });
      return {
        exam: id,
        now,
        capMs: timePolicyAt(now).outageCapMs,
        candidates: (await Promise.all(lost)).flat(),
        ...(page.next !== undefined && { next: page.next }),
      };
    },

    /** Devices that wait to go on in place of another, the longest first. */
    async deviceRequests(actor: Actor, id: string): Promise<DeviceRequests> {
      await visibleExam(store, actor, id);
      const waiting = deps.devices.waiting(id);
      const candidates = await store.getMany(
        'candidates',
        waiting.map(({ candidate }) => candidate),
      );
      const requests = waiting.map(async ({ id: request, candidate, askedAt, expiresAt, device }, place) => {
        const seat = candidates[place];
        if (!seat) return [];
        const { name } = await openPerson(deps, seat);
        return [{ request, candidate, number: seat.number, name, askedAt, expiresAt, device }];
      });
      return { exam: id, now: clock.now(), requests: (await Promise.all(requests)).flat() };
    },

    /** How the candidates stand, by rising number, in pages. */
    async presence(actor: Actor, id: string, after?: string): Promise<PresencePage> {
      const exam = await visibleExam(store, actor, id);
      const { state, startsAt, endsAt, closedAt } = exam;
      const formOf = await formsOf(exam);
      const page = await candidatesOf(store, id, after);
      const seated = state === 'draft' ? [] : page.docs;
      const candidates = seated.map(async ({ attempt, number, ...candidate }) => {
        const form = formOf(attempt);
        return {
          ...(await delivery.presence(attempt)),
          candidate: candidate._id,
          number,
          ...(form !== undefined && { form }),
          name: (await openPerson(deps, { attempt, number, ...candidate })).name,
        };
      });
      const now = clock.now();
      const until = closedAt?.getTime() ?? now;
      return {
        exam: id,
        state,
        now,
        clock: startsAt ? await deps.timekeeper.events(startsAt.getTime(), until) : [],
        ...(startsAt && { startsAt: startsAt.getTime() }),
        ...(endsAt && { endsAt: endsAt.getTime() }),
        candidates: await Promise.all(candidates),
        ...(page.next !== undefined && { next: page.next }),
      };
    },
  };
}

export type Proctoring = ReturnType<typeof createProctoring>;

function candidatesOf(store: Store, exam: string, after: string | undefined) {
  const query = { index: 'by_number', equals: [exam], limit: PAGE };
  return store.range('candidates', { ...query, ...(after !== undefined && { after }) });
}

/** Each act with what it says, without the members that all of them have. */
type Act = Decision extends infer D ? (D extends Decision ? Omit<D, 'decision' | 'at'> : never) : never;

/**
 * Records a decision on the exam, then on each attempt; those of shifts that have not begun wait for it untouched.
 *
 * @throws DomainError `exam-not-open`, `not-found`, that of `requireSecondPerson`
 */
async function take(
  { store, audit, clock, delivery }: ProctoringDeps,
  actor: StaffActor,
  id: string,
  { decision, candidates }: { decision: string; candidates?: readonly string[] },
  action: AuditAction,
  act: Act,
): Promise<DecisionTaken> {
  const exam = await visibleExam(store, actor, id);
  requireSecondPerson(exam, actor);
  if (exam.state !== 'open') throw new DomainError('exam-not-open', 409);
  const begun = await begunAttempts(store, exam);
  const attempts = (await attemptsOf(store, id, candidates)).filter((attempt) => begun?.has(attempt) ?? true);
  const at = clock.now();
  const { act: _, ...said } = act;
  const data = { decision, ...said, candidates: attempts.length };
  await store.commit([audit.entry(actor, action, `exam:${id}`, data)]);
  audit.poke();
  const stands = await delivery.decide(id, attempts, { decision, at, ...act }, actor.user);
  const changed = stands.filter(Boolean).length;
  return { decision, changed, over: stands.length - changed, now: clock.now() };
}

/** Attempts of these candidates, or of all. @throws DomainError `not-found` */
async function attemptsOf(
  store: Store,
  exam: string,
  candidates: readonly string[] | undefined,
): Promise<string[]> {
  const attempts: string[] = [];
  if (!candidates) {
    const all = eachDocument(store, 'candidates', { index: 'by_number', equals: [exam] });
    for await (const { attempt } of all) attempts.push(attempt);
    return attempts;
  }
  for (const candidate of await store.getMany('candidates', candidates)) {
    if (candidate?.exam !== exam) throw new DomainError('not-found', 404);
    attempts.push(candidate.attempt);
  }
  return attempts;
}

/** From now on for its duration, but not beyond its deadline. */
function timesOf({ durationSeconds, deadline }: ExamRecord, now: number): { startsAt: Date; endsAt: Date } {
  const last = deadline?.getTime() ?? Infinity;
  if (last <= now) {
    const values = { deadline: new Date(last).toISOString(), minutes: Math.ceil(durationSeconds / 60) };
    throw new DomainError('deadline-past', 400, values);
  }
  return { startsAt: new Date(now), endsAt: new Date(Math.min(now + durationSeconds * 1000, last)) };
}

function startedTimes({ _id, state, startsAt, endsAt }: ExamRecord, now: number): ExamTimes {
  return { exam: _id, state, startsAt: startsAt?.getTime() ?? now, endsAt: endsAt?.getTime() ?? now, now };
}
