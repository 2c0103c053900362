import { hashJson, type Paper } from '#bank/assembly';
import { markingPolicy, type MarkingPolicy } from '#bank/marks';
import { DomainError, type Actor, type GradeSummary } from '#bank/protocol';
import type { Audit } from '#server/audit';
import { lateTotals, type SheetVersion } from '#server/delivery';
import { advance, hasReached, requireReached, type ExamRecord } from '#server/exams';
import type { Progress } from '#server/http';
import type { Keyring } from '#server/keys';
import { Conflict, Duplicate, eachDocument, type Store, type Write } from '#server/storage';
import { essayMarkId, openMarks, type EssayMark } from './essay-marks.ts';
import { countUnmarked } from './essays.ts';
import { requireDecided, type LateDeps } from './late-answers.ts';
import { markAttempt, type FindItem } from './mark-attempt.ts';
import { encodeResult, resultContext, type EncodedResult } from './result.ts';
import type { Sources } from './sources.ts';

interface GradingDeps extends LateDeps {
  store: Store;
  keyring: Keyring;
  audit: Audit;
  tenant: string;
  sources: Sources;
}

/** Attempts marked and committed at once; with the assertion well below the Store's chunk of 500 writes. */
const CHUNK = 200;
/** Another grading of the same exam may commit the same chunk first; each round then finds less to write. */
const ROUNDS = 10;

/** Every attempt of an exam, sorted by id. */
async function attemptsOf(store: Store, exam: string): Promise<string[]> {
  const attempts: string[] = [];
  const candidates = eachDocument(store, 'candidates', { index: 'by_number', equals: [exam] });
  for await (const { attempt } of candidates) attempts.push(attempt);
  return attempts.sort();
}

/** A candidate is absent whose attempt never began, unless something that came late counts. */
function isAbsent({ sheet }: SheetVersion): boolean {
  const { counted } = lateTotals(sheet.rulings ?? []);
  return counted === 0 && !sheet.transitions.some((transition) => transition.to === 'started');
}

/** What persons gave for the essays of an attempt, by slot. */
async function marksOf(deps: GradingDeps, attempt: string, paper: Paper): Promise<Map<number, EssayMark>> {
  const slots = paper.slots.flatMap(({ kind }, slot) => (kind === 'essay' ? [slot] : []));
  if (slots.length === 0) return new Map();
  const marks = await openMarks(
    deps,
    slots.map((slot) => essayMarkId(attempt, slot)),
  );
  return new Map(slots.flatMap((slot, i) => (marks[i] ? [[slot, marks[i].mark] as const] : [])));
}

/** Marks a chunk from its sealed sources; who is absent has no result unless the policy says so. */
async function markChunk(
  deps: GradingDeps,
  exam: ExamRecord,
  attempts: readonly string[],
  find: FindItem,
  policy: MarkingPolicy,
): Promise<EncodedResult[]> {
  const { sources } = deps;
  const newest = await sources.sheets(exam._id, attempts);
  const marked = newest.filter((one) => policy.absent === 'zero' || !isAbsent(one));
  const papers = await sources.papers(
    exam._id,
    marked.map(({ sheet }) => sheet.attempt),
  );
  return Promise.all(
    marked.map(async ({ version, sheet }, i) => {
      const paper = papers[i] ?? { slots: [] };
      const marks = await marksOf(deps, sheet.attempt, paper);
      const { attempt } = sheet;
      const whose = { exam: exam._id, attempt, blueprint: exam.blueprint ?? { parts: [] } };
      return encodeResult(
        markAttempt({ ...whose, paper, sheet, sheetVersion: version, marks }, find, policy),
      );
    }),
  );
}

function countDifferences(first: readonly EncodedResult[], second: readonly EncodedResult[]): number {
  const differs = first.filter((result, i) => !second[i]?.bytes.equals(result.bytes)).length;
  return differs + Math.abs(first.length - second.length);
}

/** Digest of all results of an exam: what is graded is what is released. */
function digestOf(results: readonly { attempt: string; digest: string }[]): string {
  const sorted = [...results].sort((a, b) => (a.attempt < b.attempt ? -1 : 1));
  return hashJson(sorted.map(({ attempt, digest }) => [attempt, digest]));
}

/**
 * Writes what of these results is not staged yet, as long as the exam waits to be graded: once a grading has
 * published, nothing is written any more.
 */
async function stage(
  { store, keyring, tenant }: GradingDeps,
  id: string,
  results: readonly EncodedResult[],
): Promise<void> {
  for (let round = 0; ; round++) {
    const exam = await store.get('exams', id);
    if (exam?.state !== 'closed') return;
    const staged = await store.getMany(
      'results',
      results.map((result) => result.attempt),
    );
    const writes: Write[] = [];
    for (const [i, { attempt, bytes, digest }] of results.entries()) {
      const old = staged[i];
      if (old?.digest === digest) continue;
      const result = await keyring.seal(`exam/${id}/marking`, resultContext(tenant, attempt), bytes);
      const doc = { _id: attempt, exam: id, result, digest };
      writes.push(
        old ? { op: 'replace', in: 'results', doc, ifVersion: old.v } : { op: 'insert', in: 'results', doc },
      );
    }
    if (writes.length === 0) return;
    try {
      await store.commit([...writes, { op: 'assert', in: 'exams', id, version: exam.v }]);
      return;
    } catch (error) {
      if (!isRace(error) || round >= ROUNDS) throw error;
    }
  }
}

function isRace(error: unknown): boolean {
  return error instanceof Conflict || error instanceof Duplicate;
}

/** Tells on the record that marking was not repeatable, and refuses. */
async function alarm(
  { store, audit }: GradingDeps,
  actor: Actor,
  exam: string,
  count: number,
): Promise<never> {
  await store.commit([audit.entry(actor, 'exam.gradeMismatch', `exam:${exam}`, { count })]);
  audit.poke();
  throw new DomainError('marking-not-repeatable', 500, { count });
}

/** What the grading of a graded exam came to. */
async function summarise(store: Store, exam: ExamRecord): Promise<GradeSummary> {
  const results: { attempt: string; digest: string }[] = [];
  const stored = eachDocument(store, 'results', { index: 'by_exam', equals: [exam._id] });
  for await (const { _id, digest } of stored) results.push({ attempt: _id, digest });
  return summaryOf(exam, exam.candidateCount, results);
}

function summaryOf(
  exam: ExamRecord,
  candidates: number,
  results: readonly { attempt: string; digest: string }[],
): GradeSummary {
  const graded = results.length;
  const digest = digestOf(results);
  return { exam: exam._id, policy: exam.markingPolicy, graded, absent: candidates - graded, digest };
}

/**
 * What a closed exam is graded by, and on how many attempts with late answers its policy now decides.
 *
 * @throws DomainError `marking-policy-unknown`, `late-undecided`, `essays-unmarked`
 */
export async function prepare(
  deps: Omit<GradingDeps, 'audit'>,
  exam: ExamRecord,
): Promise<{ attempts: string[]; policy: MarkingPolicy; undecided: number }> {
  const policy = markingPolicy(exam.markingPolicy);
  if (!policy) throw new DomainError('marking-policy-unknown', 409, { policy: exam.markingPolicy });
  const attempts = await attemptsOf(deps.store, exam._id);
  const undecided = await requireDecided(deps, exam, attempts, policy);
  const count = await countUnmarked(deps, exam);
  if (count > 0) throw new DomainError('essays-unmarked', 409, { count });
  return { attempts, policy, undecided };
}

/**
 * Grades a closed exam: every attempt is marked twice, from sources opened twice, and the bytes are compared
 * before anything is staged; the last commit moves the exam to `graded`, and only
 * then do the staged results count. A repetition gives the same summary and
 * writes nothing; a grading that was cancelled or killed is simply begun again. It ends only on the sheets with which
 * it began: a decision on late answers in between refuses it.
 *
 * @throws DomainError `late-undecided`, `essays-unmarked`, `conflict`
 */
export async function gradeExam(
  deps: GradingDeps,
  actor: Actor,
  exam: ExamRecord,
  { progress, signal }: { progress?: Progress; signal?: AbortSignal } = {},
): Promise<GradeSummary> {
  const { store, sources } = deps;
  requireReached(exam, 'closed');
  if (hasReached(exam, 'graded')) return summarise(store, exam);
  const { attempts, policy, undecided } = await prepare(deps, exam);
  if (undecided > 0) await deps.late.leaveOut(exam._id, attempts, policy.name);
  const ifVersion = (await store.get('exams', exam._id))?.v;
  const first = await sources.items(exam);
  const second = await sources.items(exam);
  const graded: { attempt: string; digest: string }[] = [];
  for (let from = 0; from < attempts.length; from += CHUNK) {
    signal?.throwIfAborted();
    const chunk = attempts.slice(from, from + CHUNK);
    const results = await markChunk(deps, exam, chunk, first, policy);
    const again = await markChunk(deps, exam, chunk, second, policy);
    const differences = countDifferences(results, again);
    if (differences > 0) await alarm(deps, actor, exam._id, differences);
    await stage(deps, exam._id, results);
    graded.push(...results.map(({ attempt, digest }) => ({ attempt, digest })));
    progress?.(from + chunk.length, attempts.length);
  }
  const summary = summaryOf(exam, attempts.length, graded);
  const { policy: name, absent, digest } = summary;
  const data = { policy: name, graded: summary.graded, absent, digest };
  await advance(deps, actor, exam._id, { to: 'graded', action: 'exam.grade', data, ifVersion });
  return summary;
}
