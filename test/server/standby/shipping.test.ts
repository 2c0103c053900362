import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSegmentJournal } from '#server/storage';
import { answer } from '#server/storage/contract';
import { createLoggedStore } from '../../../server/storage/embedded/store.ts';
import type { SegmentPlace } from '../../../server/storage/segment-journal/index.ts';
import { createShipping } from '../../../server/storage/standby/shipping.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { testKeys } from '../journal/support.ts';
import { pathsIn } from './support.ts';

/** A primary's storage, and what it sends to a standby that does everything it is asked. */
async function openSource() {
  const paths = pathsIn(join(tempDir(), 'primary'));
  let place: () => SegmentPlace = () => ({ batch: 0, segment: '', offset: 0 });
  const { store, log: commits } = await createLoggedStore({ dir: paths.store, batch: () => place().batch });
  const follower = {
    follow: (tell: () => SegmentPlace) => void (place = tell),
    written: () => undefined,
  };
  const keys = testKeys();
  const journal = await createSegmentJournal({ dir: paths.journal, keys, segmentBytes: 65_536, follower });
  onTestFinished(async () => {
    await journal.close();
    await store.close();
  });
  const sent: string[] = [];
  const source = { commits, journalDir: paths.journal, place: () => place() };
  const has = { t: 'state', term: 1, journal: null, store: null } as const;
  const shipping = await createShipping(source, has, async ({ t }) => {
    sent.push(t);
  });
  return { store, journal, shipping, sent };
}

test('a standby is told to destroy what was retired only when it has the sheets that stand for it', async () => {
  const { store, journal, shipping, sent } = await openSource();
  while (await shipping.next());
  sent.length = 0;
  const append = (seq: number) => journal.append([answer('a', seq, 'x'.repeat(20_000))]);
  for (let seq = 1; seq <= 8; seq++) await append(seq);
  await store.commit([{ op: 'insert', in: 'settings', doc: { _id: 'sheet', value: 'of a' } }]);
  await journal.retire(4);
  await append(9);
  while (await shipping.next());
  await shipping.rest();
  expect(sent.filter((t) => t === 'segment').length).toBeGreaterThan(1);
  expect(sent).toContain('retire');
  expect(sent.indexOf('retire')).toBeGreaterThan(sent.lastIndexOf('commits'));
  expect(sent).toContain('commits');
});
