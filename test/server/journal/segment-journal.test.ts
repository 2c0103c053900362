import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { DamagedJournal, Unavailable } from '#server/storage';
import { answer, collect, journalCases } from '#server/storage/contract';
import { testContract } from '../../support/contract.ts';
import { openSegments, segmentFiles, temporaryFolder, testKeys } from './support.ts';

describe('SegmentJournal', () => {
  const newHome = async () => {
    const dir = await temporaryFolder();
    const keys = testKeys();
    return { open: () => openSegments(dir, keys) };
  };
  testContract(journalCases, () => ({ newHome }));
});

const SECRET = 'Gia tốc trọng trường là 9,81 m/s²';

it('writes nothing readable: neither answers nor attempt ids, in any common encoding', async () => {
  const dir = await temporaryFolder();
  const journal = await openSegments(dir, testKeys());
  const attempt = 'kXq3_attempt-id-0000A2';
  await journal.append([{ ...answer(attempt, 1, SECRET), type: 'telling-type' }]);
  await journal.close();
  const files = await Promise.all((await segmentFiles(dir)).map((path) => readFile(path)));
  const bytes = Buffer.concat(files);
  for (const word of [SECRET, SECRET.normalize('NFD'), attempt, 'telling-type']) {
    const utf8 = Buffer.from(word);
    const alignments = [0, 1, 2].map((skip) => utf8.subarray(skip).toString('base64').slice(0, -4));
    const forms = [utf8, Buffer.from(word, 'utf16le'), utf8.toString('hex'), ...alignments];
    for (const form of forms) expect(bytes.includes(form)).toBe(false);
  }
});

it('uses a new key for every segment and every start', async () => {
  const dir = await temporaryFolder();
  const wrapped: string[] = [];
  const keys = testKeys();
  const watched = {
    ...keys,
    wrap: (key: Uint8Array) => {
      wrapped.push(Buffer.from(key).toString('hex'));
      return keys.wrap(key);
    },
  };
  const journal = await openSegments(dir, watched);
  for (let seq = 1; seq <= 30; seq++) await journal.append([answer('a', seq, 'z'.repeat(5000))]);
  await journal.close();
  await (await openSegments(dir, watched)).close();
  expect(wrapped.length).toBeGreaterThanOrEqual(4);
  expect(new Set(wrapped).size).toBe(wrapped.length);
});

it('deletes retired segments and the keys in them', async () => {
  const dir = await temporaryFolder();
  const journal = await openSegments(dir, testKeys());
  for (let seq = 1; seq <= 30; seq++) await journal.append([answer('a', seq, 'z'.repeat(5000))]);
  const before = await segmentFiles(dir);
  await journal.retire(30);
  const after = await segmentFiles(dir);
  expect(before.length).toBeGreaterThan(2);
  expect(after).toHaveLength(1);
  expect(before).not.toContain(after[0]);
});

it('goes on after a crash in the middle of retiring', async () => {
  const dir = await temporaryFolder();
  const keys = testKeys();
  const journal = await openSegments(dir, keys);
  for (let seq = 1; seq <= 30; seq++) await journal.append([answer('a', seq, 'z'.repeat(5000))]);
  await journal.close();
  const [oldest = ''] = await segmentFiles(dir);
  await rename(oldest, `${oldest}.retired`);
  const again = await openSegments(dir, keys);
  expect(again.head()).toBe(30);
  expect(await stat(`${oldest}.retired`).catch(() => null)).toBeNull();
});

it('rejects one append that no segment could hold, and goes on', async () => {
  const journal = await openSegments(await temporaryFolder(), testKeys());
  await expect(journal.append([answer('a', 1, 'z'.repeat(70_000))])).rejects.toBeInstanceOf(RangeError);
  expect(await journal.append([answer('a', 2)])).toEqual([1]);
});

it('refuses to start under another key, and says nothing of its content', async () => {
  const dir = await temporaryFolder();
  const journal = await openSegments(dir, testKeys());
  await journal.append([answer('a', 1, SECRET)]);
  await journal.close();
  await expect(openSegments(dir, testKeys())).rejects.toThrow('the sealed data cannot be opened');
});

it('refuses to start when a segment in the middle is missing, and names what is readable', async () => {
  const dir = await temporaryFolder();
  const keys = testKeys();
  const journal = await openSegments(dir, keys);
  for (let seq = 1; seq <= 40; seq++) await journal.append([answer('a', seq, 'z'.repeat(5000))]);
  await journal.close();
  const files = await segmentFiles(dir);
  await rm(files[1] ?? '');
  const damage = await openSegments(dir, keys).catch((error: unknown) => error);
  expect(damage).toBeInstanceOf(DamagedJournal);
  expect((damage as DamagedJournal).intactUpTo).toBeGreaterThan(0);
  expect((damage as DamagedJournal).readableFrom).toBeGreaterThan((damage as DamagedJournal).intactUpTo);
});

it('stops acknowledging for good once its folder cannot take another segment', async () => {
  const dir = await temporaryFolder();
  const keys = testKeys();
  const journal = await openSegments(dir, keys);
  await mkdir(`${dir}/next.prepared`);
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, (_, seq) => journal.append([answer('a', seq, 'z'.repeat(5000))])),
  );
  const acknowledged = results.findIndex((result) => result.status === 'rejected');
  expect(acknowledged).toBeGreaterThan(0);
  const refused = results.slice(acknowledged) as PromiseRejectedResult[];
  expect(refused.every(({ reason }) => reason instanceof Unavailable)).toBe(true);
  await expect(journal.append([answer('a', 99)])).rejects.toBeInstanceOf(Unavailable);
  expect(await journal.read('a')).toHaveLength(acknowledged);
  await rm(`${dir}/next.prepared`, { recursive: true });
  await journal.close();
  expect((await collect((await openSegments(dir, keys)).replay(1))).length).toBe(acknowledged);
});

it('keeps an unfinished segment of zeros from being mistaken for the journal', async () => {
  const dir = await temporaryFolder();
  const keys = testKeys();
  const journal = await openSegments(dir, keys);
  await journal.append([answer('a', 1)]);
  await journal.close();
  await writeFile(`${dir}/next.prepared`, Buffer.alloc(100));
  expect((await openSegments(dir, keys)).head()).toBe(1);
});
