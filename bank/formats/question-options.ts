import type { Language, Level } from '#bank/protocol';
import type { ReadProgress } from './import-row.ts';

/** What is wrong with a formula; `position` is the character at which reading stopped. */
export interface FormulaFault {
  position: number;
}

/** What reading questions needs to know of the bank they go into. */
export interface QuestionOptions {
  /** Topics of the bank; when given, others are refused. */
  topics?: readonly string[];
  /** Codes of descriptions that the bank has already. */
  descriptions?: readonly string[];
  /** For rows that name none, and for formats that have no place for them. */
  defaults?: { topic?: string; level?: Level };
  /** Null when the formula is sound. Without this function formulas are not checked. */
  checkFormula?: (tex: string, display: boolean) => FormulaFault | null;
  /** Language of words that a format leaves to the reader, such as the options of a true/false question. */
  language?: Language;
  progress?: ReadProgress;
}
