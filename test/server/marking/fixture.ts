import type { Paper } from '#bank/assembly';
import { itemKind } from '#bank/item';
import {
  paperContext,
  poolMapContext,
  sheetContext,
  sheetId,
  type AnswerSheet,
  type Blueprint,
  type BoxContext,
  type LateRuling,
  type PoolMapEntry,
  type Response,
} from '#bank/protocol';
import { newId, newToken } from '#bank/vault';
import type { Keyring } from '#server/keys';
import { createMarking, type Marking } from '#server/marking';
import type { Sealed, Write } from '#server/storage';
import { candidateRecord, commitAll, examRecord, paperRecord } from '../../support/exam-records.ts';
import { leavesOf, openPorts, type Ports } from '../../support/ports.ts';
import { staff, type StaffActor } from '../../support/staff.ts';
import { itemVersionWrite } from './item-version.ts';
import { expectedOf, isRight, POOL, renamed } from './pool.ts';

const TENANT = 'test-tenant';
const PARTS = [0, 1, 2];
/** Nothing came late; decisions on what did are tested where they are made. */
const NO_LATE = { undecided: async () => [], leaveOut: async () => undefined };

export interface Candidate {
  id: string;
  attempt: string;
  number: string;
  name: string;
  /** Exact points by part; null when absent. */
  expected: number[] | null;
}

/** The question that stands in a slot of every paper. */
interface Question {
  item: string;
  /** Part id → token. */
  tokens: ReadonlyMap<string, string>;
}

type Answers = [slot: number, response: Response][];

/** The one transition of a sheet's attempt, and what was decided on late answers. */
interface SheetAbout {
  transition?: string;
  rulings?: LateRuling[];
}

type MarkingDeps = Parameters<typeof createMarking>[0];

export interface Fixture extends Ports {
  exam: string;
  teacher: StaffActor;
  candidates: Candidate[];
  /** Marking over the same data, with some of its ports exchanged. */
  marking(over?: Partial<Pick<MarkingDeps, 'store' | 'keyring' | 'late'>>): Marking;
  /** Writes another version of an attempt's sheet. */
  writeSheet(attempt: string, version: number, answers: Answers, about?: SheetAbout): Promise<void>;
  /** A response by canonical ids as the candidate's browser would send it. */
  toWire(slot: number, response: Response): Response;
  /** What the ledger holds, as `action object`. */
  acts(): Promise<string[]>;
}

/**
 * A closed exam with `count` candidates in a store of its own, written as the other modules write it. Those whose
 * index is in `absent` never began. Which questions a candidate is right in is told by `isRight`.
 */
export async function closedExam(
  count: number,
  {
    absent = [],
    showPoints = true,
    pool = POOL,
  }: { absent?: number[]; showPoints?: boolean; pool?: typeof POOL } = {},
): Promise<Fixture> {
  const ports = await openPorts();
  const { store, keyring, audit, jobs, clock } = ports;
  const start = clock.time;
  const [exam, bank, teacher] = [newId(), newId(), staff('teacher')];
  const questions = pool.map(({ content }): Question => {
    const parts = itemKind(content.kind).partIds(content);
    return { item: newId(), tokens: new Map(parts.map((part) => [part, newToken()])) };
  });
  const map = await sealJson(keyring, `exam/${exam}/marking`, poolMapContext(TENANT, exam), mapOf(questions));
  const writes: Write[] = await Promise.all(
    pool.map(({ content, key }, slot) =>
      itemVersionWrite({ keyring, tenant: TENANT, bank, item: questions[slot]?.item ?? '', content, key }),
    ),
  );
  writes.push({ op: 'insert', in: 'pools', doc: { _id: exam, snapshot: [], map } });
  const record = examRecord({
    _id: exam,
    code: '7K3M9Q',
    owner: teacher.user,
    bank,
    state: 'closed',
    showPoints,
    blueprint: blueprintOf(questions, pool),
    seed: map,
    startsAt: new Date(start),
    endsAt: new Date(start + 2_700_000),
    candidateCount: count,
    createdAt: new Date(start),
  });
  writes.push({ op: 'insert', in: 'exams', doc: record });

  const toWire = (slot: number, response: Response): Response =>
    renamed(response, (part) => questions[slot]?.tokens.get(part) ?? part);
  const sheetWrite = async (
    attempt: string,
    version: number,
    given: Answers,
    { transition = 'started', rulings }: SheetAbout = {},
  ): Promise<Write> => {
    const answers = given.map(([slot, response], i) => ({
      slot,
      seq: i + 1,
      epoch: 1,
      response: toWire(slot, response),
      at: start + i,
    }));
    const transitions = [{ to: transition, at: start }];
    const content: AnswerSheet = {
      v: 1,
      exam,
      attempt,
      answers,
      history: answers,
      transitions,
      late: [],
      ...(rulings && { rulings }),
    };
    const sheet = await sealJson(keyring, 'attempts/1', sheetContext(TENANT, attempt, version), content);
    const doc = { _id: sheetId(attempt, version), exam, attempt, version, generation: '1', sheet };
    return { op: 'insert', in: 'sheets', doc };
  };

  const slots = slotsOf(questions, pool);
  const candidates: Candidate[] = [];
  for (let i = 0; i < count; i++) {
    const number = String(110_001 + i);
    const name = `Nguyễn Văn ${String.fromCharCode(65 + (i % 26))}${i}`;
    const doc = await candidateRecord(keyring, TENANT, { exam, number, person: { name, class: '11A1' } });
    const { attempt } = doc;
    const paper = paperRecord(doc, {
      kinds: slots.map(({ kind }) => kind),
      partCounts: slots.map(() => 0),
      addresses: [],
      paper: await sealJson(keyring, `exam/${exam}/marking`, paperContext(TENANT, attempt), { slots }),
    });
    writes.push({ op: 'insert', in: 'candidates', doc }, { op: 'insert', in: 'papers', doc: paper });
    const isHere = !absent.includes(i);
    const answers = isHere ? answersOf(i) : [];
    writes.push(await sheetWrite(attempt, 1, answers, { transition: isHere ? 'started' : 'closed' }));
    candidates.push({ id: doc._id, attempt, number, name, expected: isHere ? expectedOf(i) : null });
  }
  await commitAll(store, writes);

  return {
    ...ports,
    exam,
    teacher,
    candidates,
    marking: (over = {}) =>
      createMarking({ store, keyring, audit, clock, tenant: TENANT, jobs, late: NO_LATE, ...over }),
    writeSheet: async (...sheet) => store.commit([await sheetWrite(...sheet)]),
    toWire,
    acts: async () => (await leavesOf(audit)).map(({ action, object }) => `${action} ${object}`),
  };
}

function sealJson(keyring: Keyring, line: string, context: BoxContext, value: unknown): Promise<Sealed> {
  return keyring.seal(line, context, Buffer.from(JSON.stringify(value), 'utf8'));
}

function mapOf(questions: readonly Question[]): PoolMapEntry[] {
  return questions.map(({ item, tokens }) => {
    const named = Object.fromEntries([...tokens].map(([part, token]) => [token, part]));
    return { address: newId(), item, version: 1, tokens: named };
  });
}

function blueprintOf(questions: readonly Question[], pool: typeof POOL): Blueprint {
  const parts = PARTS.map((place) => ({
    title: `Phần ${'I'.repeat(place + 1)}`,
    cells: pool.flatMap(({ points, part }, slot) =>
      part === place && points > 0
        ? [{ id: `c${slot}`, count: 1, points, items: [questions[slot]?.item ?? ''] }]
        : [],
    ),
  }));
  return { parts };
}

function slotsOf(questions: readonly Question[], pool: typeof POOL): Paper['slots'] {
  return pool.map(({ content, part, points }, slot) => ({
    item: questions[slot]?.item ?? '',
    version: 1,
    kind: content.kind,
    cell: points > 0 ? `c${slot}` : null,
    part,
    points,
    order: [],
  }));
}

/** What the candidate with this index answered, in all slots but the description's. */
function answersOf(index: number): Answers {
  return POOL.map(({ right, wrong }, slot): Answers[number] => [
    slot,
    isRight(index, slot) ? right : wrong,
  ]).slice(1);
}
