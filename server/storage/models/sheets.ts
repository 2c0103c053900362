import { model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * Answer sheets; `_id` is `sheetId(attempt, version)`, `sheet` an `AnswerSheet` as JSON under the key line
 * `attempts/<generation>`.
 */
export const sheets = model({
  exam: { type: String, required: true },
  attempt: { type: String, required: true },
  version: { type: Number, required: true, min: 1 },
  generation: { type: String, required: true },
  sheet: { type: sealed, required: true },
});
sheets.index({ exam: 1, attempt: 1, version: 1 }, { name: 'by_exam', unique: true });
