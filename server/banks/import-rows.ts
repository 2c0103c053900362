import { importRowsContext, type ImportRowView } from '#bank/protocol';
import type { ImportRow } from '#bank/formats';
import type { Write } from '#server/storage';
import type { BanksDeps } from './deps.ts';
import { jsonBytes } from './item-boxes.ts';

/** A row of a file with what taking it over does to the bank. */
export interface StagedRow extends ImportRow {
  action: ImportRowView['action'];
  /** Keyed hash of the item, as the bank stores it. */
  hash?: string;
}

const IMPORT_LINE = 'import';
const CHUNK_ROWS = 200;
const CHUNK_BYTES = 1024 * 1024;

function chunkId(importId: string, chunk: number): string {
  return `${importId}.${chunk}`;
}

/** Rows of imports between reading and taking over: sealed, some hundred to a document. */
export function createImportRows({ store, keyring, tenant }: BanksDeps) {
  async function chunkWrite(importId: string, chunk: number, rows: readonly StagedRow[]): Promise<Write> {
    const context = importRowsContext(tenant, importId, chunk);
    const sealed = await keyring.seal(IMPORT_LINE, context, jsonBytes(rows));
    return {
      op: 'insert',
      in: 'importRows',
      doc: { _id: chunkId(importId, chunk), import: importId, chunk, rows: sealed },
    };
  }

  return {
    /** Stores the rows and returns the number of chunks. */
    async stage(importId: string, rows: readonly StagedRow[]): Promise<number> {
      const chunks = inChunks(rows);
      for (const [chunk, part] of chunks.entries()) {
        await store.commit([await chunkWrite(importId, chunk, part)]);
      }
      return chunks.length;
    },

    /** Rows of one chunk; none beyond the last. */
    async read(importId: string, chunk: number): Promise<StagedRow[]> {
      const doc = await store.get('importRows', chunkId(importId, chunk));
      if (!doc) return [];
      const context = importRowsContext(tenant, importId, chunk);
      const bytes = await keyring.open(IMPORT_LINE, context, doc.rows);
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as StagedRow[];
    },

    /** Deletes every chunk of an import. */
    async remove(importId: string): Promise<void> {
      const query = { index: 'by_import', equals: [importId], limit: 5 };
      for (;;) {
        const { docs } = await store.range('importRows', query);
        if (docs.length === 0) return;
        await store.commit(
          docs.map(({ _id, v }): Write => ({ op: 'delete', in: 'importRows', id: _id, ifVersion: v })),
        );
      }
    },
  };
}

export type ImportRows = ReturnType<typeof createImportRows>;

/** Chunks of so many rows, or of about so many bytes, since a row may hold pictures. */
function inChunks(rows: readonly StagedRow[]): StagedRow[][] {
  const chunks: StagedRow[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = JSON.stringify(row).length;
    const last = chunks.at(-1);
    if (last && last.length < CHUNK_ROWS && bytes + size <= CHUNK_BYTES) {
      last.push(row);
      bytes += size;
    } else {
      chunks.push([row]);
      bytes = size;
    }
  }
  return chunks;
}
