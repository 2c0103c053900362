import type { PoolItem } from '#bank/protocol';
import { json, model } from './model.ts';
import { sealed } from './sealed.ts';

/** The pool of a sealed exam, `_id` = exam id: what could be drawn, and (sealed) which view box holds which item. */
export const pools = model({
  snapshot: { type: json<PoolItem[]>(), required: true },
  map: { type: sealed, required: true },
});
