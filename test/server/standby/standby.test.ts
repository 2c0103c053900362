import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { beforeAll, expect, test } from 'vitest';
import {
  createEmbeddedStore,
  createSegmentJournal,
  dialPeer,
  promote,
  StandbyMissing,
  type Address,
  type PeerFiles,
  type Store,
} from '#server/storage';
import { answer, collect } from '#server/storage/contract';
import { peerFiles } from '../../support/standby.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { testKeys } from '../journal/support.ts';
import { essayMarkWrite, openPrimary, openStandby, pathsIn, sealedExam, sheetWrite } from './support.ts';

let files: PeerFiles;
const keys = testKeys();

beforeAll(async () => {
  files = await peerFiles();
});

const dialling = (address: Address) => () => dialPeer(address, files);

function put(store: Store, id: string): Promise<void> {
  return store.commit([{ op: 'insert', in: 'settings', doc: { _id: id, value: id } }]);
}

test('what needs both disks is not acknowledged while the standby is lost, everything else is', async () => {
  const [dataDir, standbyDir] = [join(tempDir(), 'primary'), join(tempDir(), 'standby')];
  const first = await openStandby(standbyDir, files);
  const primary = await openPrimary({ dataDir, keys, dial: dialling(first.address) });
  const { store } = primary.storage;
  for (const profile of ['P1', 'P2'] as const)
    await store.commit([{ op: 'insert', in: 'exams', doc: sealedExam(profile, profile) }]);
  expect(await primary.appendOnBoth(answer('a', 1))).toEqual([1]);
  await first.close();
  await primary.until('absent');
  expect(primary.storage.accepts()).toBe(true);
  await expect(primary.appendOnBoth(answer('a', 2))).rejects.toBeInstanceOf(StandbyMissing);
  expect(await primary.journal.append([answer('b', 1)])).toEqual([3]);
  await expect(store.commit([sheetWrite('P2', 'a')])).rejects.toBeInstanceOf(StandbyMissing);
  await expect(store.commit([essayMarkWrite('P2', 'a')])).rejects.toBeInstanceOf(StandbyMissing);
  await store.commit([essayMarkWrite('P1', 'b')]);
  expect(await primary.storage.hasCommits()).toBe(false);
  expect(await store.get('sheets', 'a-1')).toBeNull();
  await store.commit([sheetWrite('P1', 'b')]);
  await put(store, 's');
  expect(primary.changes.at(-1)?.message).toMatch(/closed|Nothing listens|hang up|ECONNRESET/i);
  await openStandby(standbyDir, files, first.address.port);
  await primary.until('in-step');
  expect(await primary.storage.hasCommits()).toBe(true);
  expect(await primary.appendOnBoth(answer('a', 3))).toEqual([4]);
  await store.commit([sheetWrite('P2', 'a')]);
});

test.each([
  ['P0', 'acknowledged'],
  ['P1', 'acknowledged'],
  ['P2', 'StandbyMissing'],
  ['P3', 'StandbyMissing'],
] as const)(
  'without a standby a draft of profile %s can be written, and its sealing is: %s',
  async (profile, expected) => {
    const nobody = () => Promise.reject(new Error('nobody'));
    const primary = await openPrimary({
      dataDir: join(tempDir(), 'primary'),
      keys,
      dial: nobody,
      waits: false,
    });
    const { store } = primary.storage;
    const exam = sealedExam('e', profile);
    await store.commit([{ op: 'insert', in: 'exams', doc: { ...exam, state: 'draft' } }]);
    const sealing = store.commit([{ op: 'replace', in: 'exams', doc: exam, ifVersion: 1 }]);
    const outcome = await sealing.then(
      () => 'acknowledged',
      (error: unknown) => error instanceof Error && error.name,
    );
    expect(outcome).toBe(expected);
  },
);

test('where one disk is enough, a lost standby stops nothing, and it gets all it missed', async () => {
  const [dataDir, standbyDir] = [join(tempDir(), 'primary'), join(tempDir(), 'standby')];
  const first = await openStandby(standbyDir, files);
  const primary = await openPrimary({ dataDir, keys, dial: dialling(first.address) });
  await primary.until('in-step');
  await first.close();
  await primary.until('absent');
  for (let seq = 1; seq <= 40; seq++) {
    await primary.journal.append([answer('a', seq, 'x'.repeat(6_000))]);
    await put(primary.storage.store, `s${seq}`);
  }
  expect(primary.storage.accepts()).toBe(true);
  const second = await openStandby(standbyDir, files, first.address.port);
  await primary.until('in-step');
  await primary.close();
  await second.close();
  const { batch, seq } = await promote(standbyDir, pathsIn(standbyDir));
  expect([batch, seq]).toEqual([40, 40]);
});

test('a standby that was away while segments were retired goes on after them', async () => {
  const [dataDir, standbyDir] = [join(tempDir(), 'primary'), join(tempDir(), 'standby')];
  const first = await openStandby(standbyDir, files);
  const primary = await openPrimary({ dataDir, keys, dial: dialling(first.address) });
  await primary.journal.append([answer('a', 1)]);
  await primary.until('in-step');
  await first.close();
  await primary.until('absent');
  for (let seq = 2; seq <= 60; seq++) await primary.journal.append([answer('a', seq, 'x'.repeat(6_000))]);
  await put(primary.storage.store, 'sheet');
  await primary.journal.retire(40);
  const second = await openStandby(standbyDir, files, first.address.port);
  await primary.until('in-step');
  const kept = await collect(primary.journal.replay(1));
  await primary.close();
  await second.close();
  await promote(standbyDir, pathsIn(standbyDir));
  const journal = await createSegmentJournal({ dir: pathsIn(standbyDir).journal, keys });
  expect(kept.length).toBeLessThan(60);
  expect(await collect(journal.replay(1))).toEqual(kept);
  await journal.close();
});

test('a standby whose commits are no longer kept gets the whole store anew, and keeps the old copy until then', async () => {
  const [dataDir, standbyDir] = [join(tempDir(), 'primary'), join(tempDir(), 'standby')];
  const standby = await openStandby(standbyDir, files);
  const dial = dialling(standby.address);
  const first = await openPrimary({ dataDir, keys, dial });
  await put(first.storage.store, 'with');
  await first.appendOnBoth(answer('a', 1));
  await first.close();
  const alone = await createEmbeddedStore({ dir: pathsIn(dataDir).store });
  await put(alone, 'without');
  await alone.close();
  const again = await openPrimary({ dataDir, keys, dial });
  await put(again.storage.store, 'with again');
  await again.appendOnBoth(answer('a', 2));
  await again.close();
  await standby.close();
  await promote(standbyDir, pathsIn(standbyDir));
  const store = await createEmbeddedStore({ dir: pathsIn(standbyDir).store });
  expect(await store.getMany('settings', ['with', 'without', 'with again'])).not.toContain(null);
  await store.close();
});

test.each(['journal', 'store'] as const)(
  'a primary whose %s was put back to an older state is told so, and acknowledges nothing by both disks',
  async (part) => {
    const [dataDir, standbyDir] = [join(tempDir(), 'primary'), join(tempDir(), 'standby')];
    const standby = await openStandby(standbyDir, files);
    const dial = dialling(standby.address);
    const first = await openPrimary({ dataDir, keys, dial });
    await put(first.storage.store, 's1');
    await first.appendOnBoth(answer('a', 1));
    await first.close();
    const backup = join(tempDir(), 'backup');
    await cp(pathsIn(dataDir)[part], backup, { recursive: true });
    const second = await openPrimary({ dataDir, keys, dial });
    await put(second.storage.store, 's2');
    await second.appendOnBoth(answer('a', 2));
    await second.close();
    await rm(pathsIn(dataDir)[part], { recursive: true });
    await cp(backup, pathsIn(dataDir)[part], { recursive: true });
    const restored = await openPrimary({ dataDir, keys, dial, waits: false });
    await restored.changed();
    expect(restored.changes.at(-1)?.message).toContain('was put back to an older state');
    await expect(restored.appendOnBoth(answer('a', 3))).rejects.toBeInstanceOf(StandbyMissing);
  },
);

test('a certificate of another authority, or none, gets nowhere, and both sides say why', async () => {
  const standby = await openStandby(join(tempDir(), 'standby'), files);
  const strangers = await peerFiles();
  const dataDir = join(tempDir(), 'primary');
  const open = (own: PeerFiles) =>
    openPrimary({ dataDir, keys, dial: () => dialPeer(standby.address, own), waits: false });
  const foreign = await open(strangers);
  await foreign.changed();
  expect(foreign.changes.at(-1)?.message).toContain('The certificate of 127.0.0.1');
  expect(foreign.changes.at(-1)?.message).toContain('standby-certificates');
  await foreign.close();
  const forged = await open({ ...strangers, ca: files.ca });
  await forged.changed();
  expect(forged.changes.at(-1)?.message).toContain('refuses the certificate of this side');
  await expect(forged.appendOnBoth(answer('a', 1))).rejects.toBeInstanceOf(StandbyMissing);
  await forged.close();

  const bare = connect({ ...standby.address, ca: files.ca, minVersion: 'TLSv1.3' });
  const [refusal] = (await once(bare, 'error')) as [Error & { code?: string }];
  expect(refusal.code).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
  const old = connect({ ...standby.address, ...files, maxVersion: 'TLSv1.2' });
  await once(old, 'error');
  expect(
    standby.events.filter((event) => event.startsWith('somebody was turned away')).length,
  ).toBeGreaterThan(2);

  const known = await open(files);
  await known.until('in-step');
  const [position] = await known.appendOnBoth(answer('a', 1));
  expect(position).toBe(2);
});

test('junk, a frame too long and a question before the hello end the connection, nothing else', async () => {
  const standby = await openStandby(join(tempDir(), 'standby'), files);
  const u32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const ping = Buffer.from('{"t":"ping"}');
  const junk = [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    u32(0xff_ff_ff_ff),
    Buffer.concat([u32(3), Buffer.alloc(3)]),
    Buffer.concat([u32(8 + ping.length), u32(0), u32(ping.length), ping]),
    Buffer.concat([u32(8 + ping.length), u32(0), u32(ping.length + 9), ping]),
  ];
  for (const bytes of junk) {
    const socket = await dialPeer(standby.address, files);
    socket.resume();
    socket.write(bytes);
    await once(socket, 'close');
  }
  const primary = await openPrimary({ dataDir: join(tempDir(), 'p'), keys, dial: dialling(standby.address) });
  expect(await primary.appendOnBoth(answer('a', 1))).toEqual([1]);
});

test('a standby serves one installation and one version', async () => {
  const standby = await openStandby(join(tempDir(), 'standby'), files);
  const dial = dialling(standby.address);
  const first = await openPrimary({ dataDir: join(tempDir(), 'one'), keys, dial });
  await first.close();
  const other = await openPrimary({ dataDir: join(tempDir(), 'two'), keys, dial, waits: false });
  await other.changed();
  expect(other.changes.at(-1)?.message).toContain('another installation');
  const newer = await openPrimary({
    dataDir: join(tempDir(), 'three'),
    keys,
    dial,
    waits: false,
    version: '9',
  });
  await newer.changed();
  expect(newer.changes.at(-1)?.message).toContain('another version');
});

test('the folder of a primary is never taken for a standby, nor promoted', async () => {
  const dataDir = join(tempDir(), 'primary');
  const store = await createEmbeddedStore({ dir: pathsIn(dataDir).store });
  await store.close();
  await expect(openStandby(dataDir, files)).rejects.toThrow('holds the data of a primary');
  await expect(promote(dataDir, pathsIn(dataDir))).rejects.toThrow('not the folder of a standby');
});
