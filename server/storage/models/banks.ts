import { type AssemblyData, ITEM_KINDS, ITEM_STATUSES, LEVELS, type Level } from '#bank/protocol';
import { json, model, part } from './model.ts';
import { sealed } from './sealed.ts';

const kind = { type: String, required: true, enum: ITEM_KINDS } as const;
const level = { type: String, required: true, enum: LEVELS } as const;
const topic = { type: String, required: true, maxlength: 200 } as const;

/** Question banks. An empty list of topics means that any topic will do. */
export const banks = model({
  name: { type: String, required: true, maxlength: 200 },
  kind: { type: String, required: true, enum: ['shared', 'personal'] },
  owner: { type: String, required: true },
  topics: { type: [String], required: true },
  createdAt: { type: Date, required: true },
});

/** Who may do what in a bank; `_id` is `<bank>.<user>`. */
export const bankMembers = model({
  bank: { type: String, required: true },
  user: { type: String, required: true },
  roles: { type: [String], required: true, enum: ['author', 'reviewer', 'manager'] },
});
bankMembers.index({ user: 1, bank: 1 }, { name: 'by_user' });
bankMembers.index({ bank: 1, user: 1 }, { name: 'by_bank' });

/** What a draw sees of the version that may enter papers. */
const approved = part({
  version: { type: Number, required: true, min: 1 },
  topic,
  level,
  statementLevels: { type: json<Level[]>() },
  stimulus: { type: String },
  parts: { type: [String], required: true },
  pinned: { type: [String], required: true },
  assembly: { type: json<AssemblyData>() },
  officialUse: { type: Boolean, required: true },
});

/**
 * Items: what is known without opening a box. Topic, level, status and hash are those of the newest version;
 * `approved` is the version that papers may hold, absent when there is none.
 */
export const items = model({
  bank: { type: String, required: true },
  code: { type: String, required: true, maxlength: 64 },
  kind,
  topic,
  level,
  status: { type: String, required: true, enum: ITEM_STATUSES },
  latest: { type: Number, required: true, min: 1 },
  /** Id of the description it belongs to; empty when there is none. */
  stimulus: { type: String, required: true },
  /** What its newest version tells the assembly of papers, where it tells something. */
  assembly: { type: json<AssemblyData>() },
  /** Keyed hash of the newest version, of which nothing can be told without the bank's key. */
  contentHash: { type: String, required: true },
  approved: { type: approved },
  createdAt: { type: Date, required: true },
  updatedAt: { type: Date, required: true },
});
items.index({ bank: 1, code: 1 }, { name: 'by_code', unique: true });
items.index({ bank: 1, topic: 1, level: 1, code: 1 }, { name: 'by_topic' });
items.index({ bank: 1, status: 1, code: 1 }, { name: 'by_status' });

/** Versions of items, `_id` = `<item>.<version>`; content and key never change, and after approval nothing does. */
export const itemVersions = model({
  item: { type: String, required: true },
  bank: { type: String, required: true },
  version: { type: Number, required: true, min: 1 },
  status: { type: String, required: true, enum: ITEM_STATUSES },
  topic,
  level,
  stimulus: { type: String, required: true },
  /** Absent where its authors gave none. */
  assembly: { type: json<AssemblyData>() },
  author: { type: String, required: true },
  /** Everybody whose work since the last approval is in this version. */
  authors: { type: [String], required: true },
  contentHash: { type: String, required: true },
  contentSealed: { type: sealed, required: true },
  keySealed: { type: sealed, required: true },
  /** Formulas as they were rendered at approval. */
  viewSealed: { type: sealed },
  commentSealed: { type: sealed },
  reviewer: { type: String },
  reviewedAt: { type: Date },
  createdAt: { type: Date, required: true },
});
itemVersions.index({ item: 1, version: 1 }, { name: 'by_item', unique: true });
