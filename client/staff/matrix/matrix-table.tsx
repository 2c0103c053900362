import type { MatrixSection, TableCell } from '#bank/blueprint';

/** A printed table; it scrolls within itself where the page is narrow. */
export function MatrixTableView({ section }: { section: MatrixSection }) {
  const { heading, caption, table } = section;
  return (
    <figure className="printed-matrix">
      <figcaption>
        <strong>{heading}</strong> <span className="quiet">{caption}</span>
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls is reached by keyboard */}
      <section className="grid-scroll" aria-label={`${heading}, ${caption}`} tabIndex={0}>
        <table className="grid printed">
          <thead>
            {table.head.map((cells, index) => (
              <Row key={index} cells={cells} isHead />
            ))}
          </thead>
          <tbody>
            {table.body.map((cells, index) => (
              <Row key={index} cells={cells} />
            ))}
          </tbody>
          <tfoot>
            {table.foot.map((cells, index) => (
              <Row key={index} cells={cells} hasLead />
            ))}
          </tfoot>
        </table>
      </section>
      {table.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
    </figure>
  );
}

interface RowProps {
  cells: readonly TableCell[];
  isHead?: boolean;
  /** Its first cell names the row. */
  hasLead?: boolean;
}

function Row({ cells, isHead = false, hasLead = false }: RowProps) {
  return (
    <tr>
      {cells.map(({ text, columns, rows, isText }, index) => {
        const shared = { colSpan: columns, rowSpan: rows, 'data-text': isText || undefined };
        if (isHead)
          return (
            <th key={index} scope={columns === undefined ? 'col' : 'colgroup'} {...shared}>
              {text}
            </th>
          );
        if (hasLead && index === 0)
          return (
            <th key={index} scope="row" {...shared}>
              {text}
            </th>
          );
        return (
          <td key={index} {...shared}>
            {text}
          </td>
        );
      })}
    </tr>
  );
}
