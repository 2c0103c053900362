import { model } from './model.ts';

/** How far a reader of the journal has come; `_id` is its name, `position` the last record it has dealt with. */
export const tailers = model({
  position: { type: Number, required: true, min: 0 },
});
