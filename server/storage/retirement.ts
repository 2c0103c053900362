import type { Journal, Position } from './journal.ts';
import type { Store } from './store.ts';

const NAME = 'journal-retirement';

/** The last record that was retired: its position, and its server time in milliseconds since 1970, UTC. */
export interface Retired {
  position: Position;
  at: number;
}

/** Up to where the journal was retired; null when nothing ever was. */
export async function retiredOf(store: Store): Promise<Retired | null> {
  const mark = await store.get('tailers', NAME);
  return mark && { position: mark.position, at: mark.at ?? 0 };
}

/**
 * Retires the journal up to a record. The Store knows of it before anything is destroyed: at a start this tells what
 * was retired from what is missing.
 *
 * @throws Conflict when two do it at once
 * @throws Unavailable
 */
export async function retireUpTo(store: Store, journal: Journal, upTo: Retired): Promise<void> {
  const mark = await store.get('tailers', NAME);
  const doc = { _id: NAME, ...upTo };
  if (!mark) await store.commit([{ op: 'insert', in: 'tailers', doc }]);
  else if (mark.position < upTo.position)
    await store.commit([{ op: 'replace', in: 'tailers', doc, ifVersion: mark.v }]);
  await journal.retire(upTo.position);
}
