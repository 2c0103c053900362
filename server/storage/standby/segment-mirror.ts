import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, realDisk } from '../disk.ts';
import { DoesNotFollow } from '../embedded/does-not-follow.ts';
import { ownFolder } from '../segment-journal/folder-owner.ts';
import { decodeSegmentHeader, HASH_BYTES, SEGMENT_HEADER_BYTES } from '../segment-journal/layout.ts';
import { continues, startOf } from '../segment-journal/recover.ts';
import { scanBatches, type Chain } from '../segment-journal/scan.ts';
import { damagedSegment } from '../segment-journal/segment.ts';
import {
  destroySegment,
  endSegment,
  listSegments,
  prepareSegment,
  startSegment,
  sweepRetired,
} from '../segment-journal/segment-files.ts';
import { createSegmentWriter } from '../segment-journal/segment-writer.ts';

/** Segment files as the primary writes them, byte for byte, without the keys to what is in them. */
export interface SegmentMirror {
  /** The last batch and the newest file; null when there is no file. */
  position(): { batch: number; hash: Buffer; segment: string } | null;
  /** Begins the next file. @throws DoesNotFollow when it does not continue the chain */
  start(name: string, bytes: number, header: Buffer): Promise<void>;
  /** Writes whole batches; on disk when it returns. @throws DoesNotFollow when they do not continue the chain */
  write(batches: Buffer): Promise<void>;
  /** Destroys the files before this one. */
  retire(oldest: string): Promise<void>;
  close(): Promise<void>;
}

const LARGEST_SEGMENT_BYTES = 1024 * 1024 * 1024;

/**
 * @throws DamagedJournal when the files are not as they were written
 * @throws Unavailable when another process has the folder
 */
export async function openSegmentMirror(dir: string): Promise<SegmentMirror> {
  await makeFolder(realDisk, dir, { mode: 0o700 });
  const release = await ownFolder(dir);
  const found = await recoverMirror(dir).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const { chain } = found;
  let { names, offset } = found;
  const writer = await createSegmentWriter();
  const newest = names.at(-1);
  if (newest !== undefined) await writer.open(join(dir, newest));

  return {
    position() {
      const segment = names.at(-1);
      return segment === undefined ? null : { batch: chain.batch - 1, hash: chain.hash, segment };
    },
    async start(name, bytes, header) {
      const before = names.at(-1);
      const decoded = decodeSegmentHeader(header);
      if (!decoded || (before !== undefined && name <= before)) {
        throw new DoesNotFollow('a segment is not the next one');
      }
      if (bytes < SEGMENT_HEADER_BYTES || bytes > LARGEST_SEGMENT_BYTES) {
        throw new DoesNotFollow('a segment has no possible size');
      }
      if (before === undefined) Object.assign(chain, startOf(decoded));
      if (!continues(decoded, chain)) throw new DoesNotFollow('a segment does not continue the chain');
      await prepareSegment(realDisk, dir, bytes);
      await writer.open(await startSegment(realDisk, dir, name, decoded));
      names.push(name);
      offset = SEGMENT_HEADER_BYTES;
    },
    async write(batches) {
      if (names.length === 0) throw new DoesNotFollow('batches came before a segment');
      if (batches.length === 0 || offset + batches.length > LARGEST_SEGMENT_BYTES) {
        throw new DoesNotFollow('batches do not fit their segment');
      }
      const next = { ...chain };
      const end = scanBatches(batches, 0, null, next, () => undefined);
      if (end.kind !== 'end' || end.offset !== batches.length) {
        throw new DoesNotFollow('batches do not continue the chain');
      }
      const length = batches.length;
      await writer.write(batches, offset);
      offset += length;
      Object.assign(chain, next);
    },
    async retire(oldest) {
      for (const name of names.filter((name) => name < oldest)) {
        await destroySegment(realDisk, join(dir, name));
        names = names.filter((one) => one !== name);
      }
    },
    async close() {
      await writer.close();
      await release();
    },
  };
}

/** Reads every segment, checks the chain, and cuts off what a crash left of the last write. */
async function recoverMirror(dir: string) {
  await sweepRetired(realDisk, dir);
  const names = await listSegments(realDisk, dir);
  let chain: Chain = { batch: 1, position: 1, hash: Buffer.alloc(HASH_BYTES) };
  let offset = SEGMENT_HEADER_BYTES;
  for (const name of names) {
    const bytes = await readFile(join(dir, name));
    const header = decodeSegmentHeader(bytes);
    if (header && name === names[0]) chain = startOf(header);
    const around = { intactUpTo: chain.position - 1, readableFrom: null };
    if (!header || !continues(header, chain)) throw damagedSegment(name, 0, around);
    const end = scanBatches(bytes, SEGMENT_HEADER_BYTES, null, chain, () => undefined);
    if (end.kind === 'damaged') {
      throw damagedSegment(name, end.offset, { ...around, intactUpTo: chain.position - 1 });
    }
    offset = end.offset;
    if (name === names.at(-1)) await endSegment(realDisk, join(dir, name), offset);
  }
  return { names, chain, offset };
}
