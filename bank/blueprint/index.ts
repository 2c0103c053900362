export { fitter, isListCell, placedCells, questionCount, totalPoints } from './cells.ts';
export { checkBlueprint } from './check.ts';
export { allowsDistinct, feasibility, requireFeasible } from './feasibility.ts';
export { matrixView } from './matrix.ts';
export { Blueprint } from '#bank/protocol';
