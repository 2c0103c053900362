import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, PartId, RichText } from '#bank/protocol';
import { closed } from '../parts.ts';
import { Weight } from '../weights.ts';

/**
 * Places to be found in a picture, the first PNG or JPEG of the stem; `points` is how many a candidate may set. Places
 * are whole pixels of the picture, from its upper left corner.
 */
export const HotspotContent = Type.Object(
  {
    kind: Type.Literal('hotspot'),
    stem: RichText,
    points: Type.Integer({ minimum: 1, maximum: LIMITS.optionsPerItem }),
  },
  closed,
);
export type HotspotContent = Static<typeof HotspotContent>;

export const AREA_SHAPES = ['rect', 'circle', 'poly'] as const;
export type AreaShape = (typeof AREA_SHAPES)[number];

/** Greatest width or height of a picture that PNG and JPEG files have in practice; products stay exact. */
const Coordinate = Type.Integer({ minimum: 0, maximum: 65_535 });

/**
 * Pixels as in HTML's area element and in QTI: `rect` left, top, right, bottom; `circle` x, y, radius; `poly` x and y
 * of each corner. Edges belong to the area. `share` is the part of the points that it brings (absent: an even part).
 */
const Area = Type.Object(
  {
    id: PartId,
    shape: Type.Union(AREA_SHAPES.map((shape) => Type.Literal(shape))),
    coords: Type.Array(Coordinate, { maxItems: 80 }),
    share: Type.Optional(Weight),
  },
  closed,
);
export type Area = Static<typeof Area>;

/** A point counts for the first area that it hits. */
export const HotspotKey = Type.Object(
  { areas: Type.Array(Area, { maxItems: LIMITS.optionsPerItem }) },
  closed,
);
export type HotspotKey = Static<typeof HotspotKey>;
