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
} from '#bank/protocol';
import { createFormReader } from '#server/exams';
import { StandbyMissing, Unavailable, type Store, type Stored } from '#server/storage';
import { createAdmission } from './admission.ts';
import { currentEpoch } from './attempt-state.ts';
import { candidatePage, sealedPaper } from './candidate-page.ts';
import { papersOf } from './closing.ts';
import { signDecision, type Decision } from './deciding.ts';
import { lostTime, type LostTime } from './fair-time.ts';
import { start } from './joining.ts';
import { createLateAnswers, type LateAnswers } from './late.ts';
import { createParts, type DeliveryDeps, type Parts } from './parts.ts';
import { presenceOf, type Presence } from './presence.ts';
import { inSlices } from './pushing.ts';
import { retireJournal } from './retiring.ts';
import type { Sittings } from './sittings.ts';
import { attachSockets } from './sockets.ts';
import { createSuperseding, supersedeReplaced, type Superseding } from './superseding.ts';
import { decideAndTell, startConnected } from './telling.ts';
import { createTickets, type CandidateActor, type TicketBearer } from './tickets.ts';
import { createVerbs, type CandidateVerbs } from './verbs.ts';
import { createViewBoxes } from './view-boxes.ts';

interface Outages extends LostTime {
  outages: Outage[];
}

/** What happens between the devices of candidates and the journal. */
export interface Delivery extends CandidateVerbs, Superseding {
  /** Joining over HTTP, where no socket gets through; a socket that had the attempt is cut off. */
  joinWithoutSocket(actor: CandidateActor, body: Join): Promise<Joined>;
  /**
   * A ticket for one connection of this page within 30 seconds, in turn with all who come.
   *
   * @throws DomainError `exam-cancelled`, `joining-busy`
   */
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

/** While the server was away nobody had a line: since its last record at the latest. */
function noteAbsence({ attempts, lines }: Parts, lastAt: number): void {
  for (const { id, state } of attempts.known())
    if (state.phase === 'running') lines.lost(id, lastAt, 'server');
}

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
  const formsOf = createFormReader(deps.store);
  const admission = createAdmission(deps.clock);
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
    play: overHttp(verbs.play),
    async joinWithoutSocket(actor, body) {
      const joined = await verbs.join(actor, body);
      connections.release(actor.attempt);
      httpDevices.joined(actor.attempt);
      return joined;
    },
    async ticket(bearer) {
      httpDevices.heard(bearer.actor.attempt);
      if ((await sittings.of(bearer.actor.exam)).isCancelled) throw new DomainError('exam-cancelled', 410);
      await admission.turn();
      return tickets.issue(bearer);
    },
    async page(actor) {
      httpDevices.heard(actor.attempt);
      const word = await start(context, await attempts.get(actor.attempt));
      return candidatePage({ ...deps, formsOf }, actor, word);
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

/** Waits for everything that has been accepted, and for its transitions to be in the outbox of the ledger. */
async function finishAll({ attempts, tailer }: Parts, log: Logger): Promise<void> {
  await Promise.all([...attempts.known()].map((attempt) => attempt.run(async () => undefined)));
  await tailer.caughtUp().catch((error: unknown) => log.error({ err: error }, 'the ledger lags behind'));
  await tailer.stop();
}
