/** The fairness report in words and figures: what the page shows and the PDF prints. */
export {
  fairnessReport,
  reportFrame,
  type FairnessReport,
  type ReportedExam,
  type ReportFrame,
  type ReportTable,
} from './fairness-report.ts';
