import type { Blueprint } from '#bank/protocol';
import { totalPoints } from './cells.ts';
import type { BlueprintProblem } from './problem.ts';
import type { Range, Reach } from './reach.ts';

const PER_CENT = 10;
const SECONDS_A_MINUTE = 60;

/** Targets that no paper of the bank can meet, and that of time where items do not tell theirs. */
export function targetProblems(blueprint: Blueprint, reach: Reach | undefined): BlueprintProblem[] {
  const { facility, seconds } = blueprint.targets ?? {};
  const points = totalPoints(blueprint);
  if (!reach || points === 0) return [];
  const problems: BlueprintProblem[] = [];
  const share = { min: Math.floor(reach.score.min / points), max: Math.ceil(reach.score.max / points) };
  if (facility && isApart(facility, share))
    problems.push({ code: 'blueprint-target-facility', values: told(facility, share, PER_CENT) });
  if (seconds && reach.seconds && isApart(seconds, reach.seconds))
    problems.push({
      code: 'blueprint-target-seconds',
      values: told(seconds, reach.seconds, SECONDS_A_MINUTE),
    });
  if (seconds && !reach.seconds) problems.push({ code: 'blueprint-target-unknown', values: {} });
  return problems;
}

function isApart(wanted: Range, possible: Range): boolean {
  return wanted.min > possible.max || wanted.max < possible.min;
}

function told(wanted: Range, possible: Range, unit: number): BlueprintProblem['values'] {
  return {
    min: Math.round(wanted.min / unit),
    max: Math.round(wanted.max / unit),
    from: Math.round(possible.min / unit),
    to: Math.round(possible.max / unit),
  };
}
