import { concatBytes } from '@noble/hashes/utils.js';
import {
  EMPTY_FRONTIER,
  formatVerifierKey,
  frontierRoot,
  HASH_BYTES,
  type Act,
  type Frontier,
} from '#bank/ledger';
import type { Keyring } from '#server/keys';
import { Duplicate, type Store, type Stored, type Write } from '#server/storage';
import { newSeed, openSeed, type Signer } from './signer.ts';

export type Head = Stored<'ledgerHead'>;

const HEAD = 'head';
/** What a key name may be (C2SP signed-note), a host with its port among it. */
const ORIGIN = /^[\w.:/[\]-]{1,100}$/;

export async function readHead(store: Store): Promise<Head> {
  const head = await store.get('ledgerHead', HEAD);
  if (!head) throw new Error('the ledger has no head');
  return head;
}

/**
 * The head of the ledger and its signer; makes both in a Store without a ledger, together with its first act. An
 * existing ledger keeps the origin it was made with.
 */
export async function ensureHead(deps: {
  store: Store;
  keyring: Keyring;
  origin: string;
  now: number;
  record(act: Act): Write;
}): Promise<{ head: Head; signer: Signer }> {
  if (!ORIGIN.test(deps.origin)) throw new RangeError('not the name of a ledger');
  if (!(await deps.store.get('ledgerHead', HEAD))) await createHead(deps);
  const head = await readHead(deps.store);
  return { head, signer: await openSeed(deps.keyring, head.origin, head.seed) };
}

async function createHead(deps: Parameters<typeof ensureHead>[0]): Promise<void> {
  const { seed, signer } = await newSeed(deps.keyring, deps.origin);
  const vkey = formatVerifierKey(signer.key);
  const doc = {
    _id: HEAD,
    origin: deps.origin,
    vkey,
    seed,
    lastAt: deps.now,
    ...frontierFields(EMPTY_FRONTIER),
  };
  const act: Act = {
    actor: 'system',
    role: 'system',
    action: 'ledger.create',
    object: `ledger:${vkey.split('+')[1]}`,
    data: { vkey },
  };
  try {
    await deps.store.commit([{ op: 'insert', in: 'ledgerHead', doc }, deps.record(act)]);
  } catch (error) {
    if (!(error instanceof Duplicate)) throw error;
  }
}

/** How a frontier lies in the head document. */
export function frontierFields(frontier: Frontier): { size: number; root: Buffer; frontier?: Buffer } {
  const root = Buffer.from(frontierRoot(frontier));
  if (frontier.size === 0) return { size: 0, root };
  return { size: frontier.size, root, frontier: Buffer.from(concatBytes(...frontier.hashes)) };
}

export function frontierOf(head: Head): Frontier {
  const bytes = head.frontier ?? Buffer.alloc(0);
  const hashes = Array.from({ length: bytes.length / HASH_BYTES }, (_, i) =>
    bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
  return { size: head.size, hashes };
}
