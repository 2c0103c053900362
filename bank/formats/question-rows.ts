import { CLUSTER_STATEMENTS } from '#bank/item';
import { DomainError, foldWord, LEVELS, LIMITS, type Level } from '#bank/protocol';
import { checkItem } from '#bank/item/check';
import { lintItem } from '#bank/item/lint';
import { findTable, headerScore, type Table } from './headers.ts';
import { ASSEMBLY_COLUMNS, readAssembly } from './assembly-cells.ts';
import { linkDescriptions, refuseRepeatedCodes } from './row-links.ts';
import { RowReport, type ImportedItem, type ImportRow } from './import-row.ts';
import { kindFormat } from './kinds/index.ts';
import { defaultColumn, type KindFormat } from './kinds/kind-format.ts';
import { QuestionCells } from './question-cells.ts';
import type { QuestionOptions } from './question-options.ts';
import { cellName, type Sheet, type SheetRow } from './sheet.ts';
import { columnWords, findKind, findLevels, known } from './words.ts';
import {
  KIND_CHOICES,
  LEVEL_CHOICES,
  QUESTION_COLUMNS,
  QUESTION_SHEET,
  type KindChoice,
  type QuestionColumnId,
} from './workbook-columns.ts';

const ROWS_PER_TURN = 100;
/** Topics that a sentence lists. */
const TOPICS_LISTED = 8;

type Cells = QuestionCells;

/**
 * Reads the questions of the right sheet: the one called `Câu hỏi`, else the one whose headers fit best.
 *
 * @throws DomainError when no sheet can be read at all
 */
export async function readQuestionSheets(
  sheets: readonly Sheet[],
  options: QuestionOptions,
): Promise<ImportRow[]> {
  const table = findTable(questionSheet(sheets), QUESTION_COLUMNS);
  const filled = table.rows.filter((row) => isFilled(table, row));
  if (filled.length === 0) throw new DomainError('file-no-rows', 422);
  const topics = topicFinder(options.topics);
  const rows: ImportRow[] = [];
  for (const [i, row] of filled.entries()) {
    rows.push(readRow(table, row, topics, options));
    if ((i + 1) % ROWS_PER_TURN === 0) {
      options.progress?.(i + 1, filled.length);
      await nextTurn();
    }
  }
  const placeIn = (id: QuestionColumnId) => (row: ImportRow) => ({
    cell: cellName(table.columns.get(id) ?? 1, row.row),
    ...(row.line !== undefined && { line: row.line }),
  });
  refuseRepeatedCodes(rows, placeIn('code'));
  linkDescriptions(rows, options.descriptions ?? [], placeIn('stimulus'));
  options.progress?.(rows.length, rows.length);
  return rows;
}

/** A row that holds nothing but notes, or words outside the columns, is no question. */
function isFilled(table: Table<QuestionColumnId>, row: SheetRow): boolean {
  return [...table.columns].some(([id, column]) => id !== 'note' && row.cells.has(column));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function questionSheet(sheets: readonly Sheet[]): Sheet {
  const names = [foldWord(QUESTION_SHEET.vi), foldWord(QUESTION_SHEET.en)];
  const named = sheets.find((sheet) => names.includes(foldWord(sheet.name)));
  if (named) return named;
  const ranked = sheets.toSorted(
    (a, b) => headerScore(b, QUESTION_COLUMNS) - headerScore(a, QUESTION_COLUMNS),
  );
  const [best] = ranked;
  if (!best) throw new DomainError('file-empty', 422);
  return best;
}

type FindTopic = (text: string) => string | undefined;

/** Topics are compared without accents, case and punctuation, and stored as the bank writes them. */
function topicFinder(topics: readonly string[] | undefined): FindTopic {
  if (!topics) return (text) => text;
  const byFold = new Map(topics.map((topic) => [foldWord(topic), topic]));
  return (text) => byFold.get(foldWord(text));
}

function readRow(
  table: Table<QuestionColumnId>,
  row: SheetRow,
  topics: FindTopic,
  options: QuestionOptions,
): ImportRow {
  const report = new RowReport();
  const code = row.cells.get(table.columns.get('code') ?? 0)?.text ?? '';
  const cells = new QuestionCells(table, row, code, report, options);
  const item = readItem(table, cells, topics, options);
  const place = report.problems[0]?.cell ?? cellName(1, row.row);
  return {
    row: row.row,
    cell: place,
    ...(row.line !== undefined && { line: row.line }),
    status: report.status,
    problems: report.problems,
    ...(code !== '' && { code }),
    ...(item && !report.refused && { item }),
  };
}

/** Null when a cell cannot be trusted or the kind is not known: then nothing else can be said of the row. */
function readItem(
  table: Table<QuestionColumnId>,
  cells: Cells,
  topics: FindTopic,
  options: QuestionOptions,
): ImportedItem | null {
  checkCode(cells);
  const sound = checkTrouble(table, cells);
  const choice = readKind(cells);
  const topic = readTopic(cells, topics, options);
  const level = choice && readLevel(cells, choice, options);
  if (!sound || !choice) return null;
  const format = kindFormat(choice.kind);
  warnUnused(cells, format);
  const read = format.fromCells(cells, choice.variant);
  if (!read) return null;
  if (!cells.report.refused) reportProblems(cells, choice.kind, format, read);
  if (topic === null || !level) return null;
  const { code } = cells;
  const { kind } = choice;
  const stimulus = kind === 'description' ? '' : cells.text('stimulus');
  const assembly = readAssembly(cells, kind, stimulus);
  return { code, kind, ...read, topic, level, ...(stimulus && { stimulus }), ...(assembly && { assembly }) };
}

function checkCode(cells: Cells): void {
  if (cells.code === '') cells.refuse('code-missing', 'code');
  else if (cells.code.length > LIMITS.itemCode || cells.code.includes('\n'))
    cells.refuse('code-invalid', 'code');
}

/** Formulas, merged areas, errors and dates in any column that is read. */
function checkTrouble(table: Table<QuestionColumnId>, cells: Cells): boolean {
  let sound = true;
  for (const id of table.columns.keys()) {
    if (id === 'note') continue;
    const { trouble, text, area } = cells.cell(id);
    if (!trouble || trouble === 'number' || (trouble === 'date' && DAY_COLUMNS.includes(id))) continue;
    cells.refuse(`cell-${trouble}`, id, { text: text.slice(0, 60), ...(area !== undefined && { area }) });
    sound = false;
  }
  return sound;
}

function readKind(cells: Cells): KindChoice | null {
  const text = cells.text('kind');
  const found = findKind(text);
  if (found) return found;
  const values = { kind: text.slice(0, 60), ...known(KIND_CHOICES) };
  if (text !== '') cells.refuse('kind-unknown', 'kind', values);
  else if (!cells.cell('kind').trouble) cells.refuse('kind-missing', 'kind', values);
  return null;
}

function readTopic(cells: Cells, topics: FindTopic, options: QuestionOptions): string | null {
  const text = cells.text('topic').replace(/\s+/g, ' ') || (options.defaults?.topic ?? '');
  if (text === '') {
    if (!cells.cell('topic').trouble) cells.refuse('topic-missing', 'topic');
    return null;
  }
  const topic = topics(text);
  if (topic !== undefined && topic.length <= LIMITS.topicName) return topic;
  if (topic !== undefined) {
    cells.refuse('cell-too-long', 'topic', { length: topic.length, max: LIMITS.topicName });
    return null;
  }
  const listed = (options.topics ?? []).slice(0, TOPICS_LISTED).join('; ');
  const more = (options.topics?.length ?? 0) > TOPICS_LISTED ? '; …' : '';
  cells.refuse('topic-unknown', 'topic', { topic: text.slice(0, 100), known: listed + more });
  return null;
}

/** A description asks nothing, so it needs no level. A cluster with levels of statements has the highest of them. */
function readLevel(cells: Cells, choice: KindChoice, options: QuestionOptions): Level | null {
  const text = cells.text('level');
  const levels = text === '' ? [] : (findLevels(text) ?? []);
  const isEach = choice.kind === 'tfCluster' && levels.length === CLUSTER_STATEMENTS;
  const found = isEach || levels.length === 1 ? highest(levels) : undefined;
  if (found) return found;
  if (text === '' && options.defaults?.level) return options.defaults.level;
  if (choice.kind === 'description' && text === '') return 'KNOW';
  const values = { level: text.slice(0, 60), ...known(LEVEL_CHOICES) };
  if (text !== '') cells.refuse('level-unknown', 'level', values);
  else if (!cells.cell('level').trouble) cells.refuse('level-missing', 'level', values);
  return null;
}

function highest(levels: readonly Level[]): Level | undefined {
  return LEVELS.findLast((level) => levels.includes(level));
}

const COMMON_COLUMNS: readonly QuestionColumnId[] = [
  ...(['code', 'kind', 'topic', 'level', 'stem', 'note'] as const),
  ...ASSEMBLY_COLUMNS,
];

/** Where a day that Excel took for one is what is wanted. */
const DAY_COLUMNS: readonly QuestionColumnId[] = ['embargoUntil', 'lastUsed'];

function warnUnused(cells: Cells, format: KindFormat): void {
  const isDescription = format.columns.length === 0;
  for (const { id } of QUESTION_COLUMNS) {
    if (COMMON_COLUMNS.includes(id) || format.columns.includes(id) || !cells.has(id)) continue;
    if (id === 'stimulus' && !isDescription) continue;
    cells.warn('cell-ignored', id, columnWords(id));
  }
  for (const id of ['code', 'kind', 'topic', 'level', 'key'] as const) {
    if (cells.cell(id).images) cells.warn('image-outside', id);
  }
}

function reportProblems(
  cells: Cells,
  kind: KindChoice['kind'],
  format: KindFormat,
  read: NonNullable<ReturnType<KindFormat['fromCells']>>,
): void {
  const problems = checkItem(kind, read);
  for (const problem of problems) {
    const column = format.columnOf?.(problem.where, read.content) ?? defaultColumn(problem.where);
    cells.refuse(problem.code, column, problem.values ?? {});
  }
  if (problems.length > 0) return;
  for (const { code, where, values } of lintItem(read.content, read.key))
    cells.warn(code, defaultColumn(where), values ?? {});
}
