import { model } from './model.ts';
import { sealed } from './sealed.ts';

/** Who sits which exam. The number is kept in capitals; the code is absent until access codes are issued. */
export const candidates = model({
  exam: { type: String, required: true },
  number: { type: String, required: true, maxlength: 40 },
  attempt: { type: String, required: true },
  person: { type: sealed, required: true },
  codeHash: { type: String },
  code: { type: sealed },
});
candidates.index({ exam: 1, number: 1 }, { name: 'by_number', unique: true });
candidates.index({ attempt: 1 }, { name: 'by_attempt', unique: true });
