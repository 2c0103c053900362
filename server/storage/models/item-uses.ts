import { model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * What a sealed exam uses of its bank, `_id` = exam id: on how many papers each item stands, sealed, since it would
 * tell what is on them. It comes with the commit that seals the exam, and counts once the exam has closed.
 */
export const itemUses = model({
  bank: { type: String, required: true },
  papers: { type: sealed, required: true },
});
itemUses.index({ bank: 1 }, { name: 'by_bank' });
