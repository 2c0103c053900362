/** Forms and shortages by mixed-integer programming, on a thread of its own. */
export { findBounds } from './bounds.ts';
export { assembleForms, type SeriesWatch, type SolvedForms } from './forms.ts';
export { enemyProblems, findShortage, requireFillable } from './shortage.ts';
export { solveLp } from './solver.ts';
