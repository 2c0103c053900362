export { createBandedDraw, type BandedPaper } from './banded.ts';
export { certify, type CertifiedExam, type PaperCertificate } from './certificate.ts';
export { algorithmFor, dealCards, type DealtCards } from './deal-cards.ts';
export { dealAll, drawAll, type DrawnPaper } from './distinct.ts';
export { drawPaper } from './draw.ts';
export {
  elasticModel,
  type CellShortage,
  type ElasticModel,
  type QuotaShortage,
  type Shortage,
} from './elastic.ts';
export { elasticBounds } from './elastic-bounds.ts';
export { createExamTally } from './exam-certificate.ts';
export { worthKey } from './guess-sum.ts';
export { allowedOverlap, formItems, formPapers, parallelForms, type FormRules, type Forms } from './forms.ts';
export {
  blueprintHash,
  hashJson,
  manifestHash,
  paperHash,
  papersRoot,
  rosterRoot,
  snapshotHash,
} from './hashes.ts';
export { formModel, formOf, type FormModel, type Placed } from './milp-form.ts';
export { satisfies, toLp, type LinearModel } from './milp-model.ts';
export { formCells, type FormCell, type FormTask, type Quota, type Stratum } from './milp-task.ts';
export { byUtf8 } from './order.ts';
export type { Paper, PaperSlot } from './paper.ts';
export { drawPlan, snapshotOf, type DrawPlan } from './plan.ts';
export { cardsOf, formSeries, type FormSeries } from './solved-forms.ts';
export { assignForms, formsOfShift, neighbours, seatAll, shiftsOf, type Unseated } from './seating.ts';
export { below, createRng, shuffle, take, type Rng } from './rng.ts';
export {
  dealSeed,
  examSeed,
  hex,
  paperSeed,
  paperStream,
  seedCommitment,
  type DrawPurpose,
} from './seeds.ts';
