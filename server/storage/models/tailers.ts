import { model } from './model.ts';

/**
 * How far a reader of the journal has come; `_id` is its name, `position` the last record it has dealt with, `at` the
 * server time of that record where somebody asks for it.
 */
export const tailers = model({
  position: { type: Number, required: true, min: 0 },
  at: { type: Number, min: 0 },
});
