import { model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * Questions whose numbers are drawn, from which a bank's variants were made. The template holds the formula of the key,
 * so it lies under the line of keys; `made` is how many variants there are, the number of the last one.
 */
export const itemTemplates = model({
  bank: { type: String, required: true },
  code: { type: String, required: true, maxlength: 64 },
  template: { type: sealed, required: true },
  made: { type: Number, required: true, min: 1 },
  updatedAt: { type: Date, required: true },
});
itemTemplates.index({ bank: 1, code: 1 }, { name: 'by_code', unique: true });
