import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Logger } from 'pino';
import type { Server } from 'socket.io';
import {
  CANDIDATE_NAMESPACE,
  DomainError,
  type CandidateMe,
  type Join,
  type Joined,
  type Outage,
  type SealedPaper,
  type StateWord,
} from '#bank/protocol';
import type { Audit } from '#server/audit';
import type { Clock } from '#server/http';
import { createJwsSigner, type Keyring } from '#server/keys';
import {
  StandbyMissing,
  Unavailable,
  type Journal,
  type SecondDisk,
  type Store,
  type Stored,
} from '#server/storage';
import { currentEpoch } from './attempt-state.ts';
import type { Attempt } from './attempt.ts';
import { createAttempts } from './attempts.ts';
import { candidatePage, sealedPaper } from './candidate-page.ts';
import { closeDue, papersOf } from './closing.ts';
import { createChanges } from './changes.ts';
import { createConfirming } from './confirming.ts';
import { createConnections } from './connections.ts';
import { createDeadline } from './deadline.ts';
import { createDue, earliest } from './due.ts';
import { decide, signDecision, type Decision } from './deciding.ts';
import { lostTime, sectionEndOf, type LostTime } from './fair-time.ts';
import { start, type AttemptContext } from './joining.ts';
import { presenceOf, type Presence } from './presence.ts';
import { inSlices } from './pushing.ts';
import type { CandidateRates } from './rates.ts';
import { createLateAnswers, type LateAnswers } from './late.ts';
import { createHttpDevices } from './http-devices.ts';
import { createLines } from './lines.ts';
import { createReceipts } from './receipts.ts';
import { retireJournal } from './retiring.ts';
import { newestSheet } from './sheets.ts';
import { createSittings, type Sittings } from './sittings.ts';
import { attachSockets } from './sockets.ts';
import { stateWord, type SectionKeys } from './state-word.ts';
import { createSuperseding, supersedeReplaced, type Superseding } from './superseding.ts';
import { createTailer } from './tailer.ts';
import { createTickets, type CandidateActor, type TicketBearer } from './tickets.ts';
import { createViewBoxes } from './view-boxes.ts';
import { createVerbs, type CandidateVerbs } from './verbs.ts';

interface DeliveryDeps {
  store: Store;
  journal: Journal;
  secondDisk: SecondDisk;
  /** Lines `attempts/*`, `identity` and `receipts`. */
  keyring: Keyring;
  audit: Audit;
  custody: SectionKeys;
  clock: Clock;
  tenant: string;
  /** How often one attempt may send each event. */
  rates: CandidateRates;
  /** How often one attempt may change its device. */
  devices: number;
  isSessionLive(id: string): Promise<boolean>;
  log: Logger;
}

interface Outages extends LostTime {
  outages: Outage[];
}

/** What waits longer than this for the disk shows that it is behind. */
const BEHIND_MS = 250;

/** What happens between the devices of candidates and the journal. */
export interface Delivery extends CandidateVerbs, Superseding {
  /** Joining over HTTP, where no socket gets through; a socket that had the attempt is cut off. */
  joinWithoutSocket(actor: CandidateActor, body: Join): Promise<Joined>;
  /** A ticket for one connection of this page within 30 seconds. */
  ticket(bearer: TicketBearer): Promise<string>;
  /** What the candidate's page shows; within the time it starts the attempt and gives the section key. */
  page(actor: CandidateActor): Promise<Omit<CandidateMe, 'language'>>;
  /** @throws DomainError `not-found` before the papers are sealed */
  paper(actor: CandidateActor): Promise<SealedPaper>;
  /** A view box of the caller's sitting. @throws DomainError `not-found` */
  box(actor: CandidateActor, address: string): Promise<Buffer>;
  /** The public keys of the receipts, a JWK set. */
  readonly receiptKeys: object;
  /** Puts the candidates' namespace on a server that is about to listen; others may have theirs beside it. */
  attachSockets(server: HttpServer | HttpsServer): Server;
  /** The exam has been started: connected candidates get their section keys now, all others when they come. */
  examOpened(exam: string): Promise<void>;
  /** The exam will not be held: connected candidates are told when they come back, as all others are. */
  examCancelled(exam: string): Promise<void>;
  /**
   * Puts a decision about attempts of one exam on their records, and tells their candidates.
   *
   * @param by id of the member of staff who took it
   * @returns for each whether it stands; not for one that it could not reach any more
   */
  decide(exam: string, attempts: readonly string[], decision: Decision, by: string): Promise<boolean[]>;
  /** What came too late or from a device without the lease, and the decisions on it. */
  readonly late: LateAnswers;
  /** Closes what is due now; the server's own timer does the same at each deadline. */
  closeDue(): Promise<void>;
  /** Retires what the journal holds of closed exams and nobody needs any more. Not while it runs already. */
  retire(): Promise<void>;
  /** How an attempt stands, for staff. */
  presence(attempt: string): Promise<Presence>;
  /** Tells which attempts of an exam may stand otherwise than before, until what it gives is called. */
  watch(exam: string, onChange: (attempt: string) => void): () => void;
  /** What an attempt has lost by outages, for staff. Milliseconds. */
  outages(attempt: string): Promise<Outages>;
  /** Cuts off every device of the attempt, because its session has ended. */
  cutOff(attempt: string): void;
  /** Says goodbye, finishes what has been accepted, then cuts the connections. */
  stop(): Promise<void>;
}

/**
 * Before it resolves it replays the journal, closes what fell due while the server was down, and brings the ledger up
 * to date. An exam that cannot be closed is tried again later, and keeps nobody from the others.
 *
 * @throws Unavailable when the Store or the journal cannot be written
 */
export async function createDelivery(deps: DeliveryDeps): Promise<Delivery> {
  const parts = await createParts(deps);
  const papers = await openPapers(deps.store, parts.sittings);
  const lastAt = await parts.attempts.restore(papers);
  await supersedeReplaced({ ...parts, ...deps }, papers);
  noteAbsence(parts, lastAt);
  await parts.deadline.run().catch((error: unknown) => {
    if (error instanceof Unavailable && !(error instanceof StandbyMissing)) throw error;
    deps.log.error({ err: error }, 'closing at the start failed; it is tried again');
  });
  await parts.tailer.caughtUp();
  parts.deadline.arm();
  return offer(deps, parts);
}

async function createParts(deps: DeliveryDeps) {
  const { store, journal, keyring, audit, custody, clock, rates, devices, log } = deps;
  const sittings = await createSittings({ store });
  const confirming = createConfirming(sittings, deps.secondDisk);
  const attempts = createAttempts({
    store,
    journal,
    rates,
    sheetOf: async (exam, attempt) => (await newestSheet(deps, exam, attempt))?.sheet ?? null,
  });
  const signer = await createJwsSigner(await keyring.derive('receipts', 'signing'));
  const receipts = createReceipts(signer);
  const tailer = await createTailer({ store, journal, audit, log });
  const due = createDue();
  const changes = createChanges((attempt) => attempts.inMemory(attempt)?.paper.exam);
  const now = () => clock.now();
  const context: AttemptContext = {
    devices,
    now,
    isBehind: () => journal.pressure().oldestMs > BEHIND_MS,
    sittings,
    async word(attempt, sitting, at) {
      if (attempt.state.receipt) await confirming.confirmed(sitting);
      return stateWord(attempt, sitting, at, custody);
    },
    onTransition(attempt) {
      tailer.poke();
      changes.tell(attempt);
    },
    tell: async (attempt, sitting) =>
      connections.push(attempt.id, await context.word(attempt, sitting, now())),
    onSection(attempt, sitting) {
      const end = sectionEndOf(attempt.state, sitting);
      if (end === null) return;
      due.expect(sitting, end);
      deadline.arm();
    },
  };
  const lines = createLines({ attempts, context, log });
  const connections = createConnections({
    lost(attempt) {
      lines.lost(attempt, now(), 'line');
      changes.tell(attempt);
    },
    regained(attempt) {
      httpDevices.left(attempt);
      lines.regained(attempt);
      changes.tell(attempt);
    },
  });
  const httpDevices = createHttpDevices({ attempts, lines, now, onChange: changes.tell });
  const closing = {
    ...deps,
    gapOf: (attempt: string) => lines.gapOf(attempt) ?? httpDevices.gapOf(attempt),
    attempts,
    sittings,
    due,
    receipts,
    context,
    confirming,
    transitionsRecorded: tailer.caughtUp,
  };
  const next = () => earliest(sittings.open().map(due.at));
  const deadline = createDeadline({ now, next, work: () => closeDue(closing), log });
  return {
    sittings,
    due,
    attempts,
    changes,
    signer,
    receipts,
    tailer,
    lines,
    httpDevices,
    connections,
    context,
    confirming,
    deadline,
  };
}

/** While the server was away nobody had a line: since its last record at the latest. */
function noteAbsence({ attempts, lines }: Parts, lastAt: number): void {
  for (const { id, state } of attempts.known())
    if (state.phase === 'running') lines.lost(id, lastAt, 'server');
}

type Parts = Awaited<ReturnType<typeof createParts>>;

async function openPapers(store: Store, sittings: Sittings): Promise<Stored<'papers'>[]> {
  const papers: Stored<'papers'>[] = [];
  for (const { exam } of sittings.open()) {
    for await (const paper of papersOf(store, exam)) papers.push(paper);
  }
  return papers;
}

function offer(deps: DeliveryDeps, parts: Parts): Delivery {
  const { attempts, changes, connections, context, deadline, httpDevices, lines, signer, sittings } = parts;
  const tickets = createTickets({
    ...deps,
    epochOf: async (attempt) => currentEpoch((await attempts.get(attempt)).state),
  });
  const verbs = createVerbs(parts);
  const boxes = createViewBoxes(deps);
  let io: Server | null = null;
  const isThere = (id: string) => connections.has(id) || httpDevices.has(id);
  const overHttp =
    <B, T>(verb: (actor: CandidateActor, body: B) => Promise<T>) =>
    (actor: CandidateActor, body: B) => {
      httpDevices.heard(actor.attempt);
      return verb(actor, body);
    };
  return {
    ...createSuperseding({ ...parts, ...deps }),
    join: verbs.join,
    save: overHttp(verbs.save),
    chunk: overHttp(verbs.chunk),
    submit: overHttp(verbs.submit),
    next: overHttp(verbs.next),
    async joinWithoutSocket(actor, body) {
      const joined = await verbs.join(actor, body);
      connections.release(actor.attempt);
      httpDevices.joined(actor.attempt);
      return joined;
    },
    async ticket(bearer) {
      httpDevices.heard(bearer.actor.attempt);
      if ((await sittings.of(bearer.actor.exam)).isCancelled) throw new DomainError('exam-cancelled', 410);
      return tickets.issue(bearer);
    },
    async page(actor) {
      httpDevices.heard(actor.attempt);
      const word = await start(context, await attempts.get(actor.attempt));
      return candidatePage(deps, actor, word);
    },
    paper: (actor) => sealedPaper(deps, actor),
    box: ({ exam }, address) => boxes.get(exam, address),
    cutOff(attempt) {
      if (httpDevices.left(attempt)) lines.lost(attempt, context.now(), 'line');
      connections.end(attempt);
    },
    receiptKeys: { keys: [signer.publicKey] },
    attachSockets(server) {
      io = attachSockets(server, { verbs, tickets, connections, log: deps.log });
      return io;
    },
    async examOpened(exam) {
      await sittings.refresh(exam);
      deadline.arm();
      await startConnected(parts, exam, deps.log);
    },
    async examCancelled(exam) {
      await inSlices(connections.attempts(), async (id) => {
        if ((await attempts.get(id)).paper.exam === exam) connections.disconnect(id);
      });
    },
    async decide(exam, ids, decision, by) {
      const jws = await signDecision(signer, exam, ids, decision, by);
      const stands: boolean[] = [];
      try {
        await inSlices(ids, async (id, place) => {
          stands[place] = await decideAndTell(parts, id, decision, { by, jws });
        });
      } finally {
        parts.due.changed(exam);
        deadline.arm();
      }
      return parts.confirming.told(exam, Promise.resolve(stands));
    },
    late: createLateAnswers({ ...deps, attempts, now: context.now }),
    closeDue: deadline.run,
    retire: () => retireJournal({ ...deps, attempts, now: context.now }),
    async presence(id) {
      const attempt = await attempts.get(id);
      return presenceOf(attempt, await sittings.of(attempt.paper.exam), isThere(id));
    },
    watch: changes.watch,
    async outages(id) {
      const { state } = await attempts.get(id);
      return { outages: [...state.outages], ...lostTime(state, context.now()) };
    },
    async stop() {
      await deadline.stop();
      lines.stop();
      httpDevices.stop();
      io?.of(CANDIDATE_NAMESPACE).emit('bye', { reason: 'restart' });
      await finishAll(parts, deps.log);
      io?.disconnectSockets(true);
      io?.engine.close();
    },
  };
}

async function decideAndTell(
  parts: Parts,
  id: string,
  decision: Decision,
  signed: { by: string; jws: string },
): Promise<boolean> {
  const { attempts, connections, context, lines, receipts } = parts;
  const attempt = await attempts.get(id);
  const stands = await decide(context, receipts, attempt, decision, signed);
  if (!stands) return false;
  if (decision.act === 'resume') {
    lines.resumed(id);
    parts.httpDevices.resumed(id);
  }
  const isThere = connections.has(id);
  if (isThere)
    connections.push(
      id,
      await (decision.act === 'resume' ? start(context, attempt) : wordOf(parts, attempt)),
    );
  return true;
}

async function wordOf({ context }: Parts, attempt: Attempt): Promise<StateWord> {
  return context.word(attempt, await context.sittings.of(attempt.paper.exam), context.now());
}

/** A candidate who cannot be started now is started by the next join. */
async function startConnected(
  { attempts, connections, context }: Parts,
  exam: string,
  log: Logger,
): Promise<void> {
  await inSlices(connections.attempts(), async (id) => {
    try {
      const attempt = await attempts.get(id);
      if (attempt.paper.exam === exam) connections.push(id, await start(context, attempt));
    } catch (error) {
      log.error({ err: error, attempt: id }, 'an attempt could not be started at the opening');
    }
  });
}

/** Waits for everything that has been accepted, and for its transitions to be in the outbox of the ledger. */
async function finishAll({ attempts, tailer }: Parts, log: Logger): Promise<void> {
  await Promise.all([...attempts.known()].map((attempt) => attempt.run(async () => undefined)));
  await tailer.caughtUp().catch((error: unknown) => log.error({ err: error }, 'the ledger lags behind'));
  await tailer.stop();
}
