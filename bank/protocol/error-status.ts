import { ASSEMBLY_DATA_ERRORS } from './errors-assembly-data.ts';
import { BANKS_ERRORS } from './errors-banks.ts';
import { BLUEPRINT_ERRORS } from './errors-blueprint.ts';
import { DELIVERY_ERRORS } from './errors-delivery.ts';
import { EXAMS_ERRORS } from './errors-exams.ts';
import { FORMATS_ERRORS } from './errors-formats.ts';
import { IDENTITY_ERRORS } from './errors-identity.ts';
import { ITEM_ERRORS } from './errors-item.ts';
import { MARKING_ERRORS } from './errors-marking.ts';
import { PARAMETRIC_ERRORS } from './errors-parametric.ts';
import { SOLVER_ERRORS } from './errors-solver.ts';
import { COMMON_ERRORS } from './errors.ts';

/** Every code of a refusal with its HTTP status. A module joins its table here. */
export const ERROR_STATUS: Readonly<Record<string, number>> = {
  ...COMMON_ERRORS,
  ...ASSEMBLY_DATA_ERRORS,
  ...BANKS_ERRORS,
  ...BLUEPRINT_ERRORS,
  ...DELIVERY_ERRORS,
  ...EXAMS_ERRORS,
  ...FORMATS_ERRORS,
  ...IDENTITY_ERRORS,
  ...ITEM_ERRORS,
  ...MARKING_ERRORS,
  ...PARAMETRIC_ERRORS,
  ...SOLVER_ERRORS,
};
