import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '#bank/protocol';
import { MAX_COLUMNS, MAX_ROWS, cleanText, type Sheet, type SheetCell, type SheetRow } from './sheet.ts';

/** Where the delimiter is looked for. */
const HEAD_CHARACTERS = 100_000;
const DELIMITERS = [',', ';', '\t'] as const;

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

/**
 * Reads comma-, semicolon- or tab-separated text (RFC 4180, quotes doubled) as a sheet. The delimiter is the one
 * that divides the first lines into most columns.
 *
 * @throws DomainError `file-csv` naming the line on which the quotes go wrong, or `file-too-many-rows`
 */
export function readCsvSheet(text: string, name: string): Sheet {
  const records = parseRecords(text, detectDelimiter(text));
  if (records.length > MAX_ROWS) {
    throw new DomainError('file-too-many-rows', 413, { rows: records.length, max: MAX_ROWS });
  }
  let line = 1;
  const rows: SheetRow[] = [];
  records.forEach(({ record, info }, i) => {
    const cells = new Map<number, SheetCell>();
    record.slice(0, MAX_COLUMNS).forEach((value, column) => {
      const cleaned = cleanText(value);
      if (cleaned !== '') cells.set(column + 1, { text: cleaned });
    });
    if (cells.size > 0) rows.push({ row: i + 1, line, cells });
    line = info.lines + 1;
  });
  return { name, rows };
}

function parseRecords(text: string, delimiter: string): CsvRecord[] {
  try {
    return parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: false,
      skip_empty_lines: false,
      record_delimiter: '\n',
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const lines: unknown = error['lines'];
    throw new DomainError('file-csv', 422, { line: typeof lines === 'number' ? lines : 1 });
  }
}

/** Most columns over the first lines wins; a quoted delimiter does not count. */
function detectDelimiter(text: string): string {
  const head = text
    .slice(0, HEAD_CHARACTERS)
    .split('\n', 20)
    .join('\n')
    .replace(/"[^"]*"/g, '');
  let best: string = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = head.split(delimiter).length - 1;
    if (count > most) [best, most] = [delimiter, count];
  }
  return best;
}
