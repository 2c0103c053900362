import type { Blueprint } from '#bank/protocol';
import type { BlueprintProblem } from './problem.ts';
import { hasElectives } from './routes.ts';
import { unmappedLevel } from './scales.ts';

/** What is wrong with what stands beside the cells: rows, scale, branches and targets. */
export function headProblems(blueprint: Blueprint): BlueprintProblem[] {
  const { rows = [], scale, branches, targets, parts } = blueprint;
  const problems: BlueprintProblem[] = [];
  const topics = rows.map(({ topic }) => topic);
  const again = topics.find((topic, index) => topics.indexOf(topic) !== index);
  if (again !== undefined) problems.push({ code: 'blueprint-row-repeated', values: { topic: again } });
  const unmapped = scale ? unmappedLevel(scale) : null;
  if (unmapped) problems.push({ code: 'blueprint-scale-level', values: { level: unmapped } });
  for (const range of Object.values(targets ?? {})) {
    if (range.min > range.max) problems.push({ code: 'blueprint-target-range', values: range });
  }
  if (targets && hasElectives(blueprint)) problems.push({ code: 'blueprint-targets-choice', values: {} });
  return [...problems, ...branchProblems(branches ?? [], parts)];
}

/** Every part names a branch that there is, and every branch has a part. */
function branchProblems(
  branches: NonNullable<Blueprint['branches']>,
  parts: Blueprint['parts'],
): BlueprintProblem[] {
  const known = new Set(branches.map(({ id }) => id));
  const unknown = parts.flatMap(({ branch }) => (branch === undefined || known.has(branch) ? [] : [branch]));
  const empty = branches.filter(({ id }) => parts.every(({ branch }) => branch !== id));
  return [
    ...unknown.map((branch): BlueprintProblem => ({ code: 'blueprint-branch-unknown', values: { branch } })),
    ...empty.map(({ title }): BlueprintProblem => ({
      code: 'blueprint-branch-empty',
      values: { branch: title },
    })),
  ];
}
