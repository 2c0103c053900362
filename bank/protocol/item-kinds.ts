import { Type, type Static } from '@sinclair/typebox';

export const ITEM_KINDS = [
  'choice',
  'multiple',
  'tfCluster',
  'numeric',
  'shortText',
  'matching',
  'ordering',
  'cloze',
  'gapMatch',
  'hotText',
  'hotspot',
  'essay',
  'description',
] as const;
export const ItemKindName = Type.Union(ITEM_KINDS.map((kind) => Type.Literal(kind)));
export type ItemKindName = (typeof ITEM_KINDS)[number];

/** Cognitive levels, in rising order; which of them a subject uses is policy. */
export const LEVELS = ['KNOW', 'UNDERSTAND', 'APPLY', 'APPLY_HIGH'] as const;
export const Level = Type.Union(LEVELS.map((level) => Type.Literal(level)));
export type Level = Static<typeof Level>;
