import type { AssemblyData, ItemKindName, Level } from '#bank/protocol';
import type { ItemContent, ItemKey } from '#bank/item';

export type Values = Record<string, string | number>;

/** Something found in a file; the sentence is in the catalogue under `code`, filled with `values`. */
export interface ImportProblem {
  code: string;
  /** A warning lets the row in; a refusal keeps it out. */
  severity: 'warning' | 'refused';
  /** Address in a workbook or table, such as `C12`. */
  cell?: string;
  /** Line of a text file, 1 for the first. */
  line?: number;
  values: Values;
}

type RowStatus = 'ok' | 'warning' | 'refused';

/** What every row of an imported file tells, whatever it holds. */
export interface ReportedRow {
  /** Row of the sheet, or number of the question in a text file; 1 for the first. */
  row: number;
  /** Address of the first problem, else of the first cell. */
  cell?: string;
  line?: number;
  status: RowStatus;
  problems: ImportProblem[];
}

/** An item as a file describes it. Content and key belong to `kind` and passed its schemas and checks. */
export interface ImportedItem {
  code: string;
  kind: ItemKindName;
  content: ItemContent;
  key: ItemKey;
  topic: string;
  level: Level;
  /** Code of the description that this item belongs to. */
  stimulus?: string;
  /** Data for assembly that the file tells; null takes away, and what is absent stays as it was. */
  assembly?: ImportedAssembly;
}

export type ImportedAssembly = { [Field in keyof AssemblyData]?: AssemblyData[Field] | null };

/** One question of a file; `item` is absent exactly when it is refused. */
export interface ImportRow extends ReportedRow {
  code?: string;
  item?: ImportedItem;
}

type FileFormat = 'workbook' | 'csv' | 'gift';

export interface ImportResult<Row extends ReportedRow = ImportRow> {
  format: FileFormat;
  rows: Row[];
  /** What concerns the file as a whole, such as a guessed encoding; always warnings. */
  problems: ImportProblem[];
}

/** Tells how many rows are read, of how many. */
export type ReadProgress = (done: number, total: number) => void;

interface Place {
  cell?: string;
  line?: number;
}

/** Collects what is wrong with one row. */
export class RowReport {
  readonly problems: ImportProblem[] = [];

  refuse(code: string, place: Place, values: Values = {}): void {
    this.#add('refused', code, place, values);
  }

  warn(code: string, place: Place, values: Values = {}): void {
    this.#add('warning', code, place, values);
  }

  get refused(): boolean {
    return this.problems.some((problem) => problem.severity === 'refused');
  }

  get status(): RowStatus {
    if (this.refused) return 'refused';
    return this.problems.length > 0 ? 'warning' : 'ok';
  }

  /** The sentences name the place, so it is among the values too. */
  #add(severity: ImportProblem['severity'], code: string, place: Place, values: Values): void {
    this.problems.push({ code, severity, ...place, values: { ...place, ...values } });
  }
}
