import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BoxContext } from '#bank/protocol';
import type { RootKeyring } from '#server/keys';
import { segmentKeys, type SegmentKeys, type Store } from '#server/storage';
import { answer, collect, journalCases } from '#server/storage/contract';
import { decodeSegmentHeader } from '../../../server/storage/segment-journal/layout.ts';
import { testContract } from '../../support/contract.ts';
import { openKeyring } from '../../support/ports.ts';
import { openTempStore, tempDir } from '../../support/temp.ts';
import { openSegments, segmentFiles } from './support.ts';

const TENANT = 'main';

interface Keys {
  store: Store;
  keyring: RootKeyring;
  /** As another start of the server opens them. */
  again(): Promise<SegmentKeys>;
}

async function openKeys(): Promise<Keys> {
  const [folder, store] = [tempDir(), await openTempStore()];
  const keyring = await openKeyring(folder, store);
  return { store, keyring, again: async () => segmentKeys(await openKeyring(folder, store), TENANT) };
}

async function wrappedIn(path: string): Promise<Buffer> {
  const header = decodeSegmentHeader(await readFile(path));
  if (!header) throw new Error('no header');
  return header.wrappedKey;
}

const write = async (journal: Awaited<ReturnType<typeof openSegments>>, from: number, to: number) => {
  for (let seq = from; seq <= to; seq++) await journal.append([answer('a', seq, 'z'.repeat(9000))]);
};

const positions = async (journal: Awaited<ReturnType<typeof openSegments>>) =>
  (await collect(journal.replay(1))).map(({ position }) => position);

describe('SegmentJournal with a generation of keys for each segment', () => {
  testContract(journalCases, () => ({
    async newHome() {
      const { again } = await openKeys();
      const dir = join(tempDir(), 'journal');
      return { open: async () => openSegments(dir, await again()) };
    },
  }));
});

it('a copy of the journal from before the retirement opens with no key that is left, and what was kept does', async () => {
  const { again } = await openKeys();
  const [dir, copy] = [join(tempDir(), 'journal'), join(tempDir(), 'copy')];
  const journal = await openSegments(dir, await again());
  await write(journal, 1, 30);
  await cp(dir, copy, { recursive: true });
  const before = await segmentFiles(copy);
  await journal.retire(20);
  const kept = await positions(journal);
  await journal.close();

  const keys = await again();
  const opened = await Promise.all(before.map(async (path) => keys.unwrap(await wrappedIn(path))));
  const live = opened.findIndex((key) => key !== null);
  expect(live).toBeGreaterThan(0);
  expect(opened.slice(live)).not.toContain(null);
  const restored = await openSegments(copy, keys);
  expect(await positions(restored)).toEqual(kept);
  expect((await segmentFiles(copy)).slice(0, -1)).toEqual(before.slice(live));
});

it('a journal from before there were generations is read on, and what follows has its own', async () => {
  const { keyring, again } = await openKeys();
  const context: BoxContext = {
    type: 'segment',
    tenant: TENANT,
    object: 'journal',
    version: 1,
    field: 'key',
  };
  const former: SegmentKeys = {
    async wrap(key) {
      const { kid, key: wrapped, box } = await keyring.seal('journal', context, key);
      return Buffer.from(JSON.stringify([kid, wrapped.toString('base64'), box.toString('base64')]));
    },
    unwrap: () => expect.fail('a new journal has nothing to read'),
    keepOnly: async () => undefined,
  };
  const dir = join(tempDir(), 'journal');
  const old = await openSegments(dir, former);
  await write(old, 1, 10);
  await old.close();
  for (let start = 1; start <= 3; start++) {
    const journal = await openSegments(dir, await again());
    await write(journal, 10 * start + 1, 10 * start + 10);
    expect(await positions(journal)).toHaveLength(10 * start + 10);
    await journal.close();
  }
  const journal = await openSegments(dir, await again());
  await journal.retire(25);
  const left = await positions(journal);
  expect(left.at(-1)).toBe(40);
  await journal.close();
  expect(await positions(await openSegments(dir, await again()))).toEqual(left);
});
