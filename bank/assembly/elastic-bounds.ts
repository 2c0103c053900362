import type { Relaxation } from '#bank/protocol';
import { formModel } from './milp-form.ts';
import type { LinearModel, Row, Variable } from './milp-model.ts';
import type { FormTask, SoftRow } from './milp-task.ts';

/** A model of the smallest relaxation of what binds a form, and how its solution is read. */
interface BoundsModel {
  model: LinearModel;
  /** @param values of the variables of an optimum, in their order */
  read(values: readonly number[]): Relaxation[];
}

/** A bound of a row that may move: which variable says how far. */
interface Slack {
  row: SoftRow;
  side: Relaxation['side'];
  variable: number;
}

/**
 * The second elastic model of a task, asked when its cells and margins can be met: bands, descriptions and overlaps may
 * be missed, and as little as possible is. A miss counts in halves of its band's width, or in questions and descriptions.
 * Here every item has its variables, so it is larger than the first.
 */
export function elasticBounds(task: FormTask): BoundsModel {
  const { model } = formModel(task);
  const variables: Variable[] = model.variables.map((variable) => ({ ...variable, cost: 0 }));
  const slacks: Slack[] = [];
  const rows = model.rows.flatMap((row): Row[] => {
    if (!isSoft(row)) return [row];
    const added = sidesOf(row).map(([side, sign]): [number, number] => {
      const index = slacks.length;
      const variable =
        variables.push({
          name: `b${index}`,
          cost: 1 / unitOf(row),
          upper: largest(row),
        }) - 1;
      slacks.push({ row, side, variable });
      return [variable, sign];
    });
    return [{ ...row, terms: [...row.terms, ...added] }, ...onlyOnForm(row, added)];
  });
  const read = (values: readonly number[]): Relaxation[] =>
    slacks
      .map((slack) => ({ ...slack, by: Math.round(values[slack.variable] ?? 0) }))
      .filter(({ by }) => by > 0)
      .sort((a, b) => b.by / unitOf(b.row) - a.by / unitOf(a.row))
      .map(({ row, side, by }) => ({ ...row.softens, side, limit: limitOf(row, side), by }));
  return { model: { sense: 'minimise', variables, rows }, read };
}

function isSoft(row: Row): row is SoftRow {
  return 'softens' in row;
}

/** Questions of a description may be too many or too few only where it is on the form. */
function onlyOnForm({ name, terms, softens }: SoftRow, added: readonly [number, number][]): Row[] {
  const [description = -1] = terms.at(-1) ?? [];
  if (softens.bound !== 'passage-questions') return [];
  return added.map(([variable]) => ({
    name: `${name}on`,
    terms: [
      [variable, 1],
      [description, 1 - terms.length],
    ],
    least: null,
    most: 0,
  }));
}

/** Ends of a row and what their variable adds to it. */
function sidesOf({ least, most }: Row): [Relaxation['side'], number][] {
  return [
    ...(least === null ? [] : [['least', 1] as [Relaxation['side'], number]]),
    ...(most === null ? [] : [['most', -1] as [Relaxation['side'], number]]),
  ];
}

/** Half the width of a band; rows that count questions have no width. */
function unitOf({ softens: { bound }, least, most }: SoftRow): number {
  const isCounted = bound === 'passages' || bound === 'passage-questions' || bound === 'overlap';
  return isCounted ? 1 : Math.max(1, ((most ?? 0) - (least ?? 0)) / 2);
}

/** More than any form could miss the row by. */
function largest({ terms, least, most }: Row): number {
  const sum = terms.reduce((all, [, coefficient]) => all + Math.abs(coefficient), 0);
  return sum + Math.abs(least ?? 0) + Math.abs(most ?? 0);
}

function limitOf({ least, most, softens: { bound }, terms }: SoftRow, side: Relaxation['side']): number {
  // of a description's rows the limit stands as the coefficient of its own variable
  if (bound === 'passage-questions') return Math.abs(terms.at(-1)?.[1] ?? 0);
  return (side === 'least' ? least : most) ?? 0;
}
