/**
 * A journal does not hold what was written to it, and not as a flush that a crash cut short. Nothing has been
 * changed. The message names the place, and which records can still be read.
 */
export class DamagedJournal extends Error {
  /** Where the damage lies, in the words of the adapter. */
  readonly place: string;
  /** The last record before the damage; everything up to it is intact. */
  readonly intactUpTo: number;
  /** The first readable record after the damage; null when there is none. */
  readonly readableFrom: number | null;
  constructor(damage: {
    place: string;
    intactUpTo: number;
    readableFrom: number | null;
    /** What to restore, and from where. */
    remedy: string;
  }) {
    super(describe(damage));
    this.name = 'DamagedJournal';
    this.place = damage.place;
    this.intactUpTo = damage.intactUpTo;
    this.readableFrom = damage.readableFrom;
  }
}

function describe(damage: ConstructorParameters<typeof DamagedJournal>[0]): string {
  const { place, intactUpTo, readableFrom, remedy } = damage;
  const before = intactUpTo === 0 ? 'no record before it' : `records up to ${intactUpTo} are intact`;
  const after = readableFrom === null ? 'none after it is readable' : `readable again from ${readableFrom}`;
  return `The journal is damaged in ${place}: ${before}, ${after}. Nothing was changed. ${remedy}`;
}
