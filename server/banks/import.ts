import {
  DomainError,
  type Actor,
  type ImportCounts,
  type ImportRowList,
  type ImportRowsQuery,
  type ImportStarted,
  type ImportView,
  type Language,
  type Level,
} from '#bank/protocol';
import { newId } from '#bank/vault';
import type { QuestionOptions } from '#bank/formats';
import { workOnFile } from '#server/files';
import type { Progress, Upload } from '#server/http';
import { Conflict, type Documents, type Stored, type Write } from '#server/storage';
import { requireRole, staffId, type BankRecord } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';
import { applyImport } from './import-apply.ts';
import { compareRows, countRows, itemsByCode } from './import-compare.ts';
import { createImportRows, type StagedRow } from './import-rows.ts';
import { importView, rowView } from './import-view.ts';
import type { ItemBoxes } from './item-boxes.ts';

type ImportRecord = Stored<'imports'>;

/** A preview that nobody took over is forgotten after this. */
const KEEP_MS = 24 * 60 * 60 * 1000;
const NO_COUNTS: ImportCounts = { rows: 0, warnings: 0, refused: 0, added: 0, changed: 0, same: 0 };
const SYSTEM: Actor = { kind: 'system' };

export interface ImportInput {
  file: Upload;
  /** For questions that name none. */
  topic?: string;
  level?: Level;
  language: Language;
}

/** Files of questions: read as a preview, looked at, taken over or dropped. */
export function createImportVerbs(deps: BanksDeps, boxes: ItemBoxes) {
  const { store, audit, clock, jobs } = deps;
  const rows = createImportRows(deps);
  /** Imports that this process is taking over. */
  const active = new Set<string>();

  async function ownImport(actor: Actor, bankId: string, id: string): Promise<[BankRecord, ImportRecord]> {
    const bank = await requireRole(store, actor, bankId, 'author');
    const found = await store.get('imports', id);
    if (found?.bank !== bank._id || found.owner !== staffId(actor)) throw new DomainError('not-found', 404);
    return [bank, found];
  }

  function importWrite({ v, ...doc }: ImportRecord, changes: Partial<Documents['imports']>): Write {
    return { op: 'replace', in: 'imports', doc: { ...doc, ...changes }, ifVersion: v };
  }

  /** Reads the file, compares it with the bank and stages the rows. */
  async function preview(
    id: string,
    bank: BankRecord,
    input: ImportInput,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<ImportCounts> {
    const known = await itemsByCode(store, bank._id);
    const options = readingOptions(bank, input, [...known.values()]);
    const { bytes, name } = input.file;
    const result = await workOnFile('readQuestions', { bytes, name, options }, { progress, signal });
    const staged = await compareRows(boxes, bank, result.rows, known);
    const chunks = await rows.stage(id, staged);
    const counts = countRows(staged);
    const record = await store.get('imports', id);
    if (!record) throw new DomainError('not-found', 404);
    const problems = result.problems.map((problem) => problem.code);
    await store.commit([
      importWrite(record, { state: 'ready', format: result.format, counts, chunks, problems }),
    ]);
    return counts;
  }

  async function remove(record: ImportRecord, entry?: Write): Promise<void> {
    const deleted: Write = { op: 'delete', in: 'imports', id: record._id, ifVersion: record.v };
    await rows.remove(record._id);
    await store.commit(entry ? [deleted, entry] : [deleted]);
  }

  /** Takes over what is staged; from `committing` on it is carried through, by the next process if need be. */
  async function carryThrough(actor: Actor, record: ImportRecord, progress: Progress): Promise<ImportCounts> {
    const bank = await store.get('banks', record.bank);
    if (!bank) throw new DomainError('not-found', 404);
    active.add(record._id);
    try {
      const tally = await applyImport(deps, boxes, rows, { actor, bank, job: record }, progress);
      const counts = { ...record.counts, ...tally };
      await store.commit([importWrite(record, { state: 'done', counts })]);
      return counts;
    } finally {
      active.delete(record._id);
    }
  }

  /** Forgets previews that nobody took over in time. */
  async function sweep(): Promise<number> {
    const query = { index: 'by_expiry', lte: new Date(clock.now()), limit: 100 };
    const { docs } = await store.range('imports', query);
    const expired = docs.filter(({ state }) => state !== 'committing');
    for (const record of expired) await remove(record);
    return expired.length;
  }

  return {
    /**
     * Begins to read a file, in memory only. Follow the job; then the import is `ready`, or gone when the file
     * cannot be read (the job says why).
     */
    async start(actor: Actor, bankId: string, input: ImportInput): Promise<ImportStarted> {
      const bank = await requireRole(store, actor, bankId, 'author');
      await sweep();
      const id = newId();
      const now = clock.now();
      const doc = {
        _id: id,
        bank: bank._id,
        owner: staffId(actor),
        state: 'reading' as const,
        counts: NO_COUNTS,
        problems: [],
        chunks: 0,
        createdAt: new Date(now),
        expiresAt: new Date(now + KEEP_MS),
      };
      await store.commit([{ op: 'insert', in: 'imports', doc }]);
      const job = jobs.start(doc.owner, 'import.read', async (progress, signal) => {
        try {
          return await preview(id, bank, input, progress, signal);
        } catch (error) {
          const record = await store.get('imports', id);
          if (record) await remove(record);
          throw error;
        }
      });
      return { import: id, job: job.id };
    },

    async get(actor: Actor, bankId: string, id: string, language: Language): Promise<ImportView> {
      const [, record] = await ownImport(actor, bankId, id);
      return importView(record, language);
    },

    /** Rows of the file, at most some hundred at a time; `next` is where to go on. */
    async rows(
      actor: Actor,
      bankId: string,
      id: string,
      { status, after = 0 }: ImportRowsQuery,
      language: Language,
    ): Promise<ImportRowList> {
      const [, { chunks }] = await ownImport(actor, bankId, id);
      let chunk = after;
      let shown: StagedRow[] = [];
      for (; chunk < chunks && shown.length === 0; chunk++) {
        const staged = await rows.read(id, chunk);
        shown = staged.filter((row) => status === undefined || row.status === status);
      }
      return {
        rows: shown.map((row) => rowView(row, language)),
        ...(chunk < chunks && { next: chunk }),
      };
    },

    /**
     * Takes every row over that is not refused. Repeating it changes nothing.
     *
     * @throws DomainError `import-not-ready`
     */
    async commit(actor: Actor, bankId: string, id: string): Promise<ImportStarted> {
      const [bank, record] = await ownImport(actor, bankId, id);
      if (record.state === 'reading' || record.state === 'committing')
        throw new DomainError('import-not-ready', 409);
      const owner = staffId(actor);
      if (record.state === 'done') {
        const told = jobs.start(owner, 'import.commit', () => Promise.resolve(record.counts));
        return { import: id, job: told.id };
      }
      const { added, changed, refused } = record.counts;
      const data = { import: id, added, changed, refused };
      try {
        await store.commit([
          importWrite(record, { state: 'committing' }),
          audit.entry(actor, 'import.commit', `bank:${bank._id}`, data),
        ]);
      } catch (error) {
        throw error instanceof Conflict ? new DomainError('import-not-ready', 409) : error;
      }
      audit.poke();
      const committing: ImportRecord = { ...record, state: 'committing', v: record.v + 1 };
      const job = jobs.start(owner, 'import.commit', (progress) => carryThrough(actor, committing, progress));
      return { import: id, job: job.id };
    },

    /** Drops a preview. */
    async discard(actor: Actor, bankId: string, id: string): Promise<void> {
      const [bank, record] = await ownImport(actor, bankId, id);
      if (record.state === 'committing') throw new DomainError('import-not-ready', 409);
      await remove(record, audit.entry(actor, 'import.discard', `bank:${bank._id}`, { import: id }));
      audit.poke();
    },

    /**
     * Housekeeping, after a start and every now and then: carries imports through whose process died while taking
     * them over, and forgets old previews.
     */
    async recover(): Promise<{ resumed: number; swept: number }> {
      const query = { index: 'by_state', equals: ['committing'], limit: 100 };
      const { docs } = await store.range('imports', query);
      const left = docs.filter(({ _id }) => !active.has(_id));
      for (const record of left) await carryThrough(SYSTEM, record, () => undefined);
      return { resumed: left.length, swept: await sweep() };
    },
  };
}

function readingOptions(
  bank: BankRecord,
  { topic, level, language }: ImportInput,
  items: readonly Stored<'items'>[],
): Omit<QuestionOptions, 'checkFormula' | 'progress'> {
  const descriptions = items.filter(({ kind, status }) => kind === 'description' && status !== 'retired');
  return {
    ...(bank.topics.length > 0 && { topics: bank.topics }),
    descriptions: descriptions.map(({ code }) => code),
    defaults: { ...(topic !== undefined && { topic }), ...(level !== undefined && { level }) },
    language,
  };
}
