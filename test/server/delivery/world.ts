import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  paperContext,
  sheetContext,
  sheetId,
  type Actor,
  type AnswerSheet,
  type ExamProfile,
  type ExtraTime,
  type ItemKindName,
  type PlayRule,
} from '#bank/protocol';
import { newId, randomKey } from '#bank/vault';
import { createCustody, type Custody } from '#server/custody';
import {
  CANDIDATE_RATES,
  DEVICES_PER_ATTEMPT,
  createDelivery,
  deliveryRoutes,
  type Delivery,
} from '#server/delivery';
import { sessionByCookie } from '#server/http';
import { createProctoring, createWall, type Proctoring, type Wall } from '#server/proctoring';
import {
  createSegmentJournal,
  NO_SECOND_DISK,
  segmentKeys,
  type Journal,
  type SecondDisk,
  type Store,
  type Write,
} from '#server/storage';
import { candidateRecord, commitAll, examRecord, paperRecord } from '../../support/exam-records.ts';
import { leavesOf, openPorts, type Ports } from '../../support/ports.ts';
import { serveRoutes, type ServedRoutes } from '../../support/serve-routes.ts';
import { staff } from '../../support/staff.ts';

const TENANT = 'test-tenant';
export const proctor = staff('proctor');
export const teacher = staff('teacher');
type SignedIn = Extract<Actor, { kind: 'staff' | 'candidate' }>;
export type Candidate = Extract<Actor, { kind: 'candidate' }>;

/** One slot of each kind; a response names at most four parts. */
export const KINDS: ItemKindName[] = [
  'description',
  'choice',
  'multiple',
  'tfCluster',
  'numeric',
  'shortText',
  'matching',
];
/** The second section begins with the fourth slot, the third with the sixth. */
const LATER = [3, 5].map((firstSlot) => ({ firstSlot, indexBox: 'aW5kZXg=' }));
export const DURATION_MS = 60_000;

/** What is left of a server after it died: the disk. */
type Disk = Omit<Ports, 'jobs'>;

/** Delivery and what it needs, as one start of the server makes them. */
export interface World extends Disk {
  journal: Journal;
  custody: Custody;
  delivery: Delivery;
  proctoring: Proctoring;
  /** Sessions that have ended. */
  ended: Set<string>;
  wall: Wall;
  /** Who is signed in besides the candidates of the sitting, by session token. */
  signedIn: Map<string, SignedIn>;
}

/** Starts on a disk; `over` exchanges some of the ports. */
export async function startOn(
  disk: Disk,
  over: Partial<Pick<World, 'store' | 'journal'> & { secondDisk: SecondDisk }> = {},
): Promise<World> {
  const { keyring, audit, clock, folder, log } = disk;
  const store = over.store ?? disk.store;
  const journal =
    over.journal ??
    (await createSegmentJournal({
      dir: join(folder, 'journal'),
      keys: segmentKeys(keyring, TENANT),
      segmentBytes: 1024 * 1024,
    }));
  const custody = createCustody({ store, keyring: keyring.onlyLines('exam/*/paper'), clock, tenant: TENANT });
  const ended = new Set<string>();
  const delivery = await createDelivery({
    store,
    journal,
    secondDisk: over.secondDisk ?? NO_SECOND_DISK,
    audit,
    custody,
    clock,
    log,
    tenant: TENANT,
    rates: CANDIDATE_RATES,
    devices: DEVICES_PER_ATTEMPT,
    isSessionLive: async (id) => !ended.has(id),
    keyring: keyring.onlyLines('attempts/*', 'identity', 'receipts'),
  }).catch(async (error: unknown) => {
    await journal.close();
    throw error;
  });
  const proctoring = createProctoring({
    store,
    audit,
    custody,
    delivery,
    devices: { waiting: () => [] },
    timekeeper: { events: async () => [] },
    means: { database: 'embedded', hasStandby: over.secondDisk !== undefined },
    clock,
    tenant: TENANT,
    keyring: keyring.onlyLines('identity'),
  });
  const signedIn = new Map<string, SignedIn>();
  const wall = createWall({
    store,
    clock,
    delivery,
    log,
    callerOf: (cookies) =>
      sessionByCookie(cookies, {
        secureCookies: false,
        authenticate: async (id) => {
          const actor = signedIn.get(id);
          return actor && !ended.has(id) ? { id, actor, expiresAt: Infinity } : null;
        },
      }),
  });
  onTestFinished(async () => {
    wall.stop();
    await delivery.stop();
    await journal.close();
  });
  return { ...disk, store, journal, custody, delivery, proctoring, ended, wall, signedIn };
}

export async function newWorld(): Promise<World> {
  return startOn(await openPorts());
}

export interface Sitting {
  exam: string;
  candidates: Candidate[];
}

/** A sealed exam, written as the exams module writes it, with papers of all kinds. */
export async function seatExam(
  { store, keyring, clock }: Disk,
  count: number,
  {
    kinds = KINDS,
    branches,
    media,
    ...changes
  }: {
    deadline?: Date;
    durationSeconds?: number;
    sections?: number[];
    profile?: ExamProfile;
    kinds?: ItemKindName[];
    /** Ids of branches to choose from. */
    branches?: string[];
    media?: PlayRule[];
  } = {},
  extraTimes: readonly (ExtraTime | undefined)[] = [],
): Promise<Sitting> {
  const exam = newId();
  const custody = createCustody({ store, keyring, clock, tenant: TENANT });
  const key = await custody.newKey(exam);
  const seed = await keyring.seal(`exam/${exam}/marking`, paperContext(TENANT, exam), randomKey());
  const address = newId();
  const record = examRecord({
    _id: exam,
    owner: teacher.user,
    state: 'sealed',
    durationSeconds: DURATION_MS / 1000,
    seed,
    paperKey: key.sealed,
    candidateCount: count,
    createdAt: new Date(clock.time),
    ...changes,
  });
  const writes: Write[] = [
    { op: 'insert', in: 'exams', doc: record },
    { op: 'insert', in: 'viewBoxes', doc: { _id: address, exam, box: Buffer.from('view') } },
  ];
  const candidates: Candidate[] = [];
  for (let i = 0; i < count; i++) {
    const extraTime = extraTimes[i];
    const person = { name: `Trần Thị ${i}`, ...(extraTime && { extraTime }) };
    const doc = await candidateRecord(keyring, TENANT, { exam, number: String(1000 + i), person });
    const partCounts = kinds.map(() => 4);
    const paper = {
      ...paperRecord(doc, { kinds, partCounts, addresses: [address], paper: seed }),
      ...(changes.sections && { later: LATER }),
      ...(branches && { branches }),
      ...(media && { media: media.map((rule) => ({ ...rule, pieces: [newId()] })) }),
    };
    writes.push({ op: 'insert', in: 'candidates', doc }, { op: 'insert', in: 'papers', doc: paper });
    candidates.push({ kind: 'candidate', candidate: doc._id, exam, attempt: doc.attempt });
  }
  await commitAll(store, writes);
  return { exam, candidates };
}

/** The candidate with this place; there has to be one. */
export function seat({ candidates }: Sitting, place = 0): Candidate {
  const candidate = candidates[place];
  if (!candidate) throw new Error('the sitting has no such place');
  return candidate;
}

/** A started exam in a new world. */
export async function runningExam(
  count = 1,
  changes: Parameters<typeof seatExam>[2] = {},
): Promise<World & { sitting: Sitting }> {
  const world = await newWorld();
  const sitting = await seatExam(world, count, changes);
  await world.proctoring.startExam(proctor, sitting.exam);
  return { ...world, sitting };
}

/** Serves delivery over HTTP and sockets; the token of a session is the attempt id. */
export async function serve({ delivery, wall }: World, { candidates }: Sitting): Promise<ServedRoutes> {
  const served = await serveRoutes(
    deliveryRoutes(delivery, () => null),
    (token) => candidates.find(({ attempt }) => attempt === token),
  );
  wall.attach(delivery.attachSockets(served.server));
  return served;
}

/** A store that commits in another way. */
export function committingBy(store: Store, commit: Store['commit']): Store {
  return {
    get: store.get.bind(store),
    getMany: store.getMany.bind(store),
    range: store.range.bind(store),
    count: store.count.bind(store),
    close: store.close.bind(store),
    commit,
  };
}

export async function openSheet(
  { store, keyring }: Disk,
  attempt: string,
  version = 1,
): Promise<AnswerSheet | null> {
  const doc = await store.get('sheets', sheetId(attempt, version));
  if (!doc) return null;
  const context = sheetContext(TENANT, attempt, version);
  const bytes = await keyring.open(`attempts/${doc.generation}`, context, doc.sheet);
  return JSON.parse(Buffer.from(bytes).toString()) as AnswerSheet;
}

/** The leaves of the ledger about attempts and exams, as `action object`. */
export async function ledger({ audit }: Disk): Promise<string[]> {
  const leaves = await leavesOf(audit);
  return leaves
    .filter(({ action }) => /^(attempt|exam)\./.test(action))
    .map(({ action, object }) => `${action} ${object}`);
}
