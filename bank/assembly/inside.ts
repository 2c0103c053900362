import { DomainError } from '#bank/protocol';
import type { Chosen } from './draw.ts';
import type { DrawPlan } from './plan.ts';
import { traitsOf, type Measure, type Traits } from './traits.ts';
import { contains, excess } from './window.ts';

/** Whether a paper lies in the window of every measure, the bands doubled so often; a target is never widened. */
export type Inside = (chosen: readonly Chosen[], doublings?: number) => boolean;

export function insideOf(plan: DrawPlan, { measures }: Traits): Inside {
  return (chosen, doublings = 0) =>
    measures.every(
      (measure) => excess(sumOf(plan, measure, chosen), measure, measure.band * 2 ** doublings) === 0,
    );
}

const CHECKS = new WeakMap<DrawPlan, Inside>();

/** The same, kept for the next paper of the plan; null where a blueprint has no targets, and draws take any paper. */
export function drawnInside(plan: DrawPlan): Inside | null {
  if (!plan.targets) return null;
  const known = CHECKS.get(plan) ?? insideOf(plan, traitsOf(plan));
  CHECKS.set(plan, known);
  return known;
}

function sumOf({ rank }: DrawPlan, { values, byPoints }: Measure, chosen: readonly Chosen[]): number {
  return chosen.reduce(
    (sum, { item, cell }) => sum + (byPoints ? cell.points : 1) * (values[rank.get(item) ?? -1] ?? 0),
    0,
  );
}

/** Whether papers that use every question equally often can keep the targets: their mean is that of the bank. */
export function meanIsAimedAt(plan: DrawPlan): boolean {
  if (!plan.targets) return true;
  return traitsOf(plan).measures.every(({ target, mean }) => !target || contains(target, mean));
}

const PER_CENT = 10;
const SECONDS_A_MINUTE = 60;

/** The refusal that tells which target is out of reach, and what the bank would give without it. */
export function targetUnmet({ measures, columns }: Traits): DomainError {
  const targeted = measures.filter(({ target }) => target !== undefined);
  const measure =
    targeted.find(({ target, mean }) => target && !contains(target, mean)) ?? targeted[0] ?? measures[0];
  const points = columns.reduce((sum, { cell }) => sum + cell.points, 0);
  const unit = measure?.name === 'time' ? SECONDS_A_MINUTE : PER_CENT * points;
  const told = (value = 0): number => Math.round(value / unit);
  return new DomainError(measure?.name === 'time' ? 'target-seconds-unmet' : 'target-facility-unmet', 409, {
    min: told(measure?.target?.least),
    max: told(measure?.target?.most),
    mean: told(measure?.mean),
  });
}
