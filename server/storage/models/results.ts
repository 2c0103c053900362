import { model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * Results; `_id` is the attempt. Canonical JSON, sealed under `exam/<exam>/marking`, with the SHA-256 of its bytes.
 * They count only once their exam is graded: until then they are what a running grading has staged.
 */
export const results = model({
  exam: { type: String, required: true },
  result: { type: sealed, required: true },
  digest: { type: String, required: true },
});
results.index({ exam: 1 }, { name: 'by_exam' });
