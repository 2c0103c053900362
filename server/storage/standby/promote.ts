import { Unavailable } from '../store.ts';
import { openCopiedStore } from './copied-store.ts';
import { openSegmentMirror } from './segment-mirror.ts';
import { readSuccession, writeSuccession } from './succession.ts';

export interface Promotion {
  term: number;
  /** Last batch of the journal that is here, and last commit of the store. */
  batch: number;
  seq: number;
}

/**
 * Makes a standby's folder a primary's, one term higher: from then on nothing is taken from the primary before it. The
 * standby must have ended, so that it cannot answer for what this misses.
 *
 * @throws Unavailable when the folder is no standby's, is in use, or holds no whole copy
 * @throws DamagedJournal when its segments are not as they were written
 */
export async function promote(
  dataDir: string,
  paths: { store: string; journal: string },
): Promise<Promotion> {
  const found = await readSuccession(dataDir);
  if (found?.role !== 'standby') {
    throw new Unavailable(
      `${dataDir} không phải thư mục của một máy dự phòng. / ${dataDir} is not the folder of a standby. ` +
        'NIEM_DATA or --data names the one that "niem standby" was given.',
    );
  }
  const journal = await openSegmentMirror(paths.journal);
  try {
    const store = await openCopiedStore(paths.store);
    try {
      const copy = store.position();
      if (!copy || found.installation === null) {
        throw new Unavailable(
          `${dataDir} chưa có bản sao đầy đủ. / ${dataDir} holds no whole copy yet: start the standby again and wait ` +
            'until the primary says that it is in step, or use the folder of the primary itself.',
        );
      }
      const term = found.term + 1;
      await writeSuccession(dataDir, { ...found, term, role: 'primary' });
      return { term, batch: journal.position()?.batch ?? 0, seq: copy.seq };
    } finally {
      await store.close();
    }
  } finally {
    await journal.close();
  }
}
