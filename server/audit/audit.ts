import { resolve } from 'node:path';
import { lengthPrefixed, ROLES, type Actor, type AuditAction } from '#bank/protocol';
import { decodeLeaf, encodeAct, type Act, type Leaf, type LeafData } from '#bank/ledger';
import { hmac } from '#bank/vault';
import type { Clock } from '#server/http';
import type { Keyring } from '#server/keys';
import type { Store, Write } from '#server/storage';
import { diskFiles, type LogFiles } from './files.ts';
import { ensureHead, readHead } from './head.ts';
import { LedgerError } from './ledger-error.ts';
import { openLogFolder } from './log-folder.ts';
import { leafId, sequenceBatch } from './sequencer.ts';
import { LEDGER_LINE } from './signer.ts';
import { timeIds } from './time-id.ts';
import { createWorker } from './worker.ts';

/** Which leaves: those with `after < seq` (or `seq < after` when descending), at most `limit`. */
interface LeafQuery {
  order: 'asc' | 'desc';
  after?: number;
  /** 1 to 1,000. */
  limit: number;
}

export interface Audit {
  /**
   * The write that records an act; it goes into the same commit as the act itself. `user:` and `candidate:` objects
   * are pseudonymised like actors. Data holds ids, hashes and counts only.
   *
   * @throws RangeError when it would not make a leaf
   */
  entry(actor: Actor, action: AuditAction, object: string, data?: LeafData): Write;
  /** Tells, after the commit, that there is something in the outbox. */
  poke(): void;
  /** Resolves when everything committed before the call is a leaf, and below a signed checkpoint if that may be given out. */
  drained(): Promise<void>;
  /** What the last signed checkpoint says; of none yet, an empty log. */
  head(): { size: number; root: Uint8Array };
  /** The last signed checkpoint, a C2SP signed note. @throws StandbyMissing when none could be given out yet */
  checkpoint(): string;
  /** The verifier key of the log. */
  readonly vkey: string;
  leaves(query: LeafQuery): Promise<Leaf[]>;
  /** Why the outbox is not being emptied at the moment; null when all is well. */
  failure(): unknown;
  /** Empties the outbox if it can, and rests; what is left then becomes leaves after the next start. */
  stop(): Promise<void>;
}

export interface AuditOptions {
  store: Store;
  keyring: Keyring;
  /** Folder of the log, made when missing. */
  dir: string;
  clock: Clock;
  /** Name of a new log, such as `exam.school.example/ledger`; an existing one keeps its own. */
  origin: string;
  /**
   * Whether a checkpoint over all that is committed may be given out now; it may when not given. One that is lost with
   * this disk would contradict what the next server signs.
   */
  mayGiveOut?(): Promise<boolean>;
  /** Told of every failure to write the log; it is tried again. */
  report?: (error: unknown) => void;
  /** The disk, unless a test stands in for it. */
  files?: LogFiles;
}

/** Batches between two checkpoints when the outbox does not get empty. */
const BATCHES_PER_CHECKPOINT = 128;
/** How long a checkpoint that may not be given out waits until that is asked again. */
const ASK_AGAIN_MS = 1000;

/**
 * The record of every privileged act: an outbox in the Store, one sequencer that turns it into the leaves of an
 * RFC 6962 log, and that log as files with signed checkpoints.
 *
 * @throws LedgerError when folder and Store contradict each other
 */
export async function createAudit(options: AuditOptions): Promise<Audit> {
  const { store, keyring, clock } = options;
  const pseudonymKey = await keyring.derive(LEDGER_LINE, 'pseudonym');
  const nextId = timeIds(() => clock.now());

  function pseudonym(kind: string, id: string): string {
    const mac = hmac(pseudonymKey, lengthPrefixed([kind, id]));
    return Buffer.from(mac.subarray(0, 16)).toString('base64url');
  }

  function record(act: Act): Write {
    const doc = { _id: nextId(), act: encodeAct(act), at: Math.floor(clock.now()) };
    return { op: 'insert', in: 'auditOutbox', doc };
  }

  const { head, signer } = await ensureHead({ ...options, now: Math.floor(clock.now()), record });
  const folder = await openLogFolder({
    store,
    files: options.files ?? diskFiles(resolve(options.dir)),
    signer,
    head,
    place: options.dir,
    mayGiveOut: options.mayGiveOut ?? (async () => true),
  });
  let asking: NodeJS.Timeout | undefined;
  const worker = createWorker(async () => {
    let more = true;
    for (let batch = 0; more && batch < BATCHES_PER_CHECKPOINT; batch++) more = await sequenceBatch(store);
    const isGivenOut = await folder.catchUp(await readHead(store));
    clearTimeout(asking);
    if (!isGivenOut) asking = setTimeout(worker.poke, ASK_AGAIN_MS).unref();
    return more;
  }, options.report);
  worker.poke();

  return {
    entry(actor, action, object, data) {
      const who = { actor: actorName(actor, pseudonym), role: actorRole(actor) };
      return record({ ...who, action, object: objectName(object, pseudonym), ...(data && { data }) });
    },
    poke: worker.poke,
    drained: worker.drained,
    head: folder.head,
    checkpoint: folder.checkpoint,
    vkey: head.vkey,
    async leaves({ order, after, limit }) {
      const bound = after === undefined ? {} : { [order === 'asc' ? 'gt' : 'lt']: leafId(after) };
      const { docs } = await store.range('ledgerLeaves', { index: '_id', order, limit, ...bound });
      return docs.map((doc) => readLeaf(doc.leaf));
    },
    failure: worker.failure,
    stop: worker.stop,
  };
}

function readLeaf(text: string): Leaf {
  const leaf = decodeLeaf(text);
  if (!leaf) throw new LedgerError('ledger-damaged', 'A leaf in the database is not one of the ledger.');
  return leaf;
}

type Pseudonym = (kind: string, id: string) => string;

function actorName(actor: Actor, pseudonym: Pseudonym): string {
  if (actor.kind === 'system') return 'system';
  return actor.kind === 'staff' ? pseudonym('user', actor.user) : pseudonym('candidate', actor.candidate);
}

function actorRole(actor: Actor): string {
  if (actor.kind !== 'staff') return actor.kind;
  return ROLES.filter((role) => actor.roles.includes(role)).join('+') || 'staff';
}

function objectName(object: string, pseudonym: Pseudonym): string {
  const [, kind, id] = /^(user|candidate):(.+)$/.exec(object) ?? [];
  return kind && id ? `${kind}:${pseudonym(kind, id)}` : object;
}
