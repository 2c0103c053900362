import type { Language } from '#bank/protocol';
import type { RowReport, Values } from '../import-row.ts';

export interface GiftContext {
  line: number;
  report: RowReport;
  language: Language;
}

export function refuse(context: GiftContext, code: string, values?: Values): void {
  context.report.refuse(code, { line: context.line }, values);
}

/** Each kind of remark is made once per question. */
export function warn(context: GiftContext, code: string, values?: Values): void {
  const told = context.report.problems.some((problem) => problem.code === code);
  if (!told) context.report.warn(code, { line: context.line }, values);
}
