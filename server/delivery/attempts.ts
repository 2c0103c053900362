import { DomainError, type AnswerSheet } from '#bank/protocol';
import { retiredOf, type Journal, type Position, type Store, type Stored } from '#server/storage';
import { Attempt, type PaperShape } from './attempt.ts';
import type { CandidateRates } from './rates.ts';
import { readRecord } from './records.ts';
import { lateOf } from './sheet.ts';

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
  const loaded = new Map<string, Attempt>();
  const loading = new Map<string, Promise<Attempt>>();
  const formOf = createForms();

  function shapeOf(paper: Stored<'papers'>): PaperShape {
    const { exam, candidate, certificate } = paper;
    const media = paper.media?.map(({ pieces: _pieces, ...rule }) => rule);
    return {
      exam,
      candidate,
      ...formOf(paper),
      paperHash: certificate.paperHash,
      ...(media && { media }),
    };
  }

  function keep(attempt: Attempt): Attempt {
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
      ? new Attempt(id, shape, { journal, rates }, { ...sheet, late: lateOf(sheet, records) })
      : new Attempt(id, shape, { journal, rates });
    if (!sheet) for (const record of records) attempt.apply(record, record.position);
    return keep(attempt);
  }

  return {
    get(id) {
      const known = loaded.get(id);
      if (known) return Promise.resolve(known);
      const found = loading.get(id) ?? load(id).finally(() => loading.delete(id));
      loading.set(id, found);
      return found;
    },
    inMemory: (id) => loaded.get(id),
    known: () => loaded.values(),
    async restore(papers) {
      for (const paper of papers) keep(new Attempt(paper._id, shapeOf(paper), { journal, rates }));
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

type PaperForm = Pick<PaperShape, 'kinds' | 'partCounts' | 'branches' | 'firstSlots'>;

/** Keeps each form of a paper once: those of an exam are alike, and there may be tens of thousands of them. */
function createForms(): (paper: Stored<'papers'>) => PaperForm {
  const forms = new Map<string, PaperForm>();
  return ({ kinds, partCounts, branches = [], later = [] }) => {
    const firstSlots = later.map(({ firstSlot }) => firstSlot);
    const name = `${kinds.join()};${partCounts.join()};${branches.join()};${firstSlots.join()}`;
    const known = forms.get(name);
    if (known) return known;
    const form = { kinds, partCounts, branches, firstSlots };
    if (forms.size < MOST_FORMS) forms.set(name, form);
    return form;
  };
}
