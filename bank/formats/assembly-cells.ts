import { LIMITS, type AssemblyData, type ItemKindName } from '#bank/protocol';
import { checkAssemblyData, parseDecimal } from '#bank/item';
import { readBirthDate } from './birth-date.ts';
import { decimalText } from './decimal.ts';
import type { ImportedAssembly } from './import-row.ts';
import type { QuestionCells } from './question-cells.ts';
import type { AssemblyColumnId } from './workbook-columns.ts';

/** Divides the names of enemy sets, and the three values of information. */
const DIVIDER = ';';
/** Takes away what the item has; an empty cell changes nothing. */
const NOTHING = '-';
const MAX_SETS = 20;
const MAX_SET_NAME = 40;

/** How a cell is read and written; `read` gives null for what it cannot read. */
interface AssemblyCell<Field extends keyof AssemblyData> {
  read(text: string): AssemblyData[Field] | null;
  write(value: NonNullable<AssemblyData[Field]>): string;
  vi: string;
  en: string;
}

const CELLS: { readonly [Field in AssemblyColumnId]: AssemblyCell<Field> } = {
  facility: {
    read: readFacility,
    write: (value) => `${withComma(value, 1)}%`,
    vi: '65% hoặc 0,65',
    en: '65% or 0.65',
  },
  seconds: {
    read: (text) => readWhole(text.replace(/\s*(?:s|giây|seconds?)$/iu, ''), 1, LIMITS.examSecondsMax),
    write: String,
    vi: 'số giây, ví dụ 90',
    en: 'seconds, such as 90',
  },
  information: {
    read: readInformation,
    write: (values) => values.map((value) => withComma(value, 3)).join(`${DIVIDER} `),
    vi: 'ba số cho năng lực −1; 0; +1, ví dụ 0,12; 0,25; 0,18',
    en: 'three numbers for the abilities −1; 0; +1, such as 0.12; 0.25; 0.18',
  },
  enemies: {
    read: readSets,
    write: (sets) => sets.join(`${DIVIDER} `),
    vi: 'tên nhóm cách nhau bằng dấu chấm phẩy, ví dụ con lắc; E17',
    en: 'names of sets divided by semicolons, such as pendulum; E17',
  },
  embargoUntil: {
    read: readBirthDate,
    write: dayFirst,
    vi: 'ngày, ví dụ 30/06/2027',
    en: 'a day, such as 30/06/2027',
  },
  lastUsed: {
    read: readBirthDate,
    write: dayFirst,
    vi: 'ngày, ví dụ 30/06/2026',
    en: 'a day, such as 30/06/2026',
  },
};
export const ASSEMBLY_COLUMNS = Object.keys(CELLS) as readonly AssemblyColumnId[];

/** What the row tells the assembly of papers; undefined when it tells nothing. */
export function readAssembly(
  cells: QuestionCells,
  kind: ItemKindName,
  stimulus: string,
): ImportedAssembly | undefined {
  const fields = ASSEMBLY_COLUMNS.filter((field) => cells.has(field));
  const [first] = fields;
  if (!first) return undefined;
  const read = Object.fromEntries(fields.map((field) => [field, readCell(cells, field)]));
  const told = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== null));
  for (const { code, where, values } of checkAssemblyData({ code: cells.code, kind, stimulus }, told))
    cells.refuse(code, where === 'assembly.enemies' ? 'enemies' : first, values ?? {});
  return read;
}

function readCell(cells: QuestionCells, field: AssemblyColumnId): unknown {
  const text = cells.cell(field).date ?? cells.text(field);
  if (text === NOTHING) return null;
  const { read, vi, en } = CELLS[field];
  const value = read(text);
  if (value === null)
    cells.refuse('assembly-cell', field, { text: text.slice(0, 60), known: vi, knownEn: en });
  return value;
}

/** The cells of an item that carries such data. */
export function writeAssembly(data: ImportedAssembly = {}): Partial<Record<AssemblyColumnId, string>> {
  const told = ASSEMBLY_COLUMNS.flatMap((field) => {
    const value = data[field];
    const { write } = CELLS[field] as AssemblyCell<keyof AssemblyData>;
    return value === undefined || value === null ? [] : [[field, write(value)]];
  });
  return Object.fromEntries(told) as Partial<Record<AssemblyColumnId, string>>;
}

/** `65%`, `0,65` or `0.65` in thousandths. */
function readFacility(text: string): number | null {
  const isPercent = text.endsWith('%');
  return readScaled(isPercent ? text.slice(0, -1) : text, isPercent ? 1 : 3, 1000);
}

function readInformation(text: string): number[] | null {
  const values = text.split(DIVIDER).map((part) => readScaled(part, 3, 1_000_000));
  return values.length === 3 && values.every((value) => value !== null) ? values : null;
}

function readSets(text: string): string[] | null {
  const sets = text
    .split(DIVIDER)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
  const fit = sets.length <= MAX_SETS && sets.every((set) => set.length <= MAX_SET_NAME);
  return fit && sets.length > 0 ? sets : null;
}

/** A number times 10 to the power of `places`, where that is a whole number from 0 to `max`. */
function readScaled(text: string, places: number, max: number): number | null {
  const decimal = parseDecimal(text);
  if (!decimal || decimal.scale > places) return null;
  const units = decimal.units * 10n ** BigInt(places - decimal.scale);
  return units >= 0n && units <= BigInt(max) ? Number(units) : null;
}

function readWhole(text: string, min: number, max: number): number | null {
  const value = readScaled(text, 0, max);
  return value !== null && value >= min ? value : null;
}

function withComma(units: number, scale: number): string {
  return decimalText({ units: BigInt(units), scale }).replace('.', ',');
}

/** `30/06/2027` for `2027-06-30`. */
function dayFirst(day: string): string {
  return day.split('-').reverse().join('/');
}
