import { model } from './model.ts';

/** The clocks of a server at one moment: server time, the clock of its computer, and how long that has been running. */
export const clockMarks = model({
  at: { type: Number, required: true, min: 0 },
  wall: { type: Number, required: true, min: 0 },
  /** Both absent where the system does not tell. */
  boot: { type: String, maxlength: 100 },
  sinceMs: { type: Number, min: 0 },
});

/** What happened to the clock; `_id` is `at` with leading zeros, a dot and an id. */
export const clockEvents = model({
  kind: { type: String, required: true, enum: ['set', 'behind', 'away'] },
  from: { type: Number, required: true, min: 0 },
  at: { type: Number, required: true, min: 0 },
  byMs: { type: Number, required: true },
});
