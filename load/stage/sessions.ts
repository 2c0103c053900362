import { createSessions } from '#server/identity';
import { createClock } from '#server/http';
import { createEmbeddedStore } from '#server/storage';
import type { Seat } from '../devices/device.ts';

/** Sessions written by one commit. */
const CHUNK = 400;

/**
 * Signs everybody in before the server starts: writes the sessions that sign-in would write into the store of a server
 * that does not run. Ten thousand codes take minutes to check, and what is measured begins behind the sign-in. Whoever
 * can do this owns the data folder; a running server offers no such thing.
 */
export async function signEverybodyIn(storeDir: string, exam: string): Promise<Seat[]> {
  const store = await createEmbeddedStore({ dir: storeDir });
  try {
    const sessions = createSessions({ store, clock: createClock() });
    const seats: Seat[] = [];
    let after: string | undefined;
    do {
      const page = await store.range('candidates', {
        index: 'by_number',
        equals: [exam],
        limit: CHUNK,
        ...(after !== undefined && { after }),
      });
      const made = page.docs.map(({ _id: candidate, attempt }) => {
        const { token, write } = sessions.create({ kind: 'candidate', candidate, exam, attempt });
        return { write, seat: { attempt, candidate, token } };
      });
      await store.commit(made.map(({ write }) => write));
      seats.push(...made.map(({ seat }) => seat));
      after = page.next;
    } while (after !== undefined);
    return seats;
  } finally {
    await store.close();
  }
}
