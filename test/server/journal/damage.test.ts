import { cp, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSegmentJournal, DamagedJournal, realDisk, type SegmentKeys } from '#server/storage';
import { recover } from '../../../server/storage/segment-journal/recover.ts';
import { answer, collect } from '#server/storage/contract';
import { segmentFiles, temporaryFolder, testKeys } from './support.ts';

const SECTOR = 512;
const MAGIC = Buffer.from('BAT1');

interface Written {
  dir: string;
  keys: SegmentKeys;
  segment: string;
  bytes: Buffer;
  /** Byte offsets at which the batches begin. */
  batches: number[];
}

/** A closed journal of one segment with these many batches, each of one record. */
async function written(count: number, lastText: string): Promise<Written> {
  const dir = await temporaryFolder();
  const keys = testKeys();
  const journal = await createSegmentJournal({ dir, keys, segmentBytes: 65_536 });
  for (let seq = 1; seq <= count; seq++) {
    await journal.append([answer('a', seq, seq === count ? lastText : `text ${seq}`)]);
  }
  await journal.close();
  const [segment = ''] = await segmentFiles(dir);
  const bytes = await readFile(segment);
  const batches: number[] = [];
  for (let at = 0; at < bytes.length; at += SECTOR) {
    if (bytes.subarray(at, at + 4).equals(MAGIC)) batches.push(at);
  }
  expect(batches).toHaveLength(count);
  return { dir, keys, segment, bytes, batches };
}

/** Runs `use` on a copy of the folder in which the segment has these bytes. */
async function inCopy<T>(
  { dir, segment }: Written,
  bytes: Buffer,
  use: (copy: string) => Promise<T>,
): Promise<T> {
  const copy = await mkdtemp(`${dir}-copy-`);
  try {
    await cp(dir, copy, { recursive: true });
    await writeFile(join(copy, segment.slice(dir.length)), bytes);
    return await use(copy);
  } finally {
    await rm(copy, { recursive: true });
  }
}

/** What a start finds in a folder with these bytes: the numbers of the records, or the damage. */
function found(journal: Written, bytes: Buffer): Promise<number[] | DamagedJournal> {
  return inCopy(journal, bytes, async (dir) => {
    try {
      const opened = await createSegmentJournal({ dir, keys: journal.keys, segmentBytes: 65_536 });
      const records = await collect(opened.replay(1));
      await opened.close();
      return records.map((record) => (record.data as { seq: number }).seq);
    } catch (error) {
      if (error instanceof DamagedJournal) return error;
      throw error;
    }
  });
}

/** The last record that recovery, the first step of a start, finds in a folder with these bytes. */
function head(journal: Written, bytes: Buffer): Promise<number> {
  return inCopy(
    journal,
    bytes,
    async (dir) => (await recover(realDisk, dir, journal.keys)).chain.position - 1,
  );
}

describe('a flush that a crash cut short', () => {
  it('is dropped wherever it was cut, and nothing before it', async () => {
    const journal = await written(3, 'x');
    const last = journal.batches[2] ?? 0;
    const endMark = last + 68 + journal.bytes.readUInt32BE(last + 4);
    expect(journal.bytes[endMark]).toBe(0xe5);
    for (let cut = last; cut <= endMark; cut++) {
      const zeroed = Buffer.from(journal.bytes).fill(0, cut);
      expect(await head(journal, zeroed), `zeros from byte ${cut}`).toBe(2);
      expect(await head(journal, journal.bytes.subarray(0, cut)), `ends at byte ${cut}`).toBe(2);
    }
    expect(await head(journal, Buffer.from(journal.bytes).fill(0, endMark + 1))).toBe(3);
  });

  it('leaves a journal that opens with everything before it', async () => {
    const journal = await written(3, 'x');
    const last = journal.batches[2] ?? 0;
    const boxBytes = journal.bytes.readUInt32BE(last + 4);
    for (let cut = last; cut < last + boxBytes; cut += 37) {
      expect(await found(journal, Buffer.from(journal.bytes).fill(0, cut))).toEqual([1, 2]);
    }
  });

  it('is cut off, so that what is appended afterwards is found by later starts', async () => {
    const journal = await written(3, 'x');
    const bytes = Buffer.from(journal.bytes).fill(0, (journal.batches[2] ?? 0) + 100);
    await inCopy(journal, bytes, async (dir) => {
      for (let start = 0; start < 3; start++) {
        const opened = await createSegmentJournal({ dir, keys: journal.keys, segmentBytes: 65_536 });
        expect(await opened.append([answer('a', 10 + start)])).toEqual([3 + start]);
        await opened.close();
      }
    });
  });

  it('is dropped whichever of its sectors reached the disk', async () => {
    const journal = await written(2, 'y'.repeat(4 * SECTOR - 350));
    const last = journal.batches[1] ?? 0;
    for (let missing = 1; missing < 16; missing++) {
      const bytes = Buffer.from(journal.bytes);
      for (let sector = 0; sector < 4; sector++) {
        const at = last + sector * SECTOR;
        if (missing & (1 << sector)) bytes.fill(0, at, at + SECTOR);
      }
      expect(await found(journal, bytes), `missing sectors ${missing.toString(2)}`).toEqual([1]);
    }
  });
});

describe('damage', () => {
  let journal: Written;
  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'niem-damage-'));
    const keys = testKeys();
    const made = await createSegmentJournal({ dir, keys, segmentBytes: 65_536 });
    for (let seq = 1; seq <= 5; seq++) await made.append([answer('a', seq, 'q'.repeat(700))]);
    await made.close();
    const [segment = ''] = await segmentFiles(dir);
    const bytes = await readFile(segment);
    const batches = [4096, 4096 + 2 * SECTOR, 4096 + 4 * SECTOR, 4096 + 6 * SECTOR, 4096 + 8 * SECTOR];
    journal = { dir, keys, segment, bytes, batches };
    return () => rm(dir, { recursive: true });
  });

  function lengthOf(batch: number): number {
    const at = journal.batches[batch] ?? 0;
    return 68 + journal.bytes.readUInt32BE(at + 4) + 1;
  }

  it('is looked for at the right places', () => {
    for (const at of journal.batches) expect(journal.bytes.subarray(at, at + 4).equals(MAGIC)).toBe(true);
  });

  it('of one byte in a middle batch stops the start and names what is readable', async () => {
    const places = fc.record({
      batch: fc.integer({ min: 0, max: 3 }),
      at: fc.nat(),
      xor: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(places, async ({ batch, at, xor }) => {
        const bytes = Buffer.from(journal.bytes);
        const place = (journal.batches[batch] ?? 0) + (at % lengthOf(batch));
        bytes[place] = (bytes[place] ?? 0) ^ xor;
        const damage = await found(journal, bytes);
        expect(damage).toBeInstanceOf(DamagedJournal);
        expect(damage).toMatchObject({ intactUpTo: batch, readableFrom: batch + 2 });
      }),
      { numRuns: 60 },
    );
  });

  it('of one byte in the last batch is not taken for a flush cut short', async () => {
    for (let at = 0; at < lengthOf(4) - 1; at += 13) {
      const bytes = Buffer.from(journal.bytes);
      const place = (journal.batches[4] ?? 0) + at;
      bytes[place] = (bytes[place] ?? 0) ^ 0x41;
      const damage = await found(journal, bytes);
      expect(damage, `byte ${at}`).toBeInstanceOf(DamagedJournal);
      expect(damage).toMatchObject({ intactUpTo: 4, readableFrom: null });
    }
  });

  it('of a segment header stops the start', async () => {
    for (const place of [0, 9, 20, 30, 57, 60, 70, 99]) {
      const bytes = Buffer.from(journal.bytes);
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      expect(await found(journal, bytes), `byte ${place}`).toBeInstanceOf(DamagedJournal);
    }
  });

  it('is found when two batches are swapped', async () => {
    const bytes = Buffer.from(journal.bytes);
    const [, second = 0, third = 0] = journal.batches;
    journal.bytes.copy(bytes, second, third, third + 2 * SECTOR);
    journal.bytes.copy(bytes, third, second, second + 2 * SECTOR);
    expect(await found(journal, bytes)).toMatchObject({ intactUpTo: 1 });
  });

  it('leaves the files as they are', async () => {
    const [segment = ''] = await segmentFiles(journal.dir);
    const file = await open(segment, 'r+');
    await file.write(Buffer.from([0xff]), 0, 1, (journal.batches[2] ?? 0) + 200);
    await file.close();
    const before = await readFile(segment);
    const refused = createSegmentJournal({ dir: journal.dir, keys: journal.keys, segmentBytes: 65_536 });
    await expect(refused).rejects.toThrow(/records up to 2 are intact, readable again from 4/);
    expect((await readFile(segment)).equals(before)).toBe(true);
    await writeFile(segment, journal.bytes);
  });
});
