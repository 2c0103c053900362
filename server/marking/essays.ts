import { countWords, isWithin, type EssayContent, type EssayKey } from '#bank/item';
import {
  DomainError,
  type Actor,
  type EssayLine,
  type EssayList,
  type EssayMarked,
  type EssayMarking,
  type EssayToMark,
  type SheetEntry,
} from '#bank/protocol';
import { hasElectives } from '#bank/blueprint';
import { markingPolicy } from '#bank/marks';
import { hmac } from '#bank/vault';
import type { Audit } from '#server/audit';
import type { SheetVersion } from '#server/delivery';
import { examWrite, onExam, ownExam, requireReached, requireState, type ExamRecord } from '#server/exams';
import type { Clock } from '#server/http';
import type { Keyring } from '#server/keys';
import { Conflict, Duplicate, eachDocument, type Store } from '#server/storage';
import { countedOf } from './electives.ts';
import { essayMarkId, essayText, isOf, markWrite, openMarks, type EssayMark } from './essay-marks.ts';
import type { Sources } from './sources.ts';

type StaffActor = Extract<Actor, { kind: 'staff' }>;

interface EssayDeps {
  store: Store;
  keyring: Keyring;
  audit: Audit;
  clock: Clock;
  tenant: string;
  sources: Sources;
}

/** Essays of a closed exam, and what a person gives for them. Nobody who marks is told whose an essay is. */
export interface Essays {
  /** A page of those that are not blank, in an order that tells nothing. @throws DomainError `exam-not-closed` */
  list(actor: StaffActor, exam: string, after?: string): Promise<EssayList>;
  /** One with its rubric; reading it is on the record. @throws DomainError `not-found` */
  read(actor: StaffActor, exam: string, essay: string): Promise<EssayToMark>;
  /**
   * Gives points for every criterion, until the exam is graded.
   *
   * @throws DomainError `essay-points` when they are not within the rubric; `essay-mark-conflict` when somebody else was
   *   faster; `exam-not-closed`
   */
  mark(actor: StaffActor, exam: string, essay: string, marking: EssayMarking): Promise<EssayMarked>;
}

interface Found {
  essay: string;
  attempt: string;
  slot: number;
  answer: SheetEntry;
  text: string;
  mark: EssayMark | null;
  version: number;
}

const CHUNK = 100;
const PAGE = 200;
const ID_LENGTH = 22;

/** Whether a person may have something to mark in an exam; a cell that lists its items does not name their kind. */
function mayHaveEssays({ blueprint }: ExamRecord): boolean {
  const cells = blueprint?.parts.flatMap((part) => part.cells) ?? [];
  return cells.some((cell) => !('kind' in cell) || cell.kind === 'essay');
}

/** How many essays of an exam are not blank and have no mark. */
export async function countUnmarked(
  deps: Omit<EssayDeps, 'audit' | 'clock'>,
  exam: ExamRecord,
): Promise<number> {
  let count = 0;
  for await (const { mark } of essaysOf(deps, exam)) if (!mark) count++;
  return count;
}

/** Ids say nothing of whose an essay is to anybody without the exam's marking keys. */
async function essayIds({ keyring }: Pick<EssayDeps, 'keyring'>, exam: string) {
  const key = await keyring.derive(`exam/${exam}/marking`, 'essay-ids');
  return (attempt: string, slot: number) =>
    Buffer.from(hmac(key, essayMarkId(attempt, slot)))
      .toString('base64url')
      .slice(0, ID_LENGTH);
}

/** Every essay that counts and is not blank, or only the one with this id. */
async function* essaysOf(
  deps: Pick<EssayDeps, 'store' | 'keyring' | 'tenant' | 'sources'>,
  exam: ExamRecord,
  only?: string,
): AsyncGenerator<Found> {
  if (!mayHaveEssays(exam)) return;
  const idOf = await essayIds(deps, exam._id);
  let places: { essay: string; attempt: string; slot: number }[] = [];
  for await (const { attempt } of eachDocument(deps.store, 'candidates', {
    index: 'by_number',
    equals: [exam._id],
  })) {
    const paper = await deps.store.get('papers', attempt);
    const slots = (paper?.kinds ?? []).flatMap((kind, slot) => (kind === 'essay' ? [slot] : []));
    const found = slots.map((slot) => ({ essay: idOf(attempt, slot), attempt, slot }));
    places.push(...found.filter(({ essay }) => only === undefined || essay === only));
    if (places.length < CHUNK) continue;
    yield* await opened(deps, exam, places);
    places = [];
  }
  yield* await opened(deps, exam, places);
}

async function opened(
  deps: Pick<EssayDeps, 'store' | 'keyring' | 'tenant' | 'sources'>,
  exam: ExamRecord,
  places: readonly { essay: string; attempt: string; slot: number }[],
): Promise<Found[]> {
  const attempts = [...new Set(places.map(({ attempt }) => attempt))];
  const sheets = await deps.sources.sheets(exam._id, attempts);
  const answers = new Map(sheets.map(({ sheet }) => [sheet.attempt, sheet.answers]));
  const needless = await uncountedEssays(deps, exam, sheets);
  const marks = await openMarks(
    deps,
    places.map(({ attempt, slot }) => essayMarkId(attempt, slot)),
  );
  return places.flatMap((place, i) => {
    const answer = answers.get(place.attempt)?.find(({ slot }) => slot === place.slot);
    const text = essayText(answer);
    if (!answer || text === null || needless.has(essayMarkId(place.attempt, place.slot))) return [];
    const known = marks[i];
    const mark = known && isOf(known.mark, answer) ? known.mark : null;
    return [{ ...place, answer, text, mark, version: known?.v ?? 0 }];
  });
}

/** Slots that do not count, where candidates choose what they answer: nobody has to mark what stands there. */
async function uncountedEssays(
  { sources }: Pick<EssayDeps, 'sources'>,
  { _id: exam, blueprint, markingPolicy: name }: ExamRecord,
  sheets: readonly SheetVersion[],
): Promise<Set<string>> {
  const policy = markingPolicy(name);
  if (!blueprint || !policy || !hasElectives(blueprint)) return new Set();
  const papers = await sources.papers(
    exam,
    sheets.map(({ sheet }) => sheet.attempt),
  );
  const ids = sheets.flatMap(({ sheet }, i) => {
    const counted = countedOf(blueprint, papers[i] ?? { slots: [] }, sheet, policy);
    return [...(counted?.uncounted.keys() ?? [])].map((slot) => essayMarkId(sheet.attempt, slot));
  });
  return new Set(ids);
}

export function createEssays(deps: EssayDeps): Essays {
  const { store, audit, clock, sources } = deps;

  async function find(exam: ExamRecord, essay: string): Promise<Found> {
    for await (const found of essaysOf(deps, exam, essay)) return found;
    throw new DomainError('not-found', 404);
  }

  /** The item of an essay. */
  async function itemOf(exam: ExamRecord, { attempt, slot }: Found) {
    const [paper] = await sources.papers(exam._id, [attempt]);
    const place = paper?.slots[slot];
    if (!place) throw new DomainError('not-found', 404);
    const { content, key } = (await sources.items(exam))(place.item, place.version);
    return { content: content as EssayContent, key: key as EssayKey };
  }

  return {
    async list(actor, id, after = '') {
      const exam = await ownExam(store, actor, id);
      requireReached(exam, 'closed');
      const lines: EssayLine[] = [];
      for await (const { essay, text, mark } of essaysOf(deps, exam))
        lines.push({ essay, words: countWords(text), isMarked: mark !== null });
      lines.sort((a, b) => (a.essay < b.essay ? -1 : 1));
      const rest = lines.filter(({ essay }) => essay > after);
      const essays = rest.slice(0, PAGE);
      const last = essays.at(-1)?.essay;
      const marked = lines.filter(({ isMarked }) => isMarked).length;
      const isMore = rest.length > PAGE && last !== undefined;
      return { total: lines.length, marked, essays, ...(isMore && { next: last }) };
    },

    async read(actor, id, essay) {
      const exam = await ownExam(store, actor, id);
      requireReached(exam, 'closed');
      const found = await find(exam, essay);
      const { content, key } = await itemOf(exam, found);
      await store.commit([audit.entry(actor, 'essay.read', `exam:${id}`, { essay })]);
      audit.poke();
      const { stem, minWords, maxWords } = content;
      const { text, mark, version } = found;
      return {
        essay,
        stem,
        text,
        words: countWords(text),
        ...(minWords !== undefined && { minWords }),
        ...(maxWords !== undefined && { maxWords }),
        criteria: key.criteria,
        version,
        ...(mark && { points: mark.points }),
        ...(mark?.comment !== undefined && { comment: mark.comment }),
      };
    },

    async mark(actor, id, essay, { version, points, comment }) {
      await ownExam(store, actor, id);
      return onExam(store, id, async (exam) => {
        requireState(exam, 'closed');
        const found = await find(exam, essay);
        const { key } = await itemOf(exam, found);
        if (!isWithin(key, points)) throw new DomainError('essay-points', 422);
        if (version !== found.version) throw new DomainError('essay-mark-conflict', 409);
        const { epoch, seq } = found.answer;
        const mark = { epoch, seq, points, ...(comment !== undefined && { comment }) };
        const given = { ...mark, by: actor.user, at: clock.now() };
        const markId = essayMarkId(found.attempt, found.slot);
        const total = Object.values(points).reduce((sum, one) => sum + one, 0);
        const data = { essay, version: version + 1, points: total };
        // A grading that has read the mark before does not end with it: the exam gets a new version.
        await store
          .commit([
            await markWrite(deps, id, markId, given, version),
            examWrite(exam, {}),
            audit.entry(actor, 'essay.mark', `exam:${id}`, data),
          ])
          .catch((error: unknown) => {
            throw isFaster(error) ? new DomainError('essay-mark-conflict', 409) : error;
          });
        audit.poke();
        const [saved] = await store.getMany('essayMarks', [markId]);
        return { version: saved?.v ?? 0 };
      });
    },
  };
}

/** Somebody else has given a mark meanwhile. */
function isFaster(error: unknown): boolean {
  return error instanceof Duplicate || (error instanceof Conflict && error.collection === 'essayMarks');
}
