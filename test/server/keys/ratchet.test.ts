import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { CryptoError } from '#bank/vault';
import { createFileKeyProvider, createKeyring } from '#server/keys';
import type { Store } from '#server/storage';
import { openTempStore, tempDir } from '../../support/temp.ts';

const LINE = 'segments';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = tempDir();
  store = await openTempStore();
});

/** The ratchet as one process holds it. */
async function open(over = store, name = 'keys.json') {
  const provider = await createFileKeyProvider({
    path: join(folder, name),
    dataFolder: join(folder, 'data'),
  });
  return (await createKeyring({ provider, store: over })).ratchet(LINE);
}

const stored = async () =>
  (await store.range('keys', { index: 'by_line', equals: [LINE], limit: 10 })).docs.map(({ _id }) => _id);

async function documentOf(id: string) {
  const found = await store.get('keys', id);
  if (!found) throw new Error(`there is no ${id}`);
  const { v: _, ...doc } = found;
  return doc;
}

describe('keys of which each is made from the one before', () => {
  it('are the same after a restart, in whatever order they are asked for, and each is another', async () => {
    const first = await open();
    const keys = [await first.key(3), await first.key(1), await first.key(2)];
    const again = await open();
    expect([await again.key(3), await again.key(1), await again.key(2)]).toEqual(keys);
    expect(new Set(keys.map((key) => Buffer.from(key ?? []).toString('hex'))).size).toBe(3);
    expect(await stored()).toEqual([`${LINE}.1`]);
  });

  it('are gone before the one that is still needed, with what they were made from, and all later ones stay', async () => {
    const ratchet = await open();
    const [fourth, ninth] = [await ratchet.key(4), await ratchet.key(9)];
    await ratchet.destroyBefore(4);
    for (const one of [ratchet, await open()]) {
      expect(await one.key(3)).toBeNull();
      expect(await one.key(4)).toEqual(fourth);
      expect(await one.key(9)).toEqual(ninth);
      expect(await one.oldest()).toBe(4);
    }
    await ratchet.destroyBefore(2);
    expect(await stored()).toEqual([`${LINE}.4`]);
  });

  it('are not changed by what is asked for while some are destroyed', async () => {
    const ratchet = await open();
    const tenth = await ratchet.key(10);
    await Promise.all([ratchet.destroyBefore(5), ratchet.key(1), ratchet.key(5), ratchet.key(1)]);
    expect(await ratchet.key(10)).toEqual(tenth);
    expect(await ratchet.key(1)).toBeNull();
  });

  it('open from an older state of the store what is newer', async () => {
    const ratchet = await open();
    await ratchet.destroyBefore(3);
    const old = await openTempStore();
    for (const id of ['check.1', `${LINE}.3`])
      await old.commit([{ op: 'insert', in: 'keys', doc: await documentOf(id) }]);
    const seventh = await ratchet.key(7);
    await ratchet.destroyBefore(7);
    expect(await (await open(old)).key(7)).toEqual(seventh);
  });

  it('are destroyed once by two who do it at once, and go on the same for both', async () => {
    const [one, other] = [await open(), await open()];
    expect(await one.key(9)).toEqual(await other.key(9));
    await one.destroyBefore(3);
    await other.destroyBefore(5);
    await one.destroyBefore(4);
    expect(await stored()).toEqual([`${LINE}.5`]);
    expect(await one.key(9)).toEqual(await (await open()).key(9));
  });

  it('are made once by two who begin at once', async () => {
    const [one, other] = [await open(), await open()];
    const [a, b] = await Promise.all([one.key(1), other.key(1)]);
    expect(a).toEqual(b);
  });

  it('are bound to their line and generation', async () => {
    await (await open()).key(1);
    const doc = await documentOf(`${LINE}.1`);
    await store.commit([
      { op: 'delete', in: 'keys', id: doc._id, ifVersion: 1 },
      { op: 'insert', in: 'keys', doc: { ...doc, _id: `${LINE}.2`, generation: 2 } },
    ]);
    await expect((await open()).key(2)).rejects.toThrow(new CryptoError());
  });
});
