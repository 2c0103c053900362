import type { ItemKindName } from '#bank/protocol';

/** One place on a paper. A description has no cell and no points. */
export interface PaperSlot {
  item: string;
  version: number;
  kind: ItemKindName;
  cell: string | null;
  /** Index into the parts of the blueprint. */
  part: number;
  /** Hundredths of a point. */
  points: number;
  /** Canonical ids of the shuffled group in the order this candidate sees them; empty where none is shuffled. */
  order: string[];
}

/** An assembled paper: which item versions, in which order, with which order of options. */
export interface Paper {
  slots: PaperSlot[];
}
