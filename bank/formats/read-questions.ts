import { DomainError } from '#bank/protocol';
import { readCsvSheet } from './csv-reader.ts';
import { fileEnding, sniffFile } from './file-type.ts';
import { readGift } from './gift/read-gift.ts';
import type { ImportProblem, ImportResult } from './import-row.ts';
import type { QuestionOptions } from './question-options.ts';
import { readQuestionSheets } from './question-rows.ts';
import { decodeText, hasForeignLetters, type DecodedText } from './text-decoding.ts';
import { readWorkbookSheets } from './xlsx-reader.ts';

/**
 * Reads a file of questions: .xlsx, .csv (comma, semicolon, tab) or GIFT (.gift, .txt). What it is, is told by its
 * bytes; the name only tells CSV from GIFT.
 *
 * Every row tells whether it can go in; one bad row never keeps others out.
 *
 * @throws DomainError (codes of `FORMATS_ERRORS`) when the file as a whole cannot be read
 */
export async function readQuestions(
  bytes: Uint8Array,
  name: string,
  options: QuestionOptions = {},
): Promise<ImportResult> {
  if (sniffFile(bytes) === 'workbook') return readWorkbook(bytes, options);
  const decoded = decodeText(bytes);
  if (decoded.text.trim() === '') throw new DomainError('file-empty', 422);
  return isGift(name, decoded.text) ? readGiftText(decoded, options) : readCsvText(decoded, options);
}

/** Reads the question workbook; see `workbook-columns.ts` for its columns. */
export async function readWorkbook(bytes: Uint8Array, options: QuestionOptions = {}): Promise<ImportResult> {
  const sheets = await readWorkbookSheets(bytes);
  return { format: 'workbook', rows: await readQuestionSheets(sheets, options), problems: [] };
}

async function readCsvText(decoded: DecodedText, options: QuestionOptions): Promise<ImportResult> {
  try {
    const rows = await readQuestionSheets([readCsvSheet(decoded.text, 'CSV')], options);
    return { format: 'csv', rows, problems: encodingProblems(decoded) };
  } catch (error) {
    throw decodedWrongly(error, decoded) ? new DomainError('file-encoding', 415) : error;
  }
}

function readGiftText(decoded: DecodedText, options: QuestionOptions): ImportResult {
  return { format: 'gift', rows: readGift(decoded.text, options), problems: encodingProblems(decoded) };
}

/** Headers not found in a text whose encoding was guessed mean that the guess was wrong. */
export function decodedWrongly(error: unknown, decoded: DecodedText): boolean {
  return (
    error instanceof DomainError &&
    error.code === 'file-header-missing' &&
    decoded.guessed &&
    hasForeignLetters(decoded.text)
  );
}

export function encodingProblems({ guessed }: DecodedText): ImportProblem[] {
  return guessed ? [{ code: 'file-encoding-guessed', severity: 'warning', values: {} }] : [];
}

/** By the ending; a text file without a telling one is GIFT when it has a brace after its first lines. */
function isGift(name: string, text: string): boolean {
  const ending = fileEnding(name);
  if (ending === 'csv' || ending === 'tsv') return false;
  return ending === 'gift' || /(^|[^\\])\{/.test(text) || text.includes('$CATEGORY:');
}
