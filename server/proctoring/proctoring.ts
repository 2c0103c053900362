import {
  DomainError,
  type Actor,
  type ExamTimes,
  type ExtendTime,
  type PresencePage,
  type TimeExtended,
} from '#bank/protocol';
import type { Audit } from '#server/audit';
import type { Custody } from '#server/custody';
import type { Delivery } from '#server/delivery';
import { advance, openPerson, requireState, visibleExam, type ExamRecord } from '#server/exams';
import type { Clock } from '#server/http';
import type { Keyring } from '#server/keys';
import { eachDocument, type Store } from '#server/storage';
import { createLateVerbs } from './late.ts';

interface ProctoringDeps {
  store: Store;
  /** Line `identity`. */
  keyring: Keyring;
  audit: Audit;
  clock: Clock;
  tenant: string;
  custody: Pick<Custody, 'keyFor' | 'open'>;
  delivery: Pick<Delivery, 'examOpened' | 'extend' | 'late' | 'presence'>;
}

type StaffActor = Extract<Actor, { kind: 'staff' }>;

const PAGE = 500;

/** What invigilators do: start the exam, watch it, and decide on what came late. */
export function createProctoring(deps: ProctoringDeps) {
  const { store, audit, clock, custody, delivery } = deps;
  return {
    ...createLateVerbs(deps),

    /**
     * Starts the exam for everybody, on the record. Doing it again gives the same times.
     *
     * @throws DomainError `exam-not-sealed`, `deadline-past`
     */
    async startExam(actor: Actor, id: string): Promise<ExamTimes> {
      const exam = await visibleExam(store, actor, id);
      if (exam.state !== 'open') {
        requireState(exam, 'sealed');
        const times = timesOf(exam, clock.now());
        const data = {
          startsAt: times.startsAt.getTime(),
          endsAt: times.endsAt.getTime(),
          candidates: exam.candidateCount,
        };
        const changes = { ...times, openKey: await custody.keyFor(exam, times) };
        await advance({ store, audit }, actor, id, { to: 'open', action: 'exam.start', changes, data });
      }
      await custody.open(id);
      await delivery.examOpened(id);
      return startedTimes(await visibleExam(store, actor, id), clock.now());
    },

    /**
     * Gives candidates who are still writing more time, on the record of each and as one act on that of the exam.
     * Doing it again with the same decision changes nothing more.
     *
     * @throws DomainError `exam-not-open`, `not-found` for a candidate of another exam
     */
    async extendTime(actor: StaffActor, id: string, body: ExtendTime): Promise<TimeExtended> {
      const { decision, minutes, reason } = body;
      const exam = await visibleExam(store, actor, id);
      if (exam.state !== 'open') throw new DomainError('exam-not-open', 409);
      const attempts = await attemptsOf(store, id, body.candidates);
      const at = clock.now();
      const ms = minutes * 60_000;
      const data = { decision, ms, reason, candidates: attempts.length };
      await store.commit([audit.entry(actor, 'exam.time', `exam:${id}`, data)]);
      audit.poke();
      const stands = await delivery.extend(id, attempts, { decision, ms, reason, at }, actor.user);
      const changed = stands.filter(Boolean).length;
      return { decision, changed, over: stands.length - changed, now: clock.now() };
    },

    /** How the candidates stand, by rising number, in pages. */
    async presence(actor: Actor, id: string, after?: string): Promise<PresencePage> {
      const { state, startsAt, endsAt } = await visibleExam(store, actor, id);
      const query = { index: 'by_number', equals: [id], limit: PAGE };
      const page = await store.range('candidates', { ...query, ...(after !== undefined && { after }) });
      const seated = state === 'draft' ? [] : page.docs;
      const candidates = seated.map(async (candidate) => ({
        ...(await delivery.presence(candidate.attempt)),
        candidate: candidate._id,
        number: candidate.number,
        name: (await openPerson(deps, candidate)).name,
      }));
      return {
        exam: id,
        state,
        now: clock.now(),
        ...(startsAt && { startsAt: startsAt.getTime() }),
        ...(endsAt && { endsAt: endsAt.getTime() }),
        candidates: await Promise.all(candidates),
        ...(page.next !== undefined && { next: page.next }),
      };
    },
  };
}

export type Proctoring = ReturnType<typeof createProctoring>;

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
