import { Type } from '@sinclair/typebox';
import { AssemblyData, ItemSummary, ItemVersionSummary, type ItemKindName } from '#bank/protocol';
import { choice } from './choice/index.ts';
import { ChoiceContent, ChoiceKey } from './choice/schema.ts';
import type { ChoiceView } from './choice/view.ts';
import { cloze } from './cloze/index.ts';
import { ClozeContent, ClozeKey } from './cloze/schema.ts';
import type { ClozeView } from './cloze/view.ts';
import { gapMatch } from './gap-match/index.ts';
import { GapMatchContent, GapMatchKey } from './gap-match/schema.ts';
import type { GapMatchView } from './gap-match/view.ts';
import { hotText } from './hot-text/index.ts';
import { HotTextContent, HotTextKey } from './hot-text/schema.ts';
import type { HotTextView } from './hot-text/view.ts';
import { hotspot } from './hotspot/index.ts';
import { HotspotContent, HotspotKey } from './hotspot/schema.ts';
import type { HotspotView } from './hotspot/view.ts';
import { description } from './description/index.ts';
import { DescriptionContent, DescriptionKey } from './description/schema.ts';
import type { DescriptionView } from './description/view.ts';
import { essay } from './essay/index.ts';
import { EssayContent, EssayKey } from './essay/schema.ts';
import type { EssayView } from './essay/view.ts';
import type { ItemKind } from './kind.ts';
import { matching } from './matching/index.ts';
import { MatchingContent, MatchingKey } from './matching/schema.ts';
import type { MatchingView } from './matching/view.ts';
import { multiple } from './multiple/index.ts';
import { MultipleContent, MultipleKey } from './multiple/schema.ts';
import type { MultipleView } from './multiple/view.ts';
import { numeric } from './numeric/index.ts';
import { NumericContent, NumericKey } from './numeric/schema.ts';
import type { NumericView } from './numeric/view.ts';
import { ordering } from './ordering/index.ts';
import { OrderingContent, OrderingKey } from './ordering/schema.ts';
import type { OrderingView } from './ordering/view.ts';
import { shortText } from './short-text/index.ts';
import { ShortTextContent, ShortTextKey } from './short-text/schema.ts';
import type { ShortTextView } from './short-text/view.ts';
import { tfCluster } from './tf-cluster/index.ts';
import { TfClusterContent, TfClusterKey } from './tf-cluster/schema.ts';
import type { TfClusterView } from './tf-cluster/view.ts';

/** Content of an item of any kind, as authors write it; `kind` tells them apart. */
export const ItemContent = Type.Union([
  ChoiceContent,
  MultipleContent,
  TfClusterContent,
  NumericContent,
  ShortTextContent,
  MatchingContent,
  OrderingContent,
  ClozeContent,
  GapMatchContent,
  HotTextContent,
  HotspotContent,
  EssayContent,
  DescriptionContent,
]);
export type ItemContent =
  | ChoiceContent
  | MultipleContent
  | TfClusterContent
  | NumericContent
  | ShortTextContent
  | MatchingContent
  | OrderingContent
  | ClozeContent
  | GapMatchContent
  | HotTextContent
  | HotspotContent
  | EssayContent
  | DescriptionContent;

/** Key of an item of any kind. It does not name its kind: validate it with the `keySchema` of the content's. */
export const ItemKey = Type.Union([
  ChoiceKey,
  MultipleKey,
  TfClusterKey,
  NumericKey,
  ShortTextKey,
  MatchingKey,
  OrderingKey,
  ClozeKey,
  GapMatchKey,
  HotTextKey,
  HotspotKey,
  EssayKey,
  DescriptionKey,
]);
export type ItemKey =
  | ChoiceKey
  | MultipleKey
  | TfClusterKey
  | NumericKey
  | ShortTextKey
  | MatchingKey
  | OrderingKey
  | ClozeKey
  | GapMatchKey
  | HotTextKey
  | HotspotKey
  | EssayKey
  | DescriptionKey;

/** What a candidate's page renders, for an item of any kind. */
export type ItemView =
  | ChoiceView
  | MultipleView
  | TfClusterView
  | NumericView
  | ShortTextView
  | MatchingView
  | OrderingView
  | ClozeView
  | GapMatchView
  | HotTextView
  | HotspotView
  | EssayView
  | DescriptionView;

/** One version of an item with everything it says, as an author's page gets it. */
export const ItemDetail = Type.Object(
  {
    item: ItemSummary,
    version: ItemVersionSummary,
    content: ItemContent,
    key: ItemKey,
    assembly: Type.Optional(AssemblyData),
    comment: Type.Optional(Type.String()),
    versions: Type.Array(ItemVersionSummary),
  },
  { additionalProperties: false },
);
export interface ItemDetail {
  item: ItemSummary;
  version: ItemVersionSummary;
  content: ItemContent;
  key: ItemKey;
  assembly?: AssemblyData;
  /** What the reviewer who returned it wrote. */
  comment?: string;
  /** All versions, newest first. */
  versions: ItemVersionSummary[];
}

/** Every kind the engine has; a new kind is one folder and one line here, and one in `scoring/index.ts`. */
export const ITEM_KINDS_REGISTRY = {
  choice,
  multiple,
  tfCluster,
  numeric,
  shortText,
  matching,
  ordering,
  cloze,
  gapMatch,
  hotText,
  hotspot,
  essay,
  description,
} as const satisfies Record<ItemKindName, ItemKind>;

/** The kind of that name, with its types widened to all kinds: hand it only content and key of the same kind. */
export function itemKind(name: ItemKindName): ItemKind<ItemContent, ItemKey, ItemView> {
  return ITEM_KINDS_REGISTRY[name];
}

export type { ViewContext } from './kind.ts';
export type { PartView } from './parts.ts';
export { MULTIPLE_SCHEMES, type MultipleScheme } from './multiple/schema.ts';
export { isWithin, rubricPoints, worthOf } from './essay/rubric.ts';
export { countWords } from './essay/count-words.ts';
export { criterionText, levelsText, parseCriterion, parseLevels } from './essay/rubric-text.ts';
export type { Criterion } from './essay/schema.ts';
export { statementLevels } from './tf-cluster/levels.ts';
export { gapWorthText, parseGapWorth, type GapWorth } from './gap-worth.ts';
export { gapText, parseGap } from './cloze/gap-lines.ts';
export { pinnedOptions, speaksOfOthers } from './summing-up.ts';
export { imageSize } from './image-size.ts';
export { areaText, parseArea } from './hotspot/area-text.ts';
export { isSound, isWithinPicture } from './hotspot/geometry.ts';
export { AREA_SHAPES, type Area, type AreaShape } from './hotspot/schema.ts';
export { pictureOf, type HotspotPicture } from './hotspot/picture.ts';
export { phrasesOf } from './hot-text/phrases.ts';
export { gapIds, renameGaps, type GapTextView, type GapView } from './bracketed.ts';
export { ORDERING_SCHEMES, type OrderingScheme } from './ordering/schema.ts';
export { inRightOrder, toOrdering } from './ordering/to-ordering.ts';
export { CLUSTER_STATEMENTS } from './tf-cluster/schema.ts';
export { parseDecimal, type Decimal, type NumericEntry } from './numeric/decimal.ts';
export { SHORT_TEXT_FOLDS, type ShortTextFold } from './short-text/schema.ts';
export { normaliseAnswer } from './short-text/normalise.ts';
export { checkAssemblyData } from './assembly-data.ts';
export { mediaOf, withoutMedia } from './media.ts';
export { parseMarkup, toMarkup } from './markup.ts';
export { imagesOf, isBlank, MARKS, normaliseRichText, plainText } from './rich-text.ts';
export {
  ChoiceContent,
  ChoiceKey,
  ClozeContent,
  ClozeKey,
  GapMatchContent,
  GapMatchKey,
  HotTextContent,
  HotTextKey,
  HotspotContent,
  HotspotKey,
  DescriptionContent,
  DescriptionKey,
  EssayContent,
  EssayKey,
  MatchingContent,
  MatchingKey,
  MultipleContent,
  MultipleKey,
  NumericContent,
  NumericKey,
  OrderingContent,
  OrderingKey,
  ShortTextContent,
  ShortTextKey,
  TfClusterContent,
  TfClusterKey,
};
export type {
  ChoiceView,
  HotspotView,
  HotTextView,
  GapMatchView,
  ClozeView,
  DescriptionView,
  EssayView,
  MatchingView,
  MultipleView,
  NumericView,
  OrderingView,
  ShortTextView,
  TfClusterView,
};
