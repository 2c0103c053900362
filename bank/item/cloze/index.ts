import { checkGaps } from '../bracketed.ts';
import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkKnown, checkStem } from '../parts.ts';
import { normaliseAnswer } from '../short-text/normalise.ts';
import { checkWeights } from '../weights.ts';
import { ClozeContent, ClozeKey, type Gap } from './schema.ts';
import { toClozeView, type ClozeView } from './view.ts';

function partIds({ gaps }: ClozeContent): string[] {
  return gaps.flatMap(({ id, options = [] }) => [id, ...options.map((option) => option.id)]);
}

/** A list has two options at least, none of them twice. */
function checkList({ id, options }: Gap): ItemProblem[] {
  if (!options) return [];
  const where = `gaps.${id}`;
  const problems: ItemProblem[] = [];
  if (options.length < 2) problems.push({ code: 'item-gap-options', where, values: { part: id } });
  const seen = new Set<string>();
  for (const { text } of options) {
    const same = normaliseAnswer(text, true);
    if (same === '') problems.push({ code: 'item-part-empty', where, values: { part: id } });
    else if (seen.has(same)) problems.push({ code: 'item-gap-same', where, values: { part: id, text } });
    seen.add(same);
  }
  return problems;
}

function checkAnswers({ id, options }: Gap, answers: readonly string[]): ItemProblem[] {
  const where = `gaps.${id}`;
  const isEmpty = answers.length === 0 || answers.some((text) => normaliseAnswer(text, true) === '');
  if (isEmpty) return [{ code: 'item-gap-key', where, values: { part: id } }];
  const known = options?.map((option) => option.id);
  const unknown = known ? answers.filter((answer) => !known.includes(answer)) : [];
  return unknown.map((part) => ({ code: 'item-key-unknown-part', where, values: { part } }));
}

export const cloze: ItemKind<ClozeContent, ClozeKey, ClozeView> = {
  name: 'cloze',
  contentSchema: ClozeContent,
  keySchema: ClozeKey,
  check(content, { answers, weights, wrong }) {
    const { stem, gaps } = content;
    if (checkStem(stem).length > 0) return checkStem(stem);
    const ids = partIds(content);
    const repeated = ids.filter((id, i) => ids.indexOf(id) < i);
    return [
      ...checkGaps(
        stem,
        gaps.map(({ id }) => id),
      ),
      ...repeated.map((part) => ({ code: 'item-part-repeated', where: `gaps.${part}`, values: { part } })),
      ...gaps.flatMap((gap) => [...checkList(gap), ...checkAnswers(gap, answers[gap.id] ?? [])]),
      ...checkKnown([...Object.keys(answers), ...Object.keys(weights ?? {})], gaps, 'key.answers'),
      ...checkWeights({ ...weights, ...(wrong !== undefined && { wrong }) }),
    ];
  },
  partIds,
  shuffled: () => ({ parts: [], pinned: [] }),
  toView: toClozeView,
};
