/** Kinds of items and levels as plain lists: pages that check nothing are spared the schema library. */
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

/** Cognitive levels, in rising order; which of them a subject uses is policy. */
export const LEVELS = ['KNOW', 'UNDERSTAND', 'APPLY', 'APPLY_HIGH'] as const;
