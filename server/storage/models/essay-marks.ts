import { model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * What persons gave for essays; `_id` is `<attempt>.<slot>`, `mark` JSON under `exam/<exam>/marking`. A mark is of one
 * answer: when another comes to count, it is void.
 */
export const essayMarks = model({
  exam: { type: String, required: true },
  mark: { type: sealed, required: true },
});
essayMarks.index({ exam: 1 }, { name: 'by_exam' });
