import { Type, type Static } from '@sinclair/typebox';
import { itemTraits } from './assembly-data.ts';
import { Id, PartId } from './ids.ts';
import { ItemKindName, Level } from './item-kinds.ts';
import { LIMITS } from './limits.ts';

const closed = { additionalProperties: false };

/** Name of a cell, unique in its blueprint; it appears in messages, so it is short: `c1`, `I.2`. */
export const CellId = Type.String({ pattern: '^[A-Za-z0-9._-]{1,40}$' });

const cellFields = {
  id: CellId,
  /** How many items the cell gives to a paper. */
  count: Type.Integer({ minimum: 1, maximum: LIMITS.slotsPerPaper }),
  /** Hundredths of a point for each item. */
  points: Type.Integer({ minimum: 1, maximum: 100_000 }),
};

/** A cell of the exam matrix: `count` items of one topic, level and kind. */
export const MatrixCell = Type.Object(
  { ...cellFields, topic: Type.String({ minLength: 1, maxLength: 200 }), level: Level, kind: ItemKindName },
  closed,
);

/** The simple form: `count` of exactly these items. */
export const ListCell = Type.Object(
  { ...cellFields, items: Type.Array(Id, { minItems: 1, maxItems: 1_000, uniqueItems: true }) },
  closed,
);

export const Cell = Type.Union([MatrixCell, ListCell]);

/** What a paper is made of: its parts in order, each with the cells that fill it. */
export const Blueprint = Type.Object(
  {
    parts: Type.Array(
      Type.Object(
        {
          title: Type.String({ maxLength: 200 }),
          cells: Type.Array(Cell, { minItems: 1, maxItems: LIMITS.slotsPerPaper }),
        },
        closed,
      ),
      { minItems: 1, maxItems: LIMITS.partsPerPaper },
    ),
  },
  closed,
);

/**
 * What a draw knows of an approved item version: strata and part ids, never content. `stimulus` is the item id of
 * the description it belongs to. `parts` are the canonical ids of its shuffled group in canonical order (empty
 * where nothing is shuffled), `pinned` those of them that keep their place.
 */
export const PoolItem = Type.Object(
  {
    item: Id,
    version: Type.Integer({ minimum: 1 }),
    topic: Type.String({ maxLength: 200 }),
    level: Level,
    kind: ItemKindName,
    stimulus: Type.Optional(Id),
    parts: Type.Array(PartId, { maxItems: LIMITS.optionsPerItem }),
    pinned: Type.Array(PartId, { maxItems: LIMITS.optionsPerItem }),
    ...itemTraits,
  },
  closed,
);

export type MatrixCell = Static<typeof MatrixCell>;
export type ListCell = Static<typeof ListCell>;
export type Cell = Static<typeof Cell>;
export type Blueprint = Static<typeof Blueprint>;
export type PoolItem = Static<typeof PoolItem>;
