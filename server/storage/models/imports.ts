import { IMPORT_STATES, type ImportCounts } from '#bank/protocol';
import { json, model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * Imports: a file that was read, to be looked at and then taken over. `reading` until all rows are staged;
 * `committing` is the point of no return: what is staged goes in, after a restart too.
 */
export const imports = model({
  bank: { type: String, required: true },
  owner: { type: String, required: true },
  state: { type: String, required: true, enum: IMPORT_STATES },
  format: { type: String, enum: ['workbook', 'csv', 'gift'] },
  counts: { type: json<ImportCounts>(), required: true },
  /** Codes of what concerns the file as a whole. */
  problems: { type: [String], required: true },
  chunks: { type: Number, required: true, min: 0 },
  createdAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
});
imports.index({ state: 1, createdAt: 1 }, { name: 'by_state' });
imports.index({ expiresAt: 1 }, { name: 'by_expiry' });

/** Rows of an import, some hundred to a chunk; `_id` is `<import>.<chunk>`, `rows` sealed JSON. */
export const importRows = model({
  import: { type: String, required: true },
  chunk: { type: Number, required: true, min: 0 },
  rows: { type: sealed, required: true },
});
importRows.index({ import: 1, chunk: 1 }, { name: 'by_import', unique: true });
