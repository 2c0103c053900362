import type { FairnessReport, ReportTable } from '#bank/report';

export function RulesTable({ rules: { columns, rows } }: Pick<FairnessReport, 'rules'>) {
  return (
    <table className="report-table">
      <TableHead columns={columns} />
      <tbody>
        {rows.map(({ name, limit, achieved, holds, verdict }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{limit}</td>
            <td>
              {achieved}{' '}
              <span className="verdict" data-holds={holds}>
                {holds ? '✓' : '✗'} <span className="unseen">{verdict}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function FormsTable({ table: { columns, rows } }: { table: ReportTable }) {
  return (
    <table className="report-table">
      <TableHead columns={columns} />
      <tbody>
        {rows.map(([code, ...cells]) => (
          <tr key={code}>
            <th scope="row" className="tabular">
              {code}
            </th>
            {cells.map((cell, at) => (
              // the place is what a cell is
              // oxlint-disable-next-line no-array-index-key
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TableHead({ columns }: Pick<ReportTable, 'columns'>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}
