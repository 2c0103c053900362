import type { PaperCertificate } from '#bank/assembly';
import type { ItemKindName, PlayRule } from '#bank/protocol';
import { json, model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * The sealed paper of an attempt, `_id` = attempt id. `kinds` and `partCounts` (how many part tokens the item of
 * the slot has) tell for each slot what a response may be; `addresses` are the view boxes to fetch, sorted. `later`
 * has the first slot and the index box of every section after the first, where there are any; `branches` the ids of the
 * branches of which the candidate chooses one.
 */
const sealedPaper = {
  exam: { type: String, required: true },
  indexBox: { type: Buffer, required: true },
  later: { type: json<{ firstSlot: number; indexBox: string }[]>() },
  kinds: { type: json<ItemKindName[]>(), required: true },
  partCounts: { type: [Number], required: true },
  branches: { type: json<string[]>() },
  addresses: { type: [String], required: true },
  /** Its recordings with the addresses of their pieces, by rising address; absent where it has none. */
  media: { type: json<(PlayRule & { pieces: string[] })[]>() },
  certificate: { type: json<PaperCertificate>(), required: true },
  paper: { type: sealed, required: true },
} as const;

export const papers = model({
  ...sealedPaper,
  candidate: { type: String, required: true },
  /** The attempt that took its place, with a paper from the reserve. */
  replacedBy: { type: String },
});
papers.index({ exam: 1 }, { name: 'by_exam' });

/** Papers in reserve, which nobody has yet: `order` from 0 is the one in which they are issued. */
export const reservePapers = model({ ...sealedPaper, order: { type: Number, required: true, min: 0 } });
reservePapers.index({ exam: 1, order: 1 }, { name: 'by_exam', unique: true });
