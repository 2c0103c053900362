import { Type, type Static } from '@sinclair/typebox';
import { ITEM_KINDS, LEVELS } from './kind-names.ts';

export { ITEM_KINDS, LEVELS };

export const ItemKindName = Type.Union(ITEM_KINDS.map((kind) => Type.Literal(kind)));
export type ItemKindName = (typeof ITEM_KINDS)[number];

export const Level = Type.Union(LEVELS.map((level) => Type.Literal(level)));
export type Level = Static<typeof Level>;
