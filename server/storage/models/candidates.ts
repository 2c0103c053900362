import { model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * Who sits which exam. The number is kept in capitals; the code is absent until access codes are issued. Shift, room
 * and seat are what the class list says of them; where everybody sits in the end stands in the pool.
 */
export const candidates = model({
  exam: { type: String, required: true },
  number: { type: String, required: true, maxlength: 40 },
  attempt: { type: String, required: true },
  person: { type: sealed, required: true },
  shift: { type: Number, min: 1 },
  room: { type: String, maxlength: 20 },
  seat: { type: Number, min: 1 },
  codeHash: { type: String },
  code: { type: sealed },
});
candidates.index({ exam: 1, number: 1 }, { name: 'by_number', unique: true });
candidates.index({ attempt: 1 }, { name: 'by_attempt', unique: true });
