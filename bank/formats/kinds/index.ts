import type { ItemKindName } from '#bank/protocol';
import type { ItemContent, ItemKey } from '#bank/item';
import { choiceFormat } from './choice.ts';
import { clozeFormat } from './cloze.ts';
import { gapMatchFormat } from './gap-match.ts';
import { hotTextFormat } from './hot-text.ts';
import { hotspotFormat } from './hotspot.ts';
import { descriptionFormat } from './description.ts';
import { essayFormat } from './essay.ts';
import type { KindFormat } from './kind-format.ts';
import { matchingFormat } from './matching.ts';
import { multipleFormat } from './multiple.ts';
import { numericFormat } from './numeric.ts';
import { orderingFormat } from './ordering.ts';
import { shortTextFormat } from './short-text.ts';
import { tfClusterFormat } from './tf-cluster.ts';

const FORMATS = {
  choice: choiceFormat,
  multiple: multipleFormat,
  tfCluster: tfClusterFormat,
  numeric: numericFormat,
  shortText: shortTextFormat,
  matching: matchingFormat,
  ordering: orderingFormat,
  cloze: clozeFormat,
  gapMatch: gapMatchFormat,
  hotText: hotTextFormat,
  hotspot: hotspotFormat,
  essay: essayFormat,
  description: descriptionFormat,
} as const satisfies Record<ItemKindName, KindFormat>;

/** The reader and writer of that kind, with its types widened: hand it only content and key of the same kind. */
export function kindFormat(name: ItemKindName): KindFormat<ItemContent, ItemKey> {
  return FORMATS[name];
}
