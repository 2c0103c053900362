import { answered, totalPoints } from '#bank/blueprint';
import { markingPolicy } from '#bank/marks';
import {
  DomainError,
  type Blueprint,
  type CandidateResult,
  type ResultRow,
  type ResultTable,
} from '#bank/protocol';
import { hasReached, openPerson, type createFormReader, type ExamRecord, type FormOf } from '#server/exams';
import type { Keyring } from '#server/keys';
import { InvalidQuery, type Page, type Store, type Stored } from '#server/storage';
import { readable } from './readable.ts';
import { decodeResult, resultContext, type AttemptResult } from './result.ts';

interface ReaderDeps {
  store: Store;
  keyring: Keyring;
  tenant: string;
}

interface TableDeps extends ReaderDeps {
  formsOf: ReturnType<typeof createFormReader>;
}

function openResult(deps: ReaderDeps, doc: Stored<'results'>): Promise<AttemptResult> {
  return readable('result', doc._id, async () => {
    const context = resultContext(deps.tenant, doc._id);
    const bytes = await deps.keyring.open(`exam/${doc.exam}/marking`, context, doc.result);
    return decodeResult(bytes, doc.digest);
  });
}

function partTotals(result: AttemptResult, parts: number): number[] {
  return Array.from({ length: parts }, (_, part) =>
    result.slots.filter((slot) => slot.part === part).reduce((sum, slot) => sum + slot.points, 0),
  );
}

type Branches = NonNullable<Blueprint['branches']>;

/** What the candidate chose, where there was something to choose: the title of the branch, and what does not count. */
function chosenOf({ chosen }: AttemptResult, branches: Branches): { branch?: string; surplus?: number } {
  if (!chosen) return {};
  const title = branches.find(({ id }) => id === chosen.branch)?.title;
  return { ...(title !== undefined && { branch: title }), surplus: chosen.surplus };
}

async function toRow(
  deps: ReaderDeps,
  { parts, branches = [], formOf }: Pick<Blueprint, 'parts' | 'branches'> & { formOf: FormOf },
  candidate: Stored<'candidates'>,
  doc: Stored<'results'> | null,
): Promise<ResultRow> {
  const person = await readable('candidate', candidate._id, () => openPerson(deps, candidate));
  const row: ResultRow = {
    attempt: candidate.attempt,
    number: candidate.number,
    name: person.name,
    marks: null,
  };
  if (person.class !== undefined) row.class = person.class;
  if (person.birthDate !== undefined) row.birthDate = person.birthDate;
  const form = formOf(candidate.attempt);
  if (form !== undefined) row.form = form;
  if (doc) {
    const result = await openResult(deps, doc);
    const { total, rounded } = result;
    row.marks = { parts: partTotals(result, parts.length), total, rounded, ...chosenOf(result, branches) };
  }
  return row;
}

/** Titles of the parts and what each is worth to who answers it, from the matrix that every paper fills exactly. */
function partsOf({ parts }: Blueprint): ResultTable['parts'] {
  return parts.map(({ title, cells }) => ({
    title,
    max: cells.reduce((sum, cell) => sum + answered(cell) * cell.points, 0),
  }));
}

async function candidatePage(
  store: Store,
  exam: string,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<Page<'candidates'>> {
  const query = { index: 'by_number', equals: [exam], limit };
  try {
    return await store.range('candidates', after === undefined ? query : { ...query, after });
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error;
    throw new DomainError('invalid-input', 400, { where: '/after', reason: 'it is not the end of a page' });
  }
}

/** One page of the result table, in the order of the candidate numbers, with names. */
export async function readTable(
  deps: TableDeps,
  exam: ExamRecord,
  where: { limit: number; after?: string | undefined },
): Promise<ResultTable> {
  const page = await candidatePage(deps.store, exam._id, where);
  const attempts = page.docs.map((candidate) => candidate.attempt);
  const docs = await deps.store.getMany('results', attempts);
  const blueprint = exam.blueprint ?? { parts: [] };
  const about = { ...blueprint, formOf: await deps.formsOf(exam) };
  const rows = await Promise.all(page.docs.map((one, i) => toRow(deps, about, one, docs[i] ?? null)));
  const { _id: id, title, code, state, markingPolicy: policy, candidateCount, startsAt } = exam;
  const max = markingPolicy(policy)?.scale ?? totalPoints(blueprint);
  const told = { id, title, code, state, policy, candidateCount, max };
  return {
    exam: startsAt === undefined ? told : { ...told, startsAt: startsAt.getTime() },
    parts: partsOf(blueprint),
    rows,
    ...(page.next !== undefined && { next: page.next }),
  };
}

/** What a candidate may see of the own result, once it is released. */
export async function readCandidateResult(
  deps: ReaderDeps,
  exam: ExamRecord,
  attempt: string,
): Promise<CandidateResult> {
  if (!hasReached(exam, 'released')) throw new DomainError('result-not-released', 409);
  const doc = await deps.store.get('results', attempt);
  if (!doc || doc.exam !== exam._id) return { state: 'absent' };
  const result = await openResult(deps, doc);
  const { rounded, slots, policy, max: paper } = result;
  const chosen = chosenOf(result, exam.blueprint?.branches ?? []);
  const max = markingPolicy(policy)?.scale ?? paper;
  if (!exam.showPoints) return { state: 'marked', rounded, max, ...chosen };
  const questions = slots.map(({ slot, points, max: worth, criteria, comment, uncounted }, i) => ({
    number: i + 1,
    slot,
    points,
    max: worth,
    ...(criteria && { criteria }),
    ...(comment !== undefined && { comment }),
    ...(uncounted && { uncounted }),
  }));
  return { state: 'marked', rounded, max, ...chosen, questions };
}
