import type { Hundredths } from '#bank/marks';
import type { ResultRow, ResultTable } from '#bank/protocol';

/** A mark stays a whole number of hundredths until a writer puts it into its file. */
export type ExportCell = string | number | { mark: Hundredths };

export interface ExportColumn {
  header: string;
  kind: 'count' | 'text' | 'name' | 'mark' | 'note';
  cell(row: ResultRow, index: number): ExportCell;
}

function markColumn(
  header: string,
  pick: (marks: NonNullable<ResultRow['marks']>) => Hundredths,
): ExportColumn {
  return { header, kind: 'mark', cell: ({ marks }) => (marks ? { mark: pick(marks) } : '') };
}

/** ISO dates as they are written in Vietnam. */
function writtenDate(date: string): string {
  return date.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1');
}

function noteOf({ marks }: ResultRow): string {
  if (!marks) return 'Vắng';
  return marks.surplus ? `${marks.surplus} câu làm thêm không tính` : '';
}

/** The columns of a Vietnamese mark sheet; date of birth, class and form only where somebody has one. */
export function exportColumns(table: ResultTable): ExportColumn[] {
  const has = (field: 'class' | 'birthDate' | 'form') => table.rows.some((row) => row[field] !== undefined);
  const columns: ExportColumn[] = [
    { header: 'STT', kind: 'count', cell: (_row, i) => i + 1 },
    { header: 'SBD', kind: 'text', cell: (row) => row.number },
    { header: 'Họ và tên', kind: 'name', cell: (row) => row.name },
  ];
  if (has('birthDate')) {
    columns.push({ header: 'Ngày sinh', kind: 'text', cell: (row) => writtenDate(row.birthDate ?? '') });
  }
  if (has('class')) columns.push({ header: 'Lớp', kind: 'text', cell: (row) => row.class ?? '' });
  if (has('form')) columns.push({ header: 'Mã đề', kind: 'text', cell: (row) => row.form ?? '' });
  if (table.parts.length > 1) {
    table.parts.forEach(({ title }, i) => {
      columns.push(markColumn(title || `Phần ${i + 1}`, (marks) => marks.parts[i] ?? 0));
    });
  }
  if (table.rows.some(({ marks }) => marks?.branch !== undefined))
    columns.push({ header: 'Nhánh', kind: 'text', cell: ({ marks }) => marks?.branch ?? '' });
  columns.push(markColumn('Tổng điểm', (marks) => marks.rounded));
  columns.push({ header: 'Ghi chú', kind: 'note', cell: noteOf });
  return columns;
}
