import { Type, type Static } from '@sinclair/typebox';
import { Blueprint } from './blueprint.ts';
import { ItemKindName, Level } from './item-kinds.ts';
import { Count } from './wire-values.ts';

const closed = { additionalProperties: false };

export const MATRIX_FILE_FORMATS = ['xlsx', 'docx'] as const;
export type MatrixFileFormat = (typeof MATRIX_FILE_FORMATS)[number];

/**
 * A matrix to be written into a file. `blueprint` is the one on the page, saved or not; without it the figures are
 * counted in the papers that were assembled. `authority` and `school` stand at the head of the document.
 */
export const MatrixFileInput = Type.Object(
  {
    format: Type.Union(MATRIX_FILE_FORMATS.map((format) => Type.Literal(format))),
    form: Type.Union([Type.Literal('official'), Type.Literal('generic')]),
    blueprint: Type.Optional(Blueprint),
    authority: Type.String({ maxLength: 200 }),
    school: Type.String({ maxLength: 200 }),
  },
  closed,
);
export type MatrixFileInput = Static<typeof MatrixFileInput>;

/** Responses of one stratum; `quarters` are quarters of a hundredth of a point, of all of them together. */
const CountedResponses = Type.Object(
  { topic: Type.String(), kind: ItemKindName, level: Level, count: Count, quarters: Count },
  closed,
);

/**
 * What sealed papers hold, in counts: papers with equal counts are told once, the most frequent first, and those of each
 * branch for itself.
 */
export const AssembledMatrix = Type.Object(
  {
    variants: Type.Array(
      Type.Object(
        {
          papers: Count,
          /** Title of the branch, where there are any. */
          branch: Type.Optional(Type.String()),
          responses: Type.Array(CountedResponses),
        },
        closed,
      ),
    ),
    all: Count,
    /** Papers whose counts are too rare to be listed. */
    others: Count,
  },
  closed,
);
export type AssembledMatrix = Static<typeof AssembledMatrix>;
