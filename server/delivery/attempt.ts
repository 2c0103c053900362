import type { AnswerSheet, ItemKindName, PlayRule } from '#bank/protocol';
import type { Journal, Position } from '#server/storage';
import { AnswerBook } from './answer-book.ts';
import { Answer, isSummary } from './answer.ts';
import { Chunks } from './chunks.ts';
import { NEW_ATTEMPT, reduceAttempt, type AttemptState } from './attempt-state.ts';
import { bookOf, stateOf } from './from-sheet.ts';
import { Rates, type CandidateRates } from './rates.ts';
import type { AnswerData, AttemptRecord } from './records.ts';

/** What delivery may know of a paper: whose it is and what its answers may look like, but no content. */
export interface PaperShape {
  exam: string;
  candidate: string;
  paperHash: string;
  kinds: readonly ItemKindName[];
  partCounts: readonly number[];
  /** Ids of the branches of which the candidate chooses one: the answer to the slot behind the last. */
  branches: readonly string[];
  /** First slot of every section after the first. */
  firstSlots: readonly number[];
  /** Absent where it has no recordings. */
  media?: readonly PlayRule[];
}

/** What every attempt needs of the server. */
export interface AttemptPorts {
  journal: Pick<Journal, 'append'>;
  rates: CandidateRates;
}

/**
 * One attempt in memory: everything here follows from its paper and its records in the journal, or, once its exam has
 * closed, from its newest sheet and what came late since.
 *
 * A class, because there are tens of thousands of them on the way of every answer: getters in an object literal would
 * give each a shape of its own, and no access to one of them could be compiled for all.
 */
export class Attempt {
  readonly id: string;
  readonly paper: PaperShape;
  readonly rates: Rates;
  readonly book: AnswerBook;
  /** Chunks on the record whose answer is not. */
  readonly chunks = new Chunks();
  readonly #journal: AttemptPorts['journal'];
  #state: AttemptState;
  #firstPosition: Position | null = null;
  /** The end of the last piece of work; null when none runs. */
  #last: Promise<void> | null = null;

  constructor(id: string, paper: PaperShape, ports: AttemptPorts, sheet: AnswerSheet | null = null) {
    this.id = id;
    this.paper = paper;
    this.rates = new Rates(ports.rates);
    this.book = sheet ? bookOf(sheet) : new AnswerBook();
    this.#journal = ports.journal;
    this.#state = sheet ? stateOf(sheet) : NEW_ATTEMPT;
  }

  get state(): AttemptState {
    return this.#state;
  }

  /** Position of its first record; null while there is none, and once it is on a sheet. */
  get firstPosition(): Position | null {
    return this.#firstPosition;
  }

  /** Runs one piece of work after the other, so that no two of them decide on the same state; at once when none runs. */
  run<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#last ? this.#last.then(work) : begin(work);
    const over = () => {
      if (this.#last === turn) this.#last = null;
    };
    const turn = result.then(over, over);
    this.#last = turn;
    return result;
  }

  /**
   * Appends records, and takes them in once they are durable. Only from within `run`.
   *
   * @returns what `then` gives, once they are taken in
   * @throws DomainError `illegal-transition` before anything is written
   * @throws Unavailable when they could not be made durable
   */
  record(records: readonly AttemptRecord[]): Promise<void>;
  record<T>(records: readonly AttemptRecord[], then: () => T): Promise<T>;
  record<T>(records: readonly AttemptRecord[], then?: () => T) {
    let next = this.#state;
    for (const record of records) next = reduceAttempt(next, record);
    return this.#journal.append(records).then((positions) => {
      for (const [index, record] of records.entries()) this.apply(record, positions[index] ?? 0);
      return then?.();
    });
  }

  /** Takes in a record that is durable already. */
  apply(record: AttemptRecord, position: Position): void {
    this.#firstPosition ??= position;
    this.#state = reduceAttempt(this.#state, record);
    const { book, chunks } = this;
    if (record.type === 'chunk') chunks.add(record.data, record.at);
    else if (record.type === 'lease') {
      book.beginEpoch(record.data.epoch);
      chunks.forgetBefore(record.data.epoch);
    } else if (record.type === 'answer') book.record(wholeOf(record.data, chunks), record.at);
    else if (record.type === 'late') book.hold(Answer.of(record.data), record.data.reason === 'section-over');
    if (record.type === 'answer' || record.type === 'late') chunks.forget(record.data);
  }
}

function begin<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}

/** An answer from the record, put together of the chunks before it. */
function wholeOf(data: AnswerData, chunks: Chunks): Answer {
  if (data instanceof Answer || !isSummary(data.response)) return Answer.of(data);
  const { epoch, seq, slot, response } = data;
  return new Answer(epoch, seq, slot, response, chunks.whole(data, response.k));
}
