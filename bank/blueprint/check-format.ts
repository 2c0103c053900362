import type { Blueprint } from '#bank/protocol';
import { isListCell } from './cells.ts';
import type { BlueprintProblem } from './problem.ts';
import { examFormat, partPoints, type FormatPart } from './formats.ts';

type Part = Blueprint['parts'][number];

/** Where a blueprint departs from the format that it declares to follow. */
export function formatProblems({ format: id, parts }: Blueprint): BlueprintProblem[] {
  if (id === undefined) return [];
  const format = examFormat(id);
  if (!format) return [{ code: 'blueprint-format-unknown', values: { format: id } }];
  if (parts.length !== format.parts.length) {
    const values = { need: format.parts.length, have: parts.length };
    return [{ code: 'blueprint-format-parts', values }];
  }
  return format.parts.flatMap((wanted, index) => {
    const part = parts[index];
    return part ? partProblems(wanted, part, index + 1) : [];
  });
}

/** A picked list may hold any kind, so only its number and points are held to the format. */
function partProblems(wanted: FormatPart, part: Part, number: number): BlueprintProblem[] {
  if (part.branch !== wanted.branch) {
    const values = { part: number, branch: wanted.branch ?? '–' };
    return [{ code: 'blueprint-format-branch', values }];
  }
  if (wanted.fixes === 'points') {
    const have = part.cells.reduce((sum, { count, points }) => sum + count * points, 0);
    const need = partPoints(wanted);
    return have === need ? [] : [{ code: 'blueprint-format-points', values: { part: number, need, have } }];
  }
  return wanted.questions.flatMap(({ count, points }) => {
    const fitting = part.cells.filter(
      (cell) => cell.points === points && (isListCell(cell) || cell.kind === wanted.kind),
    );
    const have = fitting.reduce((sum, cell) => sum + cell.count, 0);
    return have === count && fitting.length === part.cells.length
      ? []
      : [{ code: 'blueprint-format-part', values: { part: number, need: count, have, points } }];
  });
}
