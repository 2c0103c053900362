import {
  DomainError,
  type Actor,
  type CandidateResult,
  type GradeSummary,
  type ResultTable,
} from '#bank/protocol';
import type { Audit } from '#server/audit';
import {
  advance,
  createFormReader,
  type ExamRecord,
  hasReached,
  ownExam,
  requireReached,
} from '#server/exams';
import type { Clock, Jobs, JobView, Progress } from '#server/http';
import type { Keyring } from '#server/keys';
import type { Store } from '#server/storage';
import { createEssays, type Essays } from './essays.ts';
import { writeCsv } from './export-csv.ts';
import { writeXlsx } from './export-xlsx.ts';
import { gradeExam, prepare } from './grading.ts';
import type { LateDeps } from './late-answers.ts';
import { readCandidateResult, readTable } from './results-reader.ts';
import { hexDigest } from './result.ts';
import { createSources } from './sources.ts';

interface MarkingDeps {
  store: Store;
  /** Holds contents and keys of items, papers and results of exams, answer sheets, and names. */
  keyring: Keyring;
  audit: Audit;
  clock: Clock;
  tenant: string;
  jobs: Jobs;
  late: LateDeps['late'];
}

export type ExportFormat = 'xlsx' | 'csv';

interface ExportedFile {
  bytes: Uint8Array;
  name: string;
  type: string;
}

/** From answer sheets to marks, from marks to released results. */
export interface Marking {
  /**
   * closed → graded. Repeating it gives the same summary. `signal` cancels between two chunks.
   * @throws DomainError `exam-not-closed`, `late-undecided`, `essays-unmarked`, `marking-unreadable`, `marking-not-repeatable`, `conflict`
   */
  grade(
    actor: Actor,
    exam: string,
    options?: { progress?: Progress; signal?: AbortSignal },
  ): Promise<GradeSummary>;
  /** Checks that the exam can be graded and grades it as a job of the caller, whose result is the summary. */
  startGrading(actor: Extract<Actor, { kind: 'staff' }>, exam: string): Promise<JobView>;
  /** What persons mark. */
  readonly essays: Essays;
  /** graded → released; repeating it changes nothing. */
  release(actor: Actor, exam: string): Promise<{ state: 'released' }>;
  /** One page of marks with names, by candidate number; reading it is on the record. */
  resultTable(actor: Actor, exam: string, page?: { limit?: number; after?: string }): Promise<ResultTable>;
  /** The whole table as a file, on the record with the SHA-256 of its bytes. */
  exportResults(actor: Actor, exam: string, format: ExportFormat): Promise<ExportedFile>;
  /** The candidate's own result, once released. */
  candidateResult(actor: Extract<Actor, { kind: 'candidate' }>): Promise<CandidateResult>;
}

const PAGE = 100;
const EXPORT_PAGE = 500;
/** Media types of the files. */
export const RESULT_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

export function createMarking(deps: MarkingDeps): Marking {
  const { store, audit, clock, jobs } = deps;
  const grading = { ...deps, sources: createSources(deps) };
  const reading = { ...deps, formsOf: createFormReader(store) };

  /** An exam of the actor's whose results exist. */
  async function gradedExam(actor: Actor, id: string): Promise<ExamRecord> {
    const exam = await ownExam(store, actor, id);
    requireReached(exam, 'graded');
    return exam;
  }

  async function wholeTable(exam: ExamRecord): Promise<ResultTable> {
    const table = await readTable(reading, exam, { limit: EXPORT_PAGE });
    while (table.next !== undefined) {
      const more = await readTable(reading, exam, { limit: EXPORT_PAGE, after: table.next });
      table.rows.push(...more.rows);
      if (more.next === undefined) delete table.next;
      else table.next = more.next;
    }
    return table;
  }

  return {
    essays: createEssays(grading),

    async grade(actor, id, options = {}) {
      return gradeExam(grading, actor, await ownExam(store, actor, id), options);
    },

    async startGrading(actor, id) {
      const exam = await ownExam(store, actor, id);
      requireReached(exam, 'closed');
      if (!hasReached(exam, 'graded')) await prepare(grading, exam);
      return jobs.start(actor.user, 'grade', async (progress, signal) => {
        return gradeExam(grading, actor, await ownExam(store, actor, id), { progress, signal });
      });
    },

    async release(actor, id) {
      await gradedExam(actor, id);
      await advance(deps, actor, id, { to: 'released', action: 'exam.release' });
      return { state: 'released' };
    },

    async resultTable(actor, id, { limit = PAGE, after } = {}) {
      const exam = await gradedExam(actor, id);
      const table = await readTable(reading, exam, { limit, after });
      await store.commit([audit.entry(actor, 'result.list', `exam:${id}`, { count: table.rows.length })]);
      audit.poke();
      return table;
    },

    async exportResults(actor, id, format) {
      const exam = await gradedExam(actor, id);
      const table = await wholeTable(exam);
      const bytes = format === 'xlsx' ? await writeXlsx(table, clock.now()) : writeCsv(table);
      const data = { format, count: table.rows.length, digest: hexDigest(bytes) };
      await store.commit([audit.entry(actor, 'result.export', `exam:${id}`, data)]);
      audit.poke();
      return { bytes, name: `bang-diem-${exam.code}.${format}`, type: RESULT_TYPES[format] };
    },

    async candidateResult(actor) {
      const exam = await store.get('exams', actor.exam);
      if (!exam) throw new DomainError('not-found', 404);
      return readCandidateResult(deps, exam, actor.attempt);
    },
  };
}
