import { fraction, type Hundredths, type MarkingPolicy } from '#bank/marks';
import { pointsOfShare, type Score, type Scorer } from '../scoring/scorer.ts';
import { rubricPoints } from './rubric.ts';
import type { EssayContent, EssayKey } from './schema.ts';

/** Nothing for what is blank; anything else needs a person, whose points `scoreByRubric` takes. */
export const scoreEssay: Scorer<EssayContent, EssayKey> = (_content, key, response) => {
  if (response && 'e' in response && response.e.trim() !== '')
    return { points: 0, parts: [{ part: 'answer', outcome: 'needsPerson' }] };
  return { points: 0, parts: key.criteria.map(({ id: part }) => ({ part, outcome: 'blank', points: 0 })) };
};

/**
 * The score of an essay by the points that a person gave for each criterion. Where the paper values the item otherwise
 * than its rubric does, all of it is scaled, once and exactly.
 *
 * @param given hundredths by criterion, within the rubric
 */
export function scoreByRubric(
  key: EssayKey,
  given: Readonly<Record<string, Hundredths>>,
  max: Hundredths,
  policy: MarkingPolicy,
): Score {
  const parts = key.criteria.map(({ id }) => ({
    part: id,
    outcome: 'marked' as const,
    points: given[id] ?? 0,
  }));
  const sum = parts.reduce((total, { points }) => total + points, 0);
  return { ...pointsOfShare(max, fraction(BigInt(sum), BigInt(rubricPoints(key))), policy), parts };
}
