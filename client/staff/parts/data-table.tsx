import type { ReactNode } from 'react';

export interface Column<Row> {
  key: string;
  header: ReactNode;
  render(row: Row): ReactNode;
  /** Numbers stand to the right. */
  isNumber?: boolean;
  /** Names its row: shown as the title of the row's card on a narrow screen. */
  isMain?: boolean;
}

interface DataTableProps<Row> {
  /** What the table holds, for those who cannot see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  /** Tone of a row: what needs attention first stands out. */
  tone?(row: Row): 'attention' | 'loss' | undefined;
}

/** A table that becomes one card per row on a narrow screen; it stays a table for assistive technology. */
export function DataTable<Row>({ label, columns, rows, rowKey, tone }: DataTableProps<Row>) {
  return (
    <table className="data" aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ key, header, isNumber }) => (
            <th key={key} scope="col" className={isNumber ? 'number' : undefined}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} data-tone={tone?.(row)}>
            {columns.map((column) => (
              <DataCell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DataCell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const { header, isNumber, isMain } = column;
  const label = typeof header === 'string' ? header : undefined;
  const classes = [isNumber && 'number', isMain && 'main'].filter(Boolean).join(' ');
  const content = column.render(row);
  return isMain ? (
    <th scope="row" className={classes}>
      {content}
    </th>
  ) : (
    <td data-label={label} className={classes || undefined}>
      {content}
    </td>
  );
}
