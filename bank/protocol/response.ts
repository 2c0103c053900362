import { Type, type Static } from '@sinclair/typebox';
import { CellId } from './blueprint.ts';
import { PartToken } from './ids.ts';
import { LIMITS } from './limits.ts';

const closed = { additionalProperties: false };

const Point = Type.Array(Type.Integer({ minimum: 0, maximum: 65_535 }), { minItems: 2, maxItems: 2 });

/** What fills one gap: an option of its list, or what was typed. */
const GapAnswer = Type.Union([
  Type.Object({ c: PartToken }, closed),
  Type.Object({ x: Type.String({ minLength: 1, maxLength: LIMITS.shortAnswer }) }, closed),
]);

/**
 * A candidate's answer to one slot, as it crosses the wire. Parts are named by the tokens of this sitting.
 * `null` clears the answer. The member used depends on the kind:
 * `choice` {c}, `multiple` and `hotText` {m}, `tfCluster` {t: token → true/false}, `numeric` and `shortText` {x},
 * `matching` and `gapMatch` {p: prompt or gap token → choice token}, `ordering` {o: all tokens, first one first}, `essay` {e},
 * `cloze` {g: gap token → picked option {c} or typed text {x}},
 * `hotspot` {h: [x, y] of each point, in whole pixels of the picture}. A `description` takes no answer.
 * {b: id of a branch} stands in the slot behind the last one of a paper with branches: which of them is chosen.
 */
export const Response = Type.Union([
  Type.Null(),
  Type.Object({ c: PartToken }, closed),
  Type.Object({ m: Type.Array(PartToken, { maxItems: LIMITS.optionsPerItem, uniqueItems: true }) }, closed),
  Type.Object(
    { t: Type.Record(PartToken, Type.Boolean(), { ...closed, maxProperties: LIMITS.optionsPerItem }) },
    closed,
  ),
  Type.Object({ x: Type.String({ maxLength: LIMITS.shortAnswer }) }, closed),
  Type.Object(
    { p: Type.Record(PartToken, PartToken, { ...closed, maxProperties: LIMITS.optionsPerItem }) },
    closed,
  ),
  Type.Object({ o: Type.Array(PartToken, { maxItems: LIMITS.optionsPerItem, uniqueItems: true }) }, closed),
  Type.Object(
    { g: Type.Record(PartToken, GapAnswer, { ...closed, maxProperties: LIMITS.optionsPerItem }) },
    closed,
  ),
  Type.Object({ h: Type.Array(Point, { minItems: 1, maxItems: LIMITS.optionsPerItem }) }, closed),
  Type.Object({ e: Type.String({ minLength: 1, maxLength: LIMITS.essayCharacters }) }, closed),
  Type.Object({ b: CellId }, closed),
]);
export type Response = Static<typeof Response>;

/**
 * What stands for a response that is too long for one message: how many chunks it came in, its bytes as JSON in UTF-8,
 * and the SHA-256 of these bytes (base64url).
 */
export const EssayDigest = Type.Object(
  {
    count: Type.Integer({ minimum: 1, maximum: LIMITS.chunksPerAnswer }),
    bytes: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    hash: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  },
  closed,
);
export type EssayDigest = Static<typeof EssayDigest>;

/** Takes the place of an essay whose chunks are on the record, or of one that a later answer has replaced. */
export const Summary = Type.Object({ k: EssayDigest }, closed);
export type Summary = Static<typeof Summary>;
