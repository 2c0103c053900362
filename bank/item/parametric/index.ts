/** Items whose numbers are drawn: one item, many variants, each with a key of its own. */
export { ParametricItem, TemplateList, VariantsInput, type TemplateView } from './template.ts';
export type { ParametricProblem } from './problem.ts';
export { makeVariants, MAX_VARIANTS, type Variant } from './variants.ts';
