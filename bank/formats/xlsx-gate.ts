import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { DomainError } from '#bank/protocol';
import { mergedAreas, sheetPaths, spannedCells, type MergedArea } from './xlsx-xml.ts';

/** A workbook that unpacks to more than this is no question file. */
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;
const MAX_RATIO = 100;
const MAX_ENTRIES = 5_000;
/** Small parts may pack very well without being a bomb. */
const RATIO_FREE_BYTES = 8 * 1024 * 1024;
const MAX_MERGED_AREAS = 20_000;
/** Cells that all defined names may span together; the parser allocates each of them. */
const MAX_NAMED_CELLS = 2_000_000;

/** What the gate learns on its way: merged areas by sheet name (the parser is told to ignore them). */
interface GateReport {
  merges: Map<string, MergedArea[]>;
}

/**
 * Unpacks every entry once, counting, before the workbook parser sees the bytes: the parser trusts sizes, ranges
 * and counts that a hostile file can choose freely.
 *
 * @throws DomainError `file-damaged`, `file-unsafe` or `file-type`
 */
export async function checkWorkbook(
  bytes: Uint8Array,
  maxUnpacked: number = MAX_UNPACKED_BYTES,
): Promise<GateReport> {
  const parts = await unpack(bytes, maxUnpacked);
  const workbook = parts.get('xl/workbook.xml');
  if (workbook === undefined) throw new DomainError('file-type', 415, { found: foundInZip(parts) });
  if (spannedCells(workbook) > MAX_NAMED_CELLS) throw unsafe();
  const paths = sheetPaths(workbook, parts.get('xl/_rels/workbook.xml.rels') ?? '');
  const merges = new Map<string, MergedArea[]>();
  for (const [name, path] of paths) {
    const areas = mergedAreas(parts.get(path) ?? '');
    if (areas.length > MAX_MERGED_AREAS) throw unsafe();
    merges.set(name, areas);
  }
  return { merges };
}

function foundInZip(parts: Map<string, string>): string {
  return parts.has('word/document.xml') ? 'Word (.docx)' : 'ZIP';
}

const KEPT = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/;
const MARKERS = new Set(['word/document.xml']);

/** Text of the parts that the gate reads; the others are counted only. */
async function unpack(bytes: Uint8Array, maxUnpacked: number): Promise<Map<string, string>> {
  const parts = new Map<string, string>();
  let total = 0;
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (zip.entryCount > MAX_ENTRIES) throw unsafe();
    for await (const entry of zip.eachEntry()) {
      if (total + entry.uncompressedSize > maxUnpacked) throw unsafe();
      const name = entry.fileName.replace(/^\//, '');
      const chunks = await read(zip, entry, KEPT.test(name));
      total += chunks.size;
      if (chunks.kept) parts.set(name, Buffer.concat(chunks.kept).toString('utf8'));
      else if (MARKERS.has(name)) parts.set(name, '');
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('file-damaged', 422);
  }
  return parts;
}

async function read(
  zip: ZipFile,
  entry: Entry,
  keep: boolean,
): Promise<{ size: number; kept: Buffer[] | null }> {
  const limit = Math.max(RATIO_FREE_BYTES, entry.compressedSize * MAX_RATIO);
  if (entry.uncompressedSize > limit) throw unsafe();
  const stream = await zip.openReadStreamPromise(entry);
  const kept: Buffer[] | null = keep ? [] : null;
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw unsafe();
    kept?.push(chunk);
  }
  return { size, kept };
}

function unsafe(): DomainError {
  return new DomainError('file-unsafe', 413);
}
