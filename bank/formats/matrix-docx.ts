import type * as Docx from 'docx';
import type { MatrixSection, MatrixTable, TableCell } from '#bank/blueprint';
import { FONT, MOTTO, NATION, type MatrixDocument } from './matrix-document.ts';

type Library = typeof Docx;

/** Sizes of text in half points; of pages and columns in twentieths of a point. */
const TEXT = 24;
const HEADING = 28;
const TABLE_TEXT = 20;
const A4 = { width: 11_906, height: 16_838 };
const MARGIN = 850;
const WIDTH = A4.height - 2 * MARGIN;

/** The matrix as a Word document: a page in landscape for each table, whose head comes again on every page. */
export async function writeMatrixDocx(document: MatrixDocument): Promise<Uint8Array> {
  const docx = await import('docx');
  const file = new docx.Document({
    styles: { default: { document: { run: { font: FONT, size: TEXT } } } },
    sections: document.sections.map((section) => ({
      properties: {
        page: {
          size: { ...A4, orientation: docx.PageOrientation.LANDSCAPE },
          margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
        },
      },
      children: sectionOf(docx, document, section),
    })),
  });
  return new Uint8Array(await docx.Packer.toBuffer(file));
}

function sectionOf(docx: Library, document: MatrixDocument, section: MatrixSection) {
  const middle = (text: string, run: Docx.IRunOptions) => paragraph(docx, text, { isMiddle: true, ...run });
  return [
    nationalHead(docx, document),
    middle('', {}),
    middle(section.heading, { bold: true, size: HEADING }),
    middle(document.title, { bold: true }),
    middle([document.subtitle, section.caption].join(' · '), { italics: true }),
    middle('', {}),
    tableOf(docx, section.table),
    ...section.table.notes.map((note) => paragraph(docx, note, { italics: true, size: TABLE_TEXT })),
  ];
}

/** Who issues it at the left, the nation at the right, without lines between. */
function nationalHead(docx: Library, { authority, school }: MatrixDocument): Docx.Table {
  const upper = (text: string): string => text.toLocaleUpperCase('vi');
  const lines: [string, Docx.IRunOptions][][] = [
    [
      [upper(authority), {}],
      [upper(school), { bold: true }],
    ],
    [
      [NATION, { bold: true }],
      [MOTTO, { bold: true, underline: {} }],
    ],
  ];
  const widths = [Math.round(WIDTH * 0.4), Math.round(WIDTH * 0.6)];
  return new docx.Table({
    columnWidths: widths,
    width: { size: WIDTH, type: docx.WidthType.DXA },
    borders: docx.TableBorders.NONE,
    rows: [
      new docx.TableRow({
        children: lines.map(
          (texts, index) =>
            new docx.TableCell({
              width: { size: widths[index] ?? 0, type: docx.WidthType.DXA },
              children: texts.map(([text, run]) => paragraph(docx, text, { isMiddle: true, ...run })),
            }),
        ),
      }),
    ],
  });
}

function tableOf(docx: Library, { widths, head, body, foot }: MatrixTable): Docx.Table {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const row = (cells: readonly TableCell[], bold: boolean, tableHeader: boolean) =>
    new docx.TableRow({
      tableHeader,
      cantSplit: true,
      children: cells.map((cell) => cellOf(docx, cell, bold)),
    });
  return new docx.Table({
    columnWidths: widths.map((width) => Math.round((width * WIDTH) / whole)),
    width: { size: WIDTH, type: docx.WidthType.DXA },
    layout: docx.TableLayoutType.FIXED,
    rows: [
      ...head.map((cells) => row(cells, true, true)),
      ...body.map((cells) => row(cells, false, false)),
      ...foot.map((cells) => row(cells, true, false)),
    ],
  });
}

function cellOf(
  docx: Library,
  { text, columns = 1, rows = 1, isText = false }: TableCell,
  bold: boolean,
): Docx.TableCell {
  return new docx.TableCell({
    ...(columns > 1 && { columnSpan: columns }),
    ...(rows > 1 && { rowSpan: rows }),
    verticalAlign: docx.VerticalAlignTable.CENTER,
    margins: { left: 40, right: 40 },
    children: text
      .split('\n')
      .map((line) => paragraph(docx, line, { bold, size: TABLE_TEXT, isMiddle: !isText })),
  });
}

function paragraph(
  docx: Library,
  text: string,
  { isMiddle = false, ...run }: Docx.IRunOptions & { isMiddle?: boolean },
): Docx.Paragraph {
  return new docx.Paragraph({
    ...(isMiddle && { alignment: docx.AlignmentType.CENTER }),
    children: [new docx.TextRun({ text, ...run })],
  });
}
