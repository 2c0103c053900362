import type { ImportProblem } from '#bank/formats';
import { sentence, type ImportRowView, type ImportView, type Language } from '#bank/protocol';
import type { Stored } from '#server/storage';
import type { StagedRow } from './import-rows.ts';
import { excerptOf } from './item.ts';

/** How far an import is, in the words of the reader. */
export function importView(record: Stored<'imports'>, language: Language): ImportView {
  return {
    id: record._id,
    state: record.state,
    ...(record.format !== undefined && { format: record.format }),
    counts: record.counts,
    problems: record.problems.map((code) => ({ code, text: sentence(code, {}, language) })),
    expiresAt: record.expiresAt.getTime(),
  };
}

/** A row of a file that was read, with its problems in the words of the reader. */
export function rowView(row: StagedRow, language: Language): ImportRowView {
  return {
    row: row.row,
    ...(row.cell !== undefined && { cell: row.cell }),
    ...(row.line !== undefined && { line: row.line }),
    ...(row.code !== undefined && { code: row.code }),
    ...(row.item && { excerpt: excerptOf(row.item.content) }),
    status: row.status,
    action: row.action,
    problems: row.problems.map((problem) => problemView(problem, language)),
  };
}

function problemView(
  { code, severity, cell, line, values }: ImportProblem,
  language: Language,
): ImportRowView['problems'][number] {
  return {
    code,
    severity,
    ...(cell !== undefined && { cell }),
    ...(line !== undefined && { line }),
    text: sentence(code, values, language),
  };
}
