import type { ImportRow, Values } from './import-row.ts';

interface Place {
  cell?: string;
  line?: number;
}
type PlaceOf = (row: ImportRow) => Place;

/** The first row with a code keeps it; the others are refused and told where it is used. */
export function refuseRepeatedCodes(rows: readonly ImportRow[], placeOf: PlaceOf): void {
  const first = new Map<string, string | number>();
  for (const row of rows) {
    if (row.code === undefined) continue;
    const place = placeOf(row);
    const taken = first.get(row.code);
    if (taken === undefined) first.set(row.code, place.cell ?? place.line ?? row.row);
    else refuseRow(row, 'code-repeated', place, { code: row.code, first: taken });
  }
}

/** A row may belong to a description of the same file that was accepted, or to one that the bank has. */
export function linkDescriptions(
  rows: readonly ImportRow[],
  inBank: readonly string[],
  placeOf: PlaceOf,
): void {
  const accepted = new Set(inBank);
  const refused = new Set<string>();
  for (const { code, item } of rows) {
    if (item?.kind === 'description') accepted.add(item.code);
    else if (!item && code !== undefined) refused.add(code);
  }
  for (const row of rows) {
    const code = row.item?.stimulus;
    if (code === undefined || accepted.has(code)) continue;
    refuseRow(row, refused.has(code) ? 'stimulus-refused' : 'stimulus-unknown', placeOf(row), { code });
  }
}

function refuseRow(row: ImportRow, code: string, place: Place, values: Values): void {
  if (row.problems.length === 0 && place.cell !== undefined) row.cell = place.cell;
  row.problems.push({ code, severity: 'refused', ...place, values: { ...place, ...values } });
  row.status = 'refused';
  delete row.item;
}
