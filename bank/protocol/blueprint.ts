import { Type, type Static } from '@sinclair/typebox';
import { itemTraits } from './assembly-data.ts';
import { Id, PartId } from './ids.ts';
import { ItemKindName, Level, LEVELS } from './item-kinds.ts';
import { LIMITS } from './limits.ts';

const closed = { additionalProperties: false };

function range(maximum: number) {
  const end = Type.Integer({ minimum: 0, maximum });
  return Type.Object({ min: end, max: end }, closed);
}

/** Name of a cell, unique in its blueprint; it appears in messages, so it is short: `c1`, `I.2`. */
export const CellId = Type.String({ pattern: '^[A-Za-z0-9._-]{1,40}$' });

const cellFields = {
  id: CellId,
  /** How many items the cell gives to a paper. */
  count: Type.Integer({ minimum: 1, maximum: LIMITS.slotsPerPaper }),
  /** Hundredths of a point for each item. */
  points: Type.Integer({ minimum: 1, maximum: 100_000 }),
  /** How many of its items a candidate answers, where it is fewer than all: answer four of six. */
  answer: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.slotsPerPaper })),
};

const Topic = Type.String({ minLength: 1, maxLength: 200 });
const RowText = Type.String({ maxLength: 500 });

/**
 * A cell of the exam matrix: `count` items of one topic, level and kind. `statements` are the levels of the four
 * statements of a true/false cluster, in any order: then these decide, and no longer the level of the whole item.
 */
export const MatrixCell = Type.Object(
  {
    ...cellFields,
    topic: Topic,
    level: Level,
    kind: ItemKindName,
    statements: Type.Optional(Type.Array(Level, { minItems: 4, maxItems: 4 })),
  },
  closed,
);

/** The simple form: `count` of exactly these items. */
export const ListCell = Type.Object(
  { ...cellFields, items: Type.Array(Id, { minItems: 1, maxItems: 1_000, uniqueItems: true }) },
  closed,
);

/**
 * Whole passages: descriptions of which each brings as many questions of this topic and kind as `levels` has entries,
 * one of each of these levels, in any order. `count` is still the number of questions, so a multiple of theirs.
 */
export const PassageCell = Type.Object(
  {
    ...cellFields,
    /** A candidate answers all questions of a passage. */
    answer: Type.Optional(Type.Never()),
    topic: Topic,
    kind: ItemKindName,
    passage: Type.Object(
      { levels: Type.Array(Level, { minItems: 1, maxItems: LIMITS.slotsPerPaper }) },
      closed,
    ),
  },
  closed,
);

export const Cell = Type.Union([MatrixCell, ListCell, PassageCell]);

/** What is expected of a learner at one level; `code` is that of an outcome framework, `competence` as in `TD`. */
export const RowOutcome = Type.Object(
  {
    level: Level,
    text: Type.String({ minLength: 1, maxLength: 2_000 }),
    code: Type.Optional(Type.String({ maxLength: 40 })),
    competence: Type.Optional(Type.String({ maxLength: 40 })),
  },
  closed,
);

/** What the printed matrix says of a topic of the bank: its chapter, its unit, its outcomes, its teaching periods. */
export const MatrixRow = Type.Object(
  {
    topic: Topic,
    chapter: Type.Optional(RowText),
    unit: Type.Optional(RowText),
    periods: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    outcomes: Type.Optional(Type.Array(RowOutcome, { maxItems: 40 })),
  },
  closed,
);

/** A column of the scale of levels as it is printed, and the levels of items that it gathers. */
export const ScaleColumn = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    levels: Type.Array(Level, { minItems: 1, maxItems: LEVELS.length, uniqueItems: true }),
  },
  closed,
);

/** How much use an item may have seen; each absent where it does not matter. */
export const UseLimits = Type.Object(
  {
    /** Calendar days that must have gone by since an item was last used. */
    restDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 9_999 })),
    /** Papers that an item may have stood on; one more, and it is left out. */
    maxPapers: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
  },
  closed,
);
export type UseLimits = Static<typeof UseLimits>;

/** What a paper is made of: its parts in order, each with the cells that fill it. Everything else may be absent. */
export const Blueprint = Type.Object(
  {
    /** Id of the official format that it declares to follow. */
    format: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,60}$' })),
    rows: Type.Optional(Type.Array(MatrixRow, { maxItems: 200 })),
    /** Each level in exactly one column; absent: the three of Công văn 7991. */
    scale: Type.Optional(Type.Array(ScaleColumn, { minItems: 1, maxItems: LEVELS.length })),
    /** Branches of which a candidate answers one. */
    branches: Type.Optional(
      Type.Array(Type.Object({ id: CellId, title: Type.String({ minLength: 1, maxLength: 200 }) }, closed), {
        minItems: 2,
        maxItems: 8,
      }),
    ),
    /** What every paper keeps within, lowest and highest. */
    targets: Type.Optional(
      Type.Object(
        {
          /** Expected share of the points, in thousandths. */
          facility: Type.Optional(range(1000)),
          /** Expected working time, in seconds. */
          seconds: Type.Optional(range(LIMITS.examSecondsMax)),
        },
        closed,
      ),
    ),
    /** What has been used is left out. They decide what can be drawn, and nothing about the draw. */
    limits: Type.Optional(UseLimits),
    parts: Type.Array(
      Type.Object(
        {
          title: Type.String({ maxLength: 200 }),
          /** Branch that it belongs to; absent: every candidate answers it. */
          branch: Type.Optional(CellId),
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
    /** Level of each statement of a cluster, in the order of `parts`; absent: all have the level of the item. */
    statementLevels: Type.Optional(Type.Array(Level, { maxItems: LIMITS.optionsPerItem })),
    stimulus: Type.Optional(Id),
    parts: Type.Array(PartId, { maxItems: LIMITS.optionsPerItem }),
    pinned: Type.Array(PartId, { maxItems: LIMITS.optionsPerItem }),
    ...itemTraits,
  },
  closed,
);

export type MatrixCell = Static<typeof MatrixCell>;
export type ListCell = Static<typeof ListCell>;
export type PassageCell = Static<typeof PassageCell>;
export type Cell = Static<typeof Cell>;
export type MatrixRow = Static<typeof MatrixRow>;
export type ScaleColumn = Static<typeof ScaleColumn>;
export type Blueprint = Static<typeof Blueprint>;
export type PoolItem = Static<typeof PoolItem>;
