import type {
  Exported,
  ImportedItem,
  ImportResult,
  MatrixDocument,
  QuestionOptions,
  ReadMedia,
  ReportDocument,
  RosterRow,
} from '#bank/formats';
import type { ExportFormat, MatrixFileFormat } from '#bank/protocol';

interface ReadFile {
  bytes: Uint8Array;
  /** For messages and for telling one text format from another. */
  name: string;
}

/** What is done with files: what it takes and what comes of it. */
export interface FileWork {
  readQuestions: {
    task: ReadFile & { options: Omit<QuestionOptions, 'checkFormula' | 'progress'> };
    result: ImportResult;
  };
  readRoster: { task: ReadFile; result: ImportResult<RosterRow> };
  writeQuestions: { task: { format: ExportFormat; items: readonly ImportedItem[] }; result: Exported };
  writeTemplate: { task: object; result: Uint8Array };
  readMedia: { task: { bytes: Uint8Array }; result: ReadMedia };
  writeMatrix: { task: { format: MatrixFileFormat; document: MatrixDocument }; result: Uint8Array };
  writeReport: { task: { document: ReportDocument }; result: Uint8Array };
}

export type FileOp = keyof FileWork;
export type FileResult = FileWork[FileOp]['result'];

/** What a worker is asked to do, once in its life. */
export type FileTask = { [Op in FileOp]: { op: Op } & FileWork[Op]['task'] }[FileOp];

/** `rows` is answered by any message, and another portion or `done` comes. */
export type FileReply =
  | { type: 'progress'; done: number; total: number }
  | { type: 'rows'; rows: readonly unknown[] }
  | { type: 'done'; result: FileResult }
  | { type: 'refused'; code: string; status: number; values: Record<string, string | number> }
  | { type: 'failed'; name: string };
