import type { Hundredths, MarkingPolicy } from '#bank/marks';
import type { ItemKindName } from '#bank/protocol';
import { scoreChoice } from '../choice/score.ts';
import { scoreCloze } from '../cloze/score.ts';
import { scoreGapMatch } from '../gap-match/score.ts';
import { scoreHotText } from '../hot-text/score.ts';
import { scoreHotspot } from '../hotspot/score.ts';
import { scoreDescription } from '../description/score.ts';
import { scoreEssay } from '../essay/score.ts';
import type { ItemContent, ItemKey } from '../index.ts';
import { scoreMatching } from '../matching/score.ts';
import { scoreMultiple } from '../multiple/score.ts';
import { scoreNumeric } from '../numeric/score.ts';
import { scoreOrdering } from '../ordering/score.ts';
import { scoreShortText } from '../short-text/score.ts';
import { scoreTfCluster } from '../tf-cluster/score.ts';
import type { CanonicalResponse, Score } from './scorer.ts';

/** The scorer of every kind; apart from the kinds themselves, because it never goes into a candidate's bundle. */
const SCORERS = {
  choice: scoreChoice,
  multiple: scoreMultiple,
  tfCluster: scoreTfCluster,
  numeric: scoreNumeric,
  shortText: scoreShortText,
  matching: scoreMatching,
  ordering: scoreOrdering,
  cloze: scoreCloze,
  gapMatch: scoreGapMatch,
  hotText: scoreHotText,
  hotspot: scoreHotspot,
  essay: scoreEssay,
  description: scoreDescription,
} as const satisfies Record<ItemKindName, unknown>;

/** One item to be scored: content and key are of the same kind. */
interface Scorable {
  content: ItemContent;
  key: ItemKey;
  /** What the item is worth in this paper. */
  max: Hundredths;
}

/** Scores one response by the scorer of the content's kind. */
export function scoreItem(item: Scorable, response: CanonicalResponse, policy: MarkingPolicy): Score {
  const scorer = SCORERS[item.content.kind] as (
    content: ItemContent,
    key: ItemKey,
    response: CanonicalResponse,
    max: Hundredths,
    policy: MarkingPolicy,
  ) => Score;
  return scorer(item.content, item.key, response, item.max, policy);
}

export { scoreByRubric } from '../essay/score.ts';
export { guessedPoints } from './guessing.ts';
export { toCanonical } from './canonical.ts';
export { splitPoints } from './each.ts';
export { type CanonicalResponse, type ScoredPart } from './scorer.ts';
