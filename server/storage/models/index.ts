/**
 * The one definition of every document: a mongoose schema per collection, and the types inferred from it.
 *
 * To add a collection: write `<noun>.ts` with `export const nouns = model({ … })` (see keys.ts), declare each
 * index with an explicit name, `nouns.index({ a: 1, b: 1 }, { name: 'by_a', unique: true })`, all fields
 * ascending, scalars and required, and list it in `schemas`. `_id` and `v` are added by `model`.
 * Sub-documents: `part`; free plain JSON: `json<T>()`; anything secret or personal: `sealed`.
 */
import { auditOutbox, ledgerHead, ledgerLeaves } from './audit.ts';
import { bankMembers, banks, items, itemVersions } from './banks.ts';
import { candidates } from './candidates.ts';
import { clockEvents, clockMarks } from './clocks.ts';
import { essayMarks } from './essay-marks.ts';
import { exams } from './exams.ts';
import { invitations, sessions, throttles, users } from './identity.ts';
import { importRows, imports } from './imports.ts';
import { itemTemplates } from './item-templates.ts';
import { itemUses } from './item-uses.ts';
import { keys } from './keys.ts';
import type { DocumentsOf } from './model.ts';
import { media, mediaPieces } from './media.ts';
import { papers, reservePapers } from './papers.ts';
import { pools } from './pools.ts';
import { results } from './results.ts';
import { settings } from './settings.ts';
import { sheets } from './sheets.ts';
import { tailers } from './tailers.ts';
import { viewBoxes } from './view-boxes.ts';

export const schemas = {
  auditOutbox,
  bankMembers,
  banks,
  candidates,
  clockEvents,
  clockMarks,
  essayMarks,
  exams,
  importRows,
  imports,
  invitations,
  items,
  itemTemplates,
  itemUses,
  itemVersions,
  keys,
  ledgerHead,
  ledgerLeaves,
  media,
  mediaPieces,
  papers,
  pools,
  reservePapers,
  results,
  sessions,
  settings,
  sheets,
  tailers,
  throttles,
  users,
  viewBoxes,
} as const;

/** Collection → its document, without `_id` and `v`. */
export type Documents = DocumentsOf<typeof schemas>;

export { json, model, part, type DocumentsOf, type Model } from './model.ts';
export { sealed, type Sealed } from './sealed.ts';
