import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkStem } from '../parts.ts';
import { worthOf } from './rubric.ts';
import { EssayContent, EssayKey } from './schema.ts';
import { toEssayView, type EssayView } from './view.ts';

export const essay: ItemKind<EssayContent, EssayKey, EssayView> = {
  name: 'essay',
  contentSchema: EssayContent,
  keySchema: EssayKey,
  check(content, key) {
    const { minWords = 0, maxWords = Infinity } = content;
    const problems: ItemProblem[] = [...checkStem(content.stem), ...checkRubric(key)];
    if (minWords > maxWords)
      problems.push({
        code: 'item-essay-words',
        where: 'maxWords',
        values: { min: minWords, max: maxWords },
      });
    if (content.shown && !isSame(content.shown, key))
      problems.push({ code: 'item-essay-shown', where: 'shown' });
    return problems;
  },
  partIds: () => [],
  shuffled: () => ({ parts: [], pinned: [] }),
  toView: toEssayView,
};

function checkRubric({ criteria }: EssayKey): ItemProblem[] {
  if (criteria.length === 0) return [{ code: 'item-essay-rubric', where: 'key' }];
  const ids = new Set<string>();
  return criteria.flatMap((criterion) => {
    const { id: part, title, levels } = criterion;
    const where = `key.criteria.${part}`;
    const problems: ItemProblem[] = [];
    if (ids.has(part)) problems.push({ code: 'item-part-repeated', where, values: { part } });
    ids.add(part);
    if (title.trim() === '') problems.push({ code: 'item-part-empty', where, values: { part } });
    if (worthOf(criterion) === 0) problems.push({ code: 'item-essay-levels', where, values: { part } });
    if (new Set(levels.map(({ points }) => points)).size < levels.length)
      problems.push({ code: 'item-essay-level-twice', where, values: { part } });
    return problems;
  });
}

/** Candidates are shown what they are marked by. */
function isSame(shown: NonNullable<EssayContent['shown']>, { criteria }: EssayKey): boolean {
  if (shown.length !== criteria.length) return false;
  return criteria.every((criterion, i) => {
    const told = shown[i];
    return told?.title === criterion.title && told.points === worthOf(criterion);
  });
}
