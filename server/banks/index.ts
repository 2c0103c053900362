import { createBankVerbs } from './bank.ts';
import type { BanksDeps } from './deps.ts';
import { createExportVerbs } from './export.ts';
import { createImportVerbs } from './import.ts';
import { createItemBoxes } from './item-boxes.ts';
import { createItemVerbs } from './item.ts';
import { createMediaVerbs } from './media.ts';
import { createPoolVerbs } from './pool.ts';
import { createReviewVerbs } from './review.ts';
import { createTemplateVerbs } from './template.ts';
import { createVariantVerbs } from './variants.ts';

export type { ImportInput } from './import.ts';
export { ItemInput } from './item-input.ts';
export type { BankPool, BankPoolItem, OpenedMedia, OpenedView } from './pool.ts';
export { banksRoutes } from './routes.ts';

/** Question banks: who may do what in them, items from draft to approved, files in and out, the pool for exams. */
export function createBanks(deps: BanksDeps) {
  const boxes = createItemBoxes(deps);
  const media = createMediaVerbs(deps);
  return {
    ...createBankVerbs(deps),
    items: createItemVerbs(deps, boxes),
    review: createReviewVerbs(deps, boxes),
    variants: createVariantVerbs(deps, boxes),
    templates: createTemplateVerbs(deps),
    imports: createImportVerbs(deps, boxes),
    media,
    ...createExportVerbs(deps, boxes),
    ...createPoolVerbs(deps, boxes, media),
  };
}

export type Banks = ReturnType<typeof createBanks>;
