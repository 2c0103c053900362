/** What papers are held to where a blueprint has targets: bank/assembly/README.md §16, written from that text alone. */
import type { Accepts, Chosen, Drawer } from './verify-papers-draw.ts';
import { limitsOf, outsideOf, tally, type Ends, type Held } from './verify-papers-deal.ts';
import type { Publication, Range } from './verify-papers-file.ts';
import { averagePassages, type Group } from './verify-papers-groups.ts';

/** Selections of a drawn paper before the bands are doubled. */
const A_BAND = 1_000;

/** Targets count where the manifest says that they were kept; those of before were only printed. */
export function heldTo({ manifest, blueprint }: Publication, groups: readonly Group[]): Held {
  const isTimed = groups.every(({ possible }) => possible.every(({ seconds }) => seconds !== undefined));
  const limits = limitsOf(groups, isTimed);
  const targets = manifest.keepsTargets ? (blueprint.targets ?? {}) : {};
  const points = limits.scoreBand / 5n;
  const ends: Ends = {
    ...(targets.facility && { score: endsOf(targets.facility, points) }),
    ...(targets.seconds && { seconds: endsOf(targets.seconds, 1n) }),
  };
  return {
    limits: {
      ...limits,
      score: aim(limits.score, limits.scoreBand, ends.score),
      seconds: aim(limits.seconds, limits.secondsBand, ends.seconds),
    },
    ends,
    isTimed,
  };
}

function endsOf({ min, max }: Range, unit: bigint): [bigint, bigint] {
  return [BigInt(min) * unit, BigInt(max) * unit];
}

/** The mean, or the value nearest to it that lies one band inside the target, or in its middle. */
function aim(mean: bigint, band: bigint, ends: [bigint, bigint] | undefined): bigint {
  if (!ends) return mean;
  const [low, high] = ends;
  const middle = (low + high) / 2n;
  if (mean < low) return low + band < middle ? low + band : middle;
  if (mean > high) return high - band > middle ? high - band : middle;
  return mean;
}

/** What the papers of a publication are held to, forms left aside. */
export function heldFor(publication: Publication, drawer: Drawer): Held {
  const isDealt = publication.manifest.algorithm === 'niem-deal/1';
  return heldTo(publication, isDealt ? drawer.decks() : averagePassages(drawer.groups));
}

/** Whether a selection of this number, from 0, may be a paper. */
export function mayBeDrawn(publication: Publication, drawer: Drawer): Accepts | undefined {
  if (!publication.manifest.keepsTargets) return undefined;
  const { limits, ends, isTimed } = heldFor(publication, drawer);
  return (chosen, number) => {
    const { score, seconds } = tally(chosen, isTimed);
    const widen = 2n ** BigInt(Math.floor(number / A_BAND));
    const far =
      outsideOf(score - limits.score, widen * limits.scoreBand, limits.score, ends.score) +
      outsideOf(seconds - limits.seconds, widen * limits.secondsBand, limits.seconds, ends.seconds);
    return far === 0n;
  };
}

/** Which targets a paper leaves. */
export function offTarget({ ends, isTimed }: Held, chosen: readonly Chosen[]): string[] {
  const { score, seconds } = tally(chosen, isTimed);
  const isOff = (value: bigint, [low, high]: [bigint, bigint]): boolean => value < low || value > high;
  return [
    ...(ends.score && isOff(score, ends.score) ? ['its expected score is outside the target'] : []),
    ...(ends.seconds && isOff(seconds, ends.seconds) ? ['its expected time is outside the target'] : []),
  ];
}
