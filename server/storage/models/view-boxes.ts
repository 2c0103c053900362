import { model } from './model.ts';

/**
 * The pool of an exam, encrypted anew for this sitting: one box per item, and one for each piece of a recording; `_id` =
 * its random address.
 */
export const viewBoxes = model({
  exam: { type: String, required: true },
  box: { type: Buffer, required: true },
});
viewBoxes.index({ exam: 1 }, { name: 'by_exam' });
