import { checkGaps, gapIds } from '../bracketed.ts';
import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkKnown, checkParts, checkStem } from '../parts.ts';
import { checkWeights } from '../weights.ts';
import { GapMatchContent, GapMatchKey } from './schema.ts';
import { toGapMatchView, type GapMatchView } from './view.ts';

/** A choice is counted once, so that without reuse there must be one for each gap. */
function checkChoices({ stem, choices, reuse }: GapMatchContent): ItemProblem[] {
  const gaps = gapIds(stem);
  const problems = checkParts(choices, 'choices');
  for (const { id } of choices) {
    if (gaps.includes(id)) {
      problems.push({ code: 'item-part-repeated', where: `choices.${id}`, values: { part: id } });
    }
  }
  const count = choices.length;
  if (count < (reuse ? 2 : Math.max(2, gaps.length)))
    problems.push({
      code: 'item-gap-choices',
      where: 'choices',
      values: { choices: count, gaps: gaps.length },
    });
  return problems;
}

export const gapMatch: ItemKind<GapMatchContent, GapMatchKey, GapMatchView> = {
  name: 'gapMatch',
  contentSchema: GapMatchContent,
  keySchema: GapMatchKey,
  check(content, { fills, weights, wrong }) {
    const { stem, choices } = content;
    if (checkStem(stem).length > 0) return checkStem(stem);
    const filled = Object.keys(fills).filter((gap) => (fills[gap] ?? []).length > 0);
    const gaps = gapIds(stem).map((id) => ({ id }));
    return [
      ...checkGaps(stem, filled),
      ...checkChoices(content),
      ...checkKnown(Object.values(fills).flat(), choices, 'key.fills'),
      ...checkKnown(Object.keys(weights ?? {}), gaps, 'key.weights'),
      ...checkWeights({ ...weights, ...(wrong !== undefined && { wrong }) }),
    ];
  },
  partIds: (content) => [...new Set([...gapIds(content.stem), ...content.choices.map(({ id }) => id)])],
  shuffled: (content) => ({ parts: content.choices.map(({ id }) => id), pinned: [] }),
  toView: toGapMatchView,
};
