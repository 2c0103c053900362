import type { ItemKindName } from '#bank/protocol';
import { DomainError, type AnswerSheet } from '#bank/protocol';
import { retiredOf, type Journal, type Position, type Store, type Stored } from '#server/storage';
import { AnswerBook } from './answer-book.ts';
import { Answer, isSummary } from './answer.ts';
import { Chunks } from './chunks.ts';
import { NEW_ATTEMPT, reduceAttempt, type AttemptState } from './attempt-state.ts';
import { bookOf, stateOf } from './from-sheet.ts';
import { createRates, type CandidateRates, type Rates } from './rates.ts';
import { readRecord, type AnswerData, type AttemptRecord } from './records.ts';
import { lateOf } from './sheet.ts';

/** What delivery may know of a paper: whose it is and what its answers may look like, but no content. */
export interface PaperShape {
  exam: string;
  candidate: string;
  paperHash: string;
  kinds: readonly ItemKindName[];
  partCounts: readonly number[];
  /** First slot of every section after the first. */
  firstSlots: readonly number[];
}

/**
 * One attempt in memory: everything here follows from its paper and its records in the journal, or, once its exam has
 * closed, from its newest sheet and what came late since.
 */
export interface Attempt {
  readonly id: string;
  readonly paper: PaperShape;
  readonly rates: Rates;
  readonly book: AnswerBook;
  /** Chunks on the record whose answer is not. */
  readonly chunks: Chunks;
  readonly state: AttemptState;
  /** Position of its first record; null while there is none, and once it is on a sheet. */
  readonly firstPosition: Position | null;
  /** Runs one piece of work after the other, so that no two of them decide on the same state; at once when none runs. */
  run<T>(work: () => T | Promise<T>): Promise<T>;
  /**
   * Appends records, and takes them in once they are durable. Only from within `run`.
   *
   * @returns what `then` gives, once they are taken in
   * @throws DomainError `illegal-transition` before anything is written
   * @throws Unavailable when they could not be made durable
   */
  record(records: readonly AttemptRecord[]): Promise<void>;
  record<T>(records: readonly AttemptRecord[], then: () => T): Promise<T>;
  /** Takes in a record that is durable already. */
  apply(record: AttemptRecord, position: Position): void;
}

export interface Attempts {
  /** Finds an attempt, or rebuilds it. @throws DomainError `not-found` */
  get(id: string): Promise<Attempt>;
  /** The attempt if it is in memory. */
  inMemory(id: string): Attempt | undefined;
  /** Those in memory. */
  known(): Iterable<Attempt>;
  /**
   * Reads the journal once for all these papers; gives the time of its last record, 0 when there is none.
   *
   * @throws when its beginning is missing and was not retired
   */
  restore(papers: readonly Stored<'papers'>[]): Promise<number>;
}

interface AttemptsDeps {
  store: Store;
  journal: Journal;
  rates: CandidateRates;
  /** The newest answer sheet of an attempt; null when there is none yet. */
  sheetOf(exam: string, attempt: string): Promise<AnswerSheet | null>;
}

/** Forms that are kept; an exam with more of them keeps the rest with each attempt. */
const MOST_FORMS = 1000;

export function createAttempts({ store, journal, rates, sheetOf }: AttemptsDeps): Attempts {
  const attempts = new Map<string, Promise<Attempt>>();
  const loaded = new Map<string, Attempt>();
  const formOf = createForms();

  function shapeOf(paper: Stored<'papers'>): PaperShape {
    const { exam, candidate, certificate } = paper;
    return { exam, candidate, ...formOf(paper), paperHash: certificate.paperHash };
  }

  function keep(paper: Stored<'papers'>): Attempt {
    const attempt = createAttempt(paper._id, shapeOf(paper), { journal, rates });
    attempts.set(attempt.id, Promise.resolve(attempt));
    loaded.set(attempt.id, attempt);
    return attempt;
  }

  async function load(id: string): Promise<Attempt> {
    const paper = await store.get('papers', id);
    if (!paper) throw new DomainError('not-found', 404);
    const shape = shapeOf(paper);
    // in this order: a record leaves the journal only when it is on a sheet
    const records = (await journal.read(id)).map(readRecord);
    const sheet = await sheetOf(shape.exam, id);
    const attempt = sheet
      ? createAttempt(id, shape, { journal, rates }, { ...sheet, late: lateOf(sheet, records) })
      : createAttempt(id, shape, { journal, rates });
    if (!sheet) for (const record of records) attempt.apply(record, record.position);
    loaded.set(id, attempt);
    return attempt;
  }

  return {
    get(id) {
      const known = attempts.get(id);
      if (known) return known;
      const loading = load(id);
      attempts.set(id, loading);
      loading.catch(() => attempts.delete(id));
      return loading;
    },
    inMemory: (id) => loaded.get(id),
    known: () => loaded.values(),
    async restore(papers) {
      for (const paper of papers) keep(paper);
      const first = ((await retiredOf(store))?.position ?? 0) + 1;
      let lastAt = 0;
      let next: Position | null = null;
      for await (const record of journal.replay(1)) {
        if (next === null) requireBeginning(record.position, first);
        next = record.position + 1;
        lastAt = record.at;
        try {
          loaded.get(record.attempt)?.apply(readRecord(record), record.position);
        } catch (error) {
          throw new Error(
            `Record ${record.position} of the journal does not follow from the records before it. ` +
              'Journal and database are not of the same time; put back both from one backup, then start again.',
            { cause: error },
          );
        }
      }
      if (next === null) requireBeginning(journal.head() + 1, first);
      return lastAt;
    },
  };
}

/** What is kept may begin earlier than it has to: only whole segments are retired. */
function requireBeginning(found: Position, expected: Position): void {
  if (found <= expected) return;
  throw new Error(
    `The journal begins at record ${found}, but only records before ${expected} were retired. ` +
      'Older segment files are missing; put them back, then start again.',
  );
}

function createAttempt(
  id: string,
  paper: PaperShape,
  { journal, rates }: Pick<AttemptsDeps, 'journal' | 'rates'>,
  sheet: AnswerSheet | null = null,
): Attempt {
  const book = sheet ? bookOf(sheet) : new AnswerBook();
  let state = sheet ? stateOf(sheet) : NEW_ATTEMPT;
  const chunks = new Chunks();
  let firstPosition: Position | null = null;
  /** The end of the last piece of work; null when none runs. */
  let last: Promise<void> | null = null;

  function apply(record: AttemptRecord, position: Position): void {
    firstPosition ??= position;
    state = reduceAttempt(state, record);
    if (record.type === 'chunk') chunks.add(record.data, record.at);
    else if (record.type === 'lease') {
      book.beginEpoch(record.data.epoch);
      chunks.forgetBefore(record.data.epoch);
    } else if (record.type === 'answer') book.record(wholeOf(record.data, chunks), record.at);
    else if (record.type === 'late') book.hold(Answer.of(record.data), record.data.reason === 'section-over');
    if (record.type === 'answer' || record.type === 'late') chunks.forget(record.data);
  }

  return {
    id,
    paper,
    book,
    chunks,
    rates: createRates(rates),
    get state() {
      return state;
    },
    get firstPosition() {
      return firstPosition;
    },
    run(work) {
      const result = last ? last.then(work) : begin(work);
      const turn = result.then(over, over);
      last = turn;
      function over(): void {
        if (last === turn) last = null;
      }
      return result;
    },
    record<T>(records: readonly AttemptRecord[], then?: () => T) {
      let next = state;
      for (const record of records) next = reduceAttempt(next, record);
      return journal.append(records).then((positions) => {
        for (const [index, record] of records.entries()) apply(record, positions[index] ?? 0);
        return then?.();
      });
    },
    apply,
  };
}

/** An answer from the record, put together of the chunks before it. */
function wholeOf(data: AnswerData, chunks: Chunks): Answer {
  if (data instanceof Answer || !isSummary(data.response)) return Answer.of(data);
  const { epoch, seq, slot, response } = data;
  return new Answer(epoch, seq, slot, response, chunks.whole(data, response.k));
}

function begin<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}

type PaperForm = Pick<PaperShape, 'kinds' | 'partCounts' | 'firstSlots'>;

/** Keeps each form of a paper once: those of an exam are alike, and there may be tens of thousands of them. */
function createForms(): (paper: Stored<'papers'>) => PaperForm {
  const forms = new Map<string, PaperForm>();
  return ({ kinds, partCounts, later = [] }) => {
    const firstSlots = later.map(({ firstSlot }) => firstSlot);
    const name = `${kinds.join()};${partCounts.join()};${firstSlots.join()}`;
    const known = forms.get(name);
    if (known) return known;
    const form = { kinds, partCounts, firstSlots };
    if (forms.size < MOST_FORMS) forms.set(name, form);
    return form;
  };
}
