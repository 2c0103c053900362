import { model } from './model.ts';

/** Facts that an installation fixes at its first start, such as its tenant id. */
export const settings = model({
  value: { type: String, required: true },
});
