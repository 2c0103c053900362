import { MEDIA_TYPES } from '#bank/protocol';
import { model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * Recordings of a bank. `arriving` while the pieces are written one by one; what has stayed so is swept. `used` once a
 * version of an item has it, and then for good, since versions are kept.
 */
export const media = model({
  bank: { type: String, required: true },
  state: { type: String, required: true, enum: ['arriving', 'ready'] },
  /** Name of the file in which it came. */
  name: { type: sealed, required: true },
  type: { type: String, required: true, enum: MEDIA_TYPES },
  bytes: { type: Number, required: true, min: 1 },
  /** Milliseconds. */
  length: { type: Number, required: true, min: 1 },
  pieces: { type: Number, required: true, min: 1 },
  used: { type: Boolean, required: true },
  author: { type: String, required: true },
  createdAt: { type: Date, required: true },
});
media.index({ bank: 1, state: 1, createdAt: 1 }, { name: 'by_bank' });
media.index({ state: 1, createdAt: 1 }, { name: 'by_state' });

/** A recording in pieces of `LIMITS.mediaPieceBytes`, the last one shorter; `_id` = `<media>.<piece>`, from 0. */
export const mediaPieces = model({ piece: { type: sealed, required: true } });
