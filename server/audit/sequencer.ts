import { utf8ToBytes } from '@noble/hashes/utils.js';
import { encodeLeaf, extend, leafHash, type Act } from '#bank/ledger';
import { Conflict, turn, type Store, type Write } from '#server/storage';
import { frontierFields, frontierOf, readHead } from './head.ts';

/** Acts that become leaves with one commit: more of them would hold up the answers of everybody else. */
const BATCH = 32;

/**
 * Turns the oldest acts of the outbox into leaves with one commit: leaves in, acts out, head forward. It keeps
 * nothing between two calls, so a failed or doubtful commit is cleared up by the next one: an act is either still in
 * the outbox or a leaf, never both.
 *
 * @returns whether there was anything to do
 */
export async function sequenceBatch(store: Store): Promise<boolean> {
  await turn();
  const head = await readHead(store);
  const { docs } = await store.range('auditOutbox', { index: '_id', limit: BATCH });
  if (docs.length === 0) return false;
  const writes: Write[] = [];
  let frontier = frontierOf(head);
  let { lastAt } = head;
  for (const { _id, v, act, at } of docs) {
    lastAt = Math.max(lastAt, at);
    const leaf = leafText(act, frontier.size, lastAt);
    writes.push(
      { op: 'insert', in: 'ledgerLeaves', doc: { _id: leafId(frontier.size), leaf } },
      { op: 'delete', in: 'auditOutbox', id: _id, ifVersion: v },
    );
    frontier = extend(frontier, leafHash(utf8ToBytes(leaf)));
  }
  const { v, ...doc } = { ...head, lastAt, ...frontierFields(frontier) };
  try {
    await store.commit([{ op: 'replace', in: 'ledgerHead', doc, ifVersion: v }, ...writes]);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
  return true;
}

/** Id of the document of a leaf. */
export function leafId(seq: number): string {
  return String(seq).padStart(12, '0');
}

function leafText(actText: string, seq: number, at: number): string {
  const act: Act = JSON.parse(actText);
  return encodeLeaf({ v: 1, seq, ts: new Date(at).toISOString(), ...act });
}
