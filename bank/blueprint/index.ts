export {
  answered,
  fitter,
  isListCell,
  isPassageCell,
  levelFitter,
  placedCells,
  questionCount,
  totalPoints,
  type PlacedCell,
} from './cells.ts';
export { checkBlueprint } from './check.ts';
export { contest } from './contest.ts';
export { EXAM_FORMATS, examFormat, partPoints, type ExamFormat } from './formats.ts';
export { electivesOf, hasElectives, printedPaper, routesOf, slotsOfRoute } from './routes.ts';
export { LEVEL_SCALES, scaleOf } from './scales.ts';
export { facilityOf } from './facility.ts';
export { allowsDistinct, feasibility, reachOfCandidates, requireFeasible } from './feasibility.ts';
export { matrix7991, officialInput, type MatrixSource } from './matrix-7991.ts';
export { genericMatrix } from './matrix-generic.ts';
export {
  cardSize,
  indexPassages,
  levelCounts,
  passageCount,
  passagesOf,
  passageStratum,
  questionsOfPassage,
  type Passage,
  type PassageChoice,
  type PassageIndex,
} from './passages.ts';
export { periodShares } from './periods.ts';
export {
  assembledResponses,
  mergeResponses,
  plannedResponses,
  type Counted,
  type Responses,
} from './responses.ts';
export { targetProblems } from './targets.ts';
export { specification7991 } from './specification-7991.ts';
export {
  assembledSections,
  minutesText,
  plannedSections,
  type MatrixForm,
  type MatrixSection,
  type MatrixVariant,
} from './sections.ts';
export { percentText, placeTableCells, pointsText, type MatrixTable, type TableCell } from './table.ts';
export { Blueprint } from '#bank/protocol';
