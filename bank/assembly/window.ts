import { placedCells } from '#bank/blueprint';
import { DomainError, type Blueprint, type PoolItem } from '#bank/protocol';

/** Lowest and highest value, both included. */
export interface Range {
  least: number;
  most: number;
}

/** What every paper is to keep within: expected score in 1/100,000 of a point, seconds. */
export interface Targets {
  score?: Range;
  time?: Range;
}

/** The value that papers come near to, and what they never pass, however far the band was widened. */
export interface Aimed {
  aim: number;
  target?: Range;
}

/**
 * The targets of a blueprint in the units of papers; null where it has none.
 *
 * @throws DomainError `blueprint-target-unknown` when one that can be drawn does not tell its time
 */
export function targetsOf(blueprint: Blueprint, drawable: Iterable<PoolItem>): Targets | null {
  const { facility, seconds } = blueprint.targets ?? {};
  if (!facility && !seconds) return null;
  if (seconds && [...drawable].some((item) => item.seconds === undefined))
    throw new DomainError('blueprint-target-unknown', 409);
  const points = placedCells(blueprint).reduce((sum, { cell }) => sum + cell.count * cell.points, 0);
  return {
    ...(facility && { score: { least: facility.min * points, most: facility.max * points } }),
    ...(seconds && { time: { least: seconds.min, most: seconds.max } }),
  };
}

/** The mean where the target has it; else what lies one band inside the nearest end, at most in the middle. */
export function aimedAt(mean: number, band: number, target: Range | undefined): Aimed {
  if (!target || contains(target, mean)) return { aim: mean, ...(target && { target }) };
  const middle = Math.floor((target.least + target.most) / 2);
  const aim =
    mean < target.least ? Math.min(target.least + band, middle) : Math.max(target.most - band, middle);
  return { aim, target };
}

export function contains({ least, most }: Range, value: number): boolean {
  return value >= least && value <= most;
}

/** The lower edge of a band is open, since the mean was rounded down. */
export function windowOf({ aim, target }: Aimed, band: number): Range {
  const [least, most] = [aim - band + 1, aim + band];
  return target
    ? { least: Math.max(least, target.least), most: Math.min(most, target.most) }
    : { least, most };
}

/** How far outside the window a value is. */
export function excess(value: number, { aim, target }: Aimed, band: number): number {
  const most = target ? Math.min(aim + band, target.most) : aim + band;
  if (value > most) return value - most;
  const least = target ? Math.max(aim - band + 1, target.least) : aim - band + 1;
  return value < least ? least - value : 0;
}
