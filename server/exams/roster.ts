import type { ImportProblem, RosterPerson, RosterRow } from '#bank/formats';
import {
  DomainError,
  LIMITS,
  type Actor,
  type CandidatePerson,
  type Place,
  type RosterAction,
  type RosterReport,
} from '#bank/protocol';
import { newId } from '#bank/vault';
import { workOnFile } from '#server/files';
import { eachDocument, eachPage, type Stored, type Write } from '#server/storage';
import { requireEditable } from './claim.ts';
import type { ExamsDeps } from './deps.ts';
import { ownExam, requireOwner } from './exam-access.ts';
import { examWrite, onExam } from './exam-state.ts';
import { inSlices } from './in-slices.ts';
import { openPerson, samePerson, sealPerson } from './person.ts';

/** Candidates written by one commit. */
const CHUNK = 400;

interface Step {
  row: RosterRow;
  action: RosterAction;
  /** In capitals, as it is stored. */
  number: string;
  person: CandidatePerson;
  existing: Stored<'candidates'> | undefined;
}

interface ClassList {
  name: string;
  bytes: Uint8Array;
}

/** Class lists: what one would do, and doing it. A list read twice changes nothing the second time. */
export function createRosterVerbs(deps: ExamsDeps) {
  const { store, audit, clock } = deps;

  async function compare(
    exam: string,
    list: ClassList,
  ): Promise<{ steps: Step[]; problems: ImportProblem[] }> {
    const { rows, problems } = await workOnFile('readRoster', list);
    const known = new Map<string, Stored<'candidates'>>();
    for await (const doc of eachDocument(store, 'candidates', byNumber(exam))) known.set(doc.number, doc);
    const steps = await inSlices(rows, (row) => toStep(deps, row, known));
    const count = known.size + steps.filter(({ action }) => action === 'add').length;
    if (count > LIMITS.candidatesPerExam)
      throw new DomainError('roster-too-large', 400, { count, max: LIMITS.candidatesPerExam });
    return { steps, problems };
  }

  /** Writes one chunk of candidates, with their number on the exam and the entry in the ledger. */
  async function writeChunk(actor: Actor, exam: string, steps: readonly Step[]): Promise<void> {
    const writes = await inSlices(steps, (step) => toWrite(deps, exam, step));
    const added = steps.filter(({ action }) => action === 'add').length;
    await onExam(store, exam, async (record) => {
      requireEditable(record, clock.now());
      const entry = audit.entry(actor, 'roster.import', `exam:${exam}`, {
        added,
        changed: steps.length - added,
      });
      const counted = examWrite(record, { candidateCount: record.candidateCount + added });
      await store.commit([...writes, counted, entry]);
    });
    audit.poke();
  }

  return {
    async preview(actor: Actor, id: string, list: ClassList): Promise<RosterReport> {
      requireEditable(await ownExam(store, actor, id), clock.now());
      return toReport(await compare(id, list));
    },

    /** Takes every row that is not refused; a number that is there already gets the data of the row. */
    async commit(actor: Actor, id: string, list: ClassList): Promise<RosterReport> {
      requireEditable(await ownExam(store, actor, id), clock.now());
      const compared = await compare(id, list);
      const todo = compared.steps.filter(({ action }) => action === 'add' || action === 'change');
      for (let start = 0; start < todo.length; start += CHUNK)
        await writeChunk(actor, id, todo.slice(start, start + CHUNK));
      return toReport(compared);
    },

    /** Takes candidates out of a draft: one, or all. */
    async remove(actor: Actor, id: string, candidate?: string): Promise<{ removed: number }> {
      requireEditable(await ownExam(store, actor, id), clock.now());
      let removed = 0;
      const chunks =
        candidate === undefined
          ? eachPage(store, 'candidates', { ...byNumber(id), limit: CHUNK })
          : [await only(id, candidate)];
      for await (const docs of chunks) {
        await removeChunk(actor, id, docs);
        removed += docs.length;
      }
      return { removed };
    },
  };

  async function only(exam: string, candidate: string): Promise<Stored<'candidates'>[]> {
    const found = await store.get('candidates', candidate);
    if (found?.exam !== exam) throw new DomainError('not-found', 404);
    return [found];
  }

  async function removeChunk(
    actor: Actor,
    exam: string,
    docs: readonly Stored<'candidates'>[],
  ): Promise<void> {
    const deletes = docs.map(({ _id, v }): Write => ({
      op: 'delete',
      in: 'candidates',
      id: _id,
      ifVersion: v,
    }));
    await onExam(store, exam, async (record) => {
      requireOwner(actor, record);
      requireEditable(record, clock.now());
      const counted = examWrite(record, {
        candidateCount: record.candidateCount - docs.length,
        codeCount: record.codeCount - docs.filter(({ codeHash }) => codeHash !== undefined).length,
      });
      const data = { removed: docs.length };
      await store.commit([...deletes, counted, audit.entry(actor, 'roster.remove', `exam:${exam}`, data)]);
    });
    audit.poke();
  }
}

async function toStep(
  deps: ExamsDeps,
  row: RosterRow,
  known: ReadonlyMap<string, Stored<'candidates'>>,
): Promise<Step> {
  const number = row.person?.number.normalize('NFC').toUpperCase() ?? '';
  const step = { row, number, person: toPerson(row.person), existing: known.get(number) };
  if (!row.person) return { ...step, action: row.status === 'refused' ? 'refused' : 'ignored' };
  if (!step.existing) return { ...step, action: 'add' };
  const same =
    samePerson(await openPerson(deps, step.existing), step.person) &&
    samePlace(step.existing, row.person.place);
  return { ...step, action: same ? 'same' : 'change' };
}

function toPerson(row: RosterPerson | undefined): CandidatePerson {
  const { number: _number, place: _place, ...person } = row ?? { number: '', name: '' };
  return person;
}

function samePlace(one: Partial<Place>, other: Partial<Place> = {}): boolean {
  return one.shift === other.shift && one.room === other.room && one.seat === other.seat;
}

async function toWrite(deps: ExamsDeps, exam: string, step: Step): Promise<Write> {
  const place = step.row.person?.place;
  if (step.existing) {
    const { v, shift: _shift, room: _room, seat: _seat, ...doc } = step.existing;
    const person = await sealPerson(deps, doc, step.person);
    return { op: 'replace', in: 'candidates', doc: { ...doc, ...place, person }, ifVersion: v };
  }
  const seat = { _id: newId(), attempt: newId(), number: step.number };
  const person = await sealPerson(deps, seat, step.person);
  return { op: 'insert', in: 'candidates', doc: { ...seat, ...place, exam, person } };
}

function toReport({ steps, problems }: { steps: readonly Step[]; problems: ImportProblem[] }): RosterReport {
  const count = (action: RosterAction): number => steps.filter((step) => step.action === action).length;
  return {
    problems,
    rows: steps.map(({ row, action, number, person }) => ({
      row: row.row,
      ...(row.cell !== undefined && { cell: row.cell }),
      ...(row.line !== undefined && { line: row.line }),
      action,
      ...(number !== '' && { number, name: person.name }),
      problems: row.problems,
    })),
    added: count('add'),
    changed: count('change'),
    same: count('same'),
    refused: count('refused'),
  };
}

const byNumber = (exam: string) => ({ index: 'by_number', equals: [exam] });
