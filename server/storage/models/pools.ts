import type { PoolItem, SeatedAttempt } from '#bank/protocol';
import { json, model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * The pool of a sealed exam, `_id` = exam id: what could be drawn, and (sealed) which view box holds which item, and
 * what is certified about all its papers. With forms also who sits where, with the code of the form, sorted by
 * attempt id.
 */
export const pools = model({
  snapshot: { type: json<PoolItem[]>(), required: true },
  map: { type: sealed, required: true },
  certified: { type: sealed },
  seating: { type: json<(SeatedAttempt & { form: string })[]>() },
});
