export { isDatabaseUrl } from './database-url.ts';
export { examine, type Examination } from './examine.ts';
export {
  openReport,
  openReportKeeper,
  readLastReport,
  readReportKey,
  type ReportKeeper,
} from './kept-report.ts';
export { readStanding } from './kept-standing.ts';
export { standingOf, type Standing } from './standing.ts';
export { surviveLosses, type Acknowledged, type LossSubject } from './primary-loss.ts';
export { PARTS, verdictOf, type Report, type Result, type Verdict } from './report.ts';
export { ScratchInUse } from './scratch.ts';
export { playTakeovers, type TakeoverOptions } from './takeovers.ts';
