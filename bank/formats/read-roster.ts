import { ACCOMMODATION_LIMITS, DomainError, LIMITS, type ExtraTime, type Place } from '#bank/protocol';
import { readBirthDate } from './birth-date.ts';
import { readCsvSheet } from './csv-reader.ts';
import { readExtraTime } from './extra-time.ts';
import { sniffFile } from './file-type.ts';
import { addressOf, cellOf, findTable, headerScore, type Table } from './headers.ts';
import { RowReport, type ImportProblem, type ImportResult, type ReportedRow } from './import-row.ts';
import { readName } from './person-name.ts';
import { decodedWrongly, encodingProblems } from './read-questions.ts';
import { ROSTER_COLUMNS, type RosterColumnId } from './roster-columns.ts';
import { cellName, type Sheet, type SheetRow } from './sheet.ts';
import { decodeText } from './text-decoding.ts';
import { readWorkbookSheets } from './xlsx-reader.ts';

const NUMBER = /^[A-Za-z0-9][A-Za-z0-9.\-/]{0,19}$/;
const MAX_TEXT = 40;
const MAX_ROOM = 20;
/** A list of 20,000 pupils unpacks to some 10 MB. */
const MAX_UNPACKED = 32 * 1024 * 1024;

/** A candidate as a class list names them. */
export interface RosterPerson {
  number: string;
  name: string;
  class?: string;
  /** `YYYY-MM-DD`. */
  birthDate?: string;
  studentCode?: string;
  extraTime?: ExtraTime;
  /** Where the exam is written, as far as the list says; a seat only with its room. */
  place?: Partial<Place>;
}

/** One line of a class list; `person` is absent when it is refused or holds nobody. */
export interface RosterRow extends ReportedRow {
  person?: RosterPerson;
}

type RosterTable = Table<RosterColumnId>;

/**
 * Reads a class list (.xlsx, .csv). Headers are found without accents and case below any title rows.
 *
 * @throws DomainError (codes of `FORMATS_ERRORS`) when the file as a whole cannot be read
 */
export async function readRoster(bytes: Uint8Array, name: string): Promise<ImportResult<RosterRow>> {
  if (sniffFile(bytes) === 'workbook') {
    return {
      format: 'workbook',
      rows: readRows(bestTable(await readWorkbookSheets(bytes, { maxUnpacked: MAX_UNPACKED }))),
      problems: [],
    };
  }
  return readCsvRoster(bytes, name);
}

function readCsvRoster(bytes: Uint8Array, name: string): ImportResult<RosterRow> {
  const decoded = decodeText(bytes);
  const problems: ImportProblem[] = encodingProblems(decoded);
  try {
    return { format: 'csv', rows: readRows(bestTable([readCsvSheet(decoded.text, name)])), problems };
  } catch (error) {
    throw decodedWrongly(error, decoded) ? new DomainError('file-encoding', 415) : error;
  }
}

function bestTable(sheets: readonly Sheet[]): RosterTable {
  const [sheet] = sheets.toSorted((a, b) => headerScore(b, ROSTER_COLUMNS) - headerScore(a, ROSTER_COLUMNS));
  if (!sheet || sheet.rows.length === 0) throw new DomainError('file-empty', 422);
  const table = findTable(sheet, ROSTER_COLUMNS);
  if (!table.columns.has('name') && !(table.columns.has('lastName') && table.columns.has('firstName'))) {
    throw new DomainError('file-header-missing', 422, { headers: '“Họ và tên”', sheet: sheet.name });
  }
  return table;
}

function readRows(table: RosterTable): RosterRow[] {
  const taken = new Map<string, string>();
  const rows = table.rows.filter((row) =>
    [...table.columns.values()].some((column) => row.cells.has(column)),
  );
  if (rows.length === 0) throw new DomainError('file-no-rows', 422);
  return rows.map((row) => readRow(table, row, taken));
}

function readRow(table: RosterTable, row: SheetRow, taken: Map<string, string>): RosterRow {
  const report = new RowReport();
  const line = row.line === undefined ? {} : { line: row.line };
  const cells = new RosterCells(table, row, report);
  const person = cells.sound() ? readPerson(cells, taken) : null;
  return {
    row: row.row,
    cell: report.problems[0]?.cell ?? cellName(1, row.row),
    ...line,
    status: report.status,
    problems: report.problems,
    ...(person && !report.refused && { person }),
  };
}

class RosterCells {
  readonly report: RowReport;
  readonly #table: RosterTable;
  readonly #row: SheetRow;

  constructor(table: RosterTable, row: SheetRow, report: RowReport) {
    this.#table = table;
    this.#row = row;
    this.report = report;
  }

  cell(id: RosterColumnId) {
    return cellOf(this.#table, this.#row, id);
  }

  /** Text without the marks of Excel's rich text. */
  text(id: RosterColumnId): string {
    return this.cell(id)
      .text.replace(/<\/?(?:b|i|u|sub|sup)>/g, '')
      .trim();
  }

  place(id: RosterColumnId): { cell: string; line?: number } {
    const cell = addressOf(this.#table, this.#row, id);
    return this.#row.line === undefined ? { cell } : { cell, line: this.#row.line };
  }

  refuse(code: string, id: RosterColumnId, values = {}): void {
    this.report.refuse(code, this.place(id), values);
  }

  warn(code: string, id: RosterColumnId, values = {}): void {
    this.report.warn(code, this.place(id), values);
  }

  /** The column that holds the name, or the first of the two that do. */
  nameColumn(): RosterColumnId {
    return this.#table.columns.has('name') ? 'name' : 'lastName';
  }

  /** False when a formula, an error, a merged area or a stray date stands in a column that is read. */
  sound(): boolean {
    for (const id of this.#table.columns.keys()) {
      const { trouble, text, area } = this.cell(id);
      if (!trouble || trouble === 'number' || (trouble === 'date' && id === 'birthDate')) continue;
      const values = { text: trouble === 'merged' ? '' : text.slice(0, 40), ...(area && { area }) };
      this.refuse(`cell-${trouble}`, id, values);
    }
    return !this.report.refused;
  }
}

function readPerson(cells: RosterCells, taken: Map<string, string>): RosterPerson | null {
  const number = cells.text('number');
  const nameColumn = cells.nameColumn();
  const rawName =
    nameColumn === 'name'
      ? cells.text('name')
      : `${cells.text('lastName')} ${cells.text('firstName')}`.trim();
  if (number === '' && rawName === '') {
    cells.warn('roster-row-ignored', 'number');
    return null;
  }
  checkNumber(cells, number, taken);
  const { name, fault, doubtful } = readName(rawName);
  if (fault) cells.refuse(fault, nameColumn);
  if (doubtful) cells.warn('roster-name-doubtful', nameColumn);
  const birthDate = readDate(cells);
  const group = readShort(cells, 'class');
  const studentCode = readShort(cells, 'studentCode');
  const extraTime = readExtra(cells);
  const place = readPlace(cells);
  return {
    number,
    name,
    ...(group !== '' && { class: group }),
    ...(birthDate !== null && { birthDate }),
    ...(studentCode !== '' && { studentCode }),
    ...(extraTime && { extraTime }),
    ...(Object.keys(place).length > 0 && { place }),
  };
}

/** Numbers are compared without case; the first row with a number keeps it. */
function checkNumber(cells: RosterCells, number: string, taken: Map<string, string>): void {
  if (number === '') {
    cells.refuse('roster-number-missing', 'number');
    return;
  }
  if (!NUMBER.test(number)) {
    cells.refuse('roster-number-invalid', 'number', { number: number.slice(0, MAX_TEXT) });
    return;
  }
  const folded = number.toUpperCase();
  const first = taken.get(folded);
  if (first === undefined) taken.set(folded, cells.place('number').cell);
  else cells.refuse('roster-number-repeated', 'number', { number, first });
}

function readDate(cells: RosterCells): string | null {
  const cell = cells.cell('birthDate');
  if (cell.date) return cell.date;
  const text = cells.text('birthDate');
  if (text === '') return null;
  const date = readBirthDate(text);
  if (!date) cells.warn('roster-date', 'birthDate', { text: text.slice(0, MAX_TEXT) });
  return date;
}

/** What is not understood is refused: time that somebody has a right to must not be lost in silence. */
function readExtra(cells: RosterCells): ExtraTime | null {
  const text = cells.text('extraTime');
  if (text === '') return null;
  const extra = readExtraTime(text);
  if (!extra)
    cells.refuse('roster-extra-time', 'extraTime', {
      text: text.slice(0, MAX_TEXT),
      ...ACCOMMODATION_LIMITS,
    });
  return extra;
}

/** What cannot be read is left out: everybody gets a seat in the end. */
function readPlace(cells: RosterCells): Partial<Place> {
  const shift = readCount(cells, 'shift', LIMITS.formsPerExam);
  const seat = readCount(cells, 'seat', LIMITS.candidatesPerExam);
  const room = readShort(cells, 'room', MAX_ROOM);
  if (room === '' && seat !== null) cells.warn('roster-seat-alone', 'seat');
  return {
    ...(shift !== null && { shift }),
    ...(room !== '' && { room, ...(seat !== null && { seat }) }),
  };
}

/** A whole number from 1; null where there is none. */
function readCount(cells: RosterCells, id: 'shift' | 'seat', max: number): number | null {
  const text = cells.text(id);
  if (text === '') return null;
  const value = /^0*\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= max) return value;
  cells.warn('roster-count', id, { text: text.slice(0, MAX_TEXT), ...columnNames(id) });
  return null;
}

function readShort(cells: RosterCells, id: 'class' | 'studentCode' | 'room', max = MAX_TEXT): string {
  const text = cells.text(id).replace(/\s+/g, ' ');
  if (text.length <= max) return text;
  cells.refuse('roster-text-long', id, { ...columnNames(id), max });
  return '';
}

function columnNames(id: RosterColumnId): { column: string; columnEn: string } {
  const column = ROSTER_COLUMNS.find((candidate) => candidate.id === id);
  return { column: column?.vi ?? id, columnEn: column?.en ?? id };
}
