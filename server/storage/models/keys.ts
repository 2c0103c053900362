import { model } from './model.ts';

/** Line keys, each wrapped by the KeyProvider's root key `root`; `_id` is the key id (`kid`): `<line>.<generation>`. */
export const keys = model({
  line: { type: String, required: true },
  generation: { type: Number, required: true, min: 1 },
  state: { type: String, required: true, enum: ['active', 'decryptOnly', 'destroyed'] },
  root: { type: String, required: true },
  /** Absent once destroyed. */
  wrapped: { type: Buffer },
});
keys.index({ line: 1, generation: 1 }, { name: 'by_line', unique: true });
