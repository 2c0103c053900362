import type { Language } from '#bank/protocol';
import type { FairnessReport, ReportFrame, ReportTable } from '#bank/report';
import { MOTTO, NATION } from './matrix-document.ts';
import { openSheet, type Sheet, type TextStyle } from './pdf/sheet.ts';

/** A fairness report as it goes on paper. */
export interface ReportDocument extends ReportFrame {
  language: Language;
  /** Who the school reports to, and the school; may be empty. */
  authority: string;
  school: string;
  /** Of the exam. */
  exam: string;
  report: FairnessReport;
  /** When the papers were sealed, in milliseconds since 1970 UTC: the file is dated so, whenever it is made. */
  dated: number;
}

/** Points of A4. */
const PAGE = { left: 48, width: 499, top: 34, bottom: 812 };
const GAP = 18;
const LEFT_COLUMN = 200;
const RIGHT = { x: PAGE.left + LEFT_COLUMN + GAP, width: PAGE.width - LEFT_COLUMN - GAP };
const CHART = { height: 62, colour: '#33556b' };
/** Names of more letters are set smaller. */
const LONG_NAME = 80;
/** Room that signatures take; a page without it goes without them. */
const SIGNATURES = 84;
/** Forms stand in so many tables beside each other. */
const FORM_TABLES = 3;

const BODY: TextStyle = { size: 9 };
const SMALL: TextStyle = { size: 8 };
const NOTE: TextStyle = { size: 8, font: 'italic', colour: '#444' };
const HEADING: TextStyle = { size: 10, font: 'bold' };

/** The report on one tagged A4 page; the same document gives the same bytes. */
export async function writeReportPdf(document: ReportDocument): Promise<Uint8Array> {
  const { language, report, dated } = document;
  const title = `${report.title}: ${document.exam}`;
  const sheet = await openSheet({ title, language, madeAt: new Date(dated) });
  let y = headOf(sheet, document);
  y = factsOf(sheet, document, y);
  y = Math.max(scoresOf(sheet, report, y), rulesOf(sheet, report, y));
  if (report.forms) y = formsOf(sheet, report.forms, y + 6);
  y = checksOf(sheet, report, y + 6);
  if (y + SIGNATURES < PAGE.bottom) signaturesOf(sheet, document, y + 12);
  sheet.text(sheet.root, 'P', document.made, at(PAGE.bottom - 10), { ...NOTE, align: 'center' });
  return sheet.finish();
}

function at(y: number, x: number = PAGE.left, width: number = PAGE.width) {
  return { x, y, width };
}

/** Who issues it at the left, the nation at the right, then what it is (Decree 30/2020/NĐ-CP, annex I). */
function headOf(sheet: Sheet, { authority, school, exam, report, language }: ReportDocument): number {
  const middle: TextStyle = { size: 10.5, align: 'center' };
  const upper = (text: string): string => text.toLocaleUpperCase('vi');
  const fitting = (text: string, size: number): number => (text.length > LONG_NAME ? size * 0.75 : size);
  const half = PAGE.width / 2;
  const [issuer, nation] = [PAGE.left - 8, PAGE.left + half - 8];
  let left = PAGE.top;
  if (authority)
    left = sheet.text(sheet.root, 'P', upper(authority), at(left, issuer, half), {
      ...middle,
      size: fitting(authority, 10.5),
    });
  if (school)
    left = sheet.text(sheet.root, 'P', upper(school), at(left, issuer, half), {
      ...middle,
      size: fitting(school, 10.5),
      font: 'bold',
    });
  let right = sheet.text(sheet.root, 'P', NATION, at(PAGE.top, nation, half + 16), {
    ...middle,
    font: 'bold',
  });
  right = sheet.text(sheet.root, 'P', MOTTO, at(right, nation, half + 16), {
    ...middle,
    font: 'bold',
    underline: true,
  });
  let y = Math.max(left, right) + 12;
  const title = report.title.toLocaleUpperCase(language);
  y = sheet.text(sheet.root, 'H1', title, at(y), { size: 14, font: 'bold', align: 'center' });
  return (
    sheet.text(sheet.root, 'P', exam, at(y + 1), { size: fitting(exam, 12), font: 'bold', align: 'center' }) +
    6
  );
}

/** The verdict in a frame, what there is to know of the exam in three columns, and how papers came about. */
function factsOf(sheet: Sheet, { facts, report }: ReportDocument, top: number): number {
  const inner = at(top + 4, PAGE.left + 8, PAGE.width - 16);
  const verdict: TextStyle = { size: 10.5, font: 'bold', align: 'center' };
  let y = sheet.text(sheet.root, 'P', report.verdict, inner, verdict) + 4;
  sheet.ornament(() =>
    sheet.pdf
      .lineWidth(report.holds ? 0.8 : 1.6)
      .rect(PAGE.left, top, PAGE.width, y - top)
      .stroke('#000'),
  );
  y += 6;
  const columns = 3;
  const width = PAGE.width / columns;
  let below = y;
  facts.forEach(([name, value], index) => {
    const column = index % columns;
    if (column === 0) y = below;
    const place = at(y, PAGE.left + column * width, width - 8);
    below = Math.max(below, sheet.text(sheet.root, 'P', `${name}: ${value}`, place, BODY));
  });
  return sheet.text(sheet.root, 'P', report.how, at(below + 4), BODY) + 8;
}

/** The left column: the picture of the scores, what it says, how questions are used. */
function scoresOf(sheet: Sheet, { scores, use, neighbours }: FairnessReport, top: number): number {
  const column = (y: number) => at(y, PAGE.left, LEFT_COLUMN);
  let y = sheet.text(sheet.root, 'H2', scores.title, column(top), HEADING) + 2;
  drawChart(sheet, scores, y);
  y += CHART.height + 2;
  const ends = sheet.group(sheet.root, 'Caption');
  sheet.text(ends, 'Span', scores.least, column(y), SMALL);
  y = sheet.text(ends, 'Span', scores.most, column(y), { ...SMALL, align: 'right' }) + 2;
  y = sheet.text(sheet.root, 'P', scores.text, column(y), BODY);
  if (scores.guessing !== undefined) y = sheet.text(sheet.root, 'P', scores.guessing, column(y), BODY);
  y = sheet.text(sheet.root, 'P', scores.note, column(y + 1), NOTE) + 6;
  y = sheet.text(sheet.root, 'H2', use.title, column(y), HEADING);
  for (const line of [...(use.note === undefined ? [] : [use.note]), ...use.lines])
    y = sheet.text(sheet.root, 'P', line, column(y), BODY);
  y = sheet.text(sheet.root, 'H2', neighbours.title, column(y + 6), HEADING);
  return sheet.text(sheet.root, 'P', neighbours.text, column(y), BODY);
}

function drawChart(sheet: Sheet, { counts, picture }: FairnessReport['scores'], top: number): void {
  const { pdf } = sheet;
  const step = LEFT_COLUMN / Math.max(1, counts.length);
  const highest = Math.max(1, ...counts);
  const floor = top + CHART.height;
  const bbox = [PAGE.left, top, PAGE.left + LEFT_COLUMN, floor] as [number, number, number, number];
  sheet.root.add(
    pdf.struct('Figure', { alt: picture, bbox }, () => {
      counts.forEach((count, index) => {
        const height = (count / highest) * CHART.height;
        pdf.rect(PAGE.left + index * step + 0.5, floor - height, step - 1, height).fill(CHART.colour);
      });
      pdf
        .lineWidth(0.6)
        .moveTo(PAGE.left, floor)
        .lineTo(PAGE.left + LEFT_COLUMN, floor)
        .stroke('#000');
    }),
  );
}

/** The right column: every rule, what it asks for and what came of it. */
function rulesOf(sheet: Sheet, { rules }: FairnessReport, top: number): number {
  const y = sheet.text(sheet.root, 'H2', rules.title, at(top, RIGHT.x, RIGHT.width), HEADING) + 2;
  const table = {
    columns: rules.columns,
    rows: rules.rows.map(({ name, limit, achieved, verdict }) => [name, limit, `${achieved} (${verdict})`]),
  };
  return tableOf(sheet, table, at(y, RIGHT.x, RIGHT.width), [0.5, 0.22, 0.28]);
}

function formsOf(sheet: Sheet, forms: NonNullable<FairnessReport['forms']>, top: number): number {
  const y = sheet.text(sheet.root, 'H2', forms.title, at(top), HEADING) + 2;
  if (!('table' in forms)) return sheet.text(sheet.root, 'P', forms.text, at(y), BODY);
  const { columns, rows } = forms.table;
  const width = (PAGE.width - (FORM_TABLES - 1) * 12) / FORM_TABLES;
  const portion = Math.ceil(rows.length / FORM_TABLES);
  const widths = columns.length === 5 ? [0.15, 0.18, 0.2, 0.16, 0.31] : columns.map(() => 1 / columns.length);
  let below = y;
  for (let index = 0; index * portion < rows.length; index++) {
    const part = { columns, rows: rows.slice(index * portion, (index + 1) * portion) };
    const place = at(y, PAGE.left + index * (width + 12), width);
    below = Math.max(below, tableOf(sheet, part, place, widths));
  }
  return below;
}

/** `shares`: of the width, for each column. */
function tableOf(
  sheet: Sheet,
  { columns, rows }: ReportTable,
  { x, y: top, width }: ReturnType<typeof at>,
  shares: readonly number[],
): number {
  const table = sheet.group(sheet.root, 'Table');
  let y = top;
  const row = (cells: readonly string[], types: (index: number) => string, style: TextStyle): void => {
    const line = sheet.group(table, 'TR');
    let [left, below] = [x, y];
    cells.forEach((cell, index) => {
      const wide = width * (shares[index] ?? 0);
      below = Math.max(below, sheet.text(line, types(index), cell, at(y + 1, left, wide - 4), style));
      left += wide;
    });
    y = below + 1;
    sheet.ornament(() =>
      sheet.pdf
        .lineWidth(0.3)
        .moveTo(x, y)
        .lineTo(x + width, y)
        .stroke('#777'),
    );
  };
  row(columns, () => 'TH', { ...SMALL, font: 'bold' });
  for (const cells of rows) row(cells, (index) => (index === 0 ? 'TH' : 'TD'), SMALL);
  return y;
}

function checksOf(sheet: Sheet, { checks }: FairnessReport, top: number): number {
  let y = sheet.text(sheet.root, 'H2', checks.title, at(top), HEADING);
  y = sheet.text(sheet.root, 'P', checks.text, at(y), BODY) + 3;
  for (const [name, hash] of checks.hashes) {
    const line = sheet.group(sheet.root, 'P');
    sheet.text(line, 'Span', `${name}:`, at(y, PAGE.left, 110), SMALL);
    y = sheet.text(line, 'Span', hash, at(y, PAGE.left + 110, PAGE.width - 110), SMALL);
  }
  return sheet.text(sheet.root, 'Code', checks.command, at(y + 3), SMALL);
}

function signaturesOf(sheet: Sheet, { signatures }: ReportDocument, top: number): void {
  const width = PAGE.width / signatures.length;
  signatures.forEach(([who, how], index) => {
    const place = (y: number) => at(y, PAGE.left + index * width, width);
    const y = sheet.text(sheet.root, 'P', who, place(top), { ...HEADING, align: 'center' });
    sheet.text(sheet.root, 'P', how, place(y), { ...NOTE, align: 'center' });
  });
}
