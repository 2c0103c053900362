import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkKnown, checkParts, checkStem } from '../parts.ts';
import { MatchingContent, MatchingKey } from './schema.ts';
import { toMatchingView, type MatchingView } from './view.ts';

/** Prompts and choices share one set of tokens, so an id may stand on one side only. */
function checkSides({ prompts, choices }: MatchingContent): ItemProblem[] {
  const problems = [...checkParts(prompts, 'prompts'), ...checkParts(choices, 'choices')];
  const promptIds = new Set(prompts.map((prompt) => prompt.id));
  for (const { id } of choices) {
    if (promptIds.has(id)) {
      problems.push({ code: 'item-part-repeated', where: `choices.${id}`, values: { part: id } });
    }
  }
  if (prompts.length < 2) {
    problems.push({ code: 'item-matching-prompts', where: 'prompts', values: { count: prompts.length } });
  }
  if (choices.length < prompts.length) {
    const values = { choices: choices.length, prompts: prompts.length };
    problems.push({ code: 'item-matching-choices', where: 'choices', values });
  }
  return problems;
}

function checkPairs({ prompts, choices }: MatchingContent, { pairs }: MatchingKey): ItemProblem[] {
  const problems: ItemProblem[] = prompts
    .filter(({ id }) => pairs[id] === undefined)
    .map(({ id }) => ({ code: 'item-matching-unpaired', where: `key.pairs.${id}`, values: { part: id } }));
  const used = new Map<string, string>();
  for (const [prompt, part] of Object.entries(pairs)) {
    const other = used.get(part);
    const where = `key.pairs.${prompt}`;
    if (other !== undefined) problems.push({ code: 'item-matching-shared', where, values: { part, other } });
    used.set(part, prompt);
  }
  return [
    ...problems,
    ...checkKnown(Object.keys(pairs), prompts, 'key.pairs'),
    ...checkKnown(Object.values(pairs), choices, 'key.pairs'),
  ];
}

export const matching: ItemKind<MatchingContent, MatchingKey, MatchingView> = {
  name: 'matching',
  contentSchema: MatchingContent,
  keySchema: MatchingKey,
  check(content, key) {
    return [...checkStem(content.stem), ...checkSides(content), ...checkPairs(content, key)];
  },
  partIds: (content) => [...content.prompts, ...content.choices].map((part) => part.id),
  shuffled: (content) => ({ parts: content.choices.map((part) => part.id), pinned: [] }),
  toView: toMatchingView,
};
