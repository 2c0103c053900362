import { criterionText, itemKind, type ItemContent, type ItemKey } from '#bank/item';
import { letter } from '../../items/item-props.ts';
import type { itemWords } from '../words/items.ts';
import type { Say } from '../words/words.ts';

/** Part ids in the order in which the preview shows them. */
function shownOrder(content: ItemContent): string[] {
  const view = itemKind(content.kind).toView(content, { token: (part) => part, math: () => '' });
  if ('options' in view) return view.options.map(({ token }) => token);
  if ('statements' in view) return view.statements.map(({ token }) => token);
  return 'choices' in view ? view.choices.map(({ token }) => token) : [];
}

/** The key of an item in words, one line per answer; letters are those of the preview. */
export function keyLines(content: ItemContent, key: ItemKey, t: Say<typeof itemWords>): string[] {
  const shown = shownOrder(content);
  const letterOf = (part: string) => (shown.includes(part) ? letter(shown.indexOf(part)) : part);
  if ('correct' in key) {
    const letters = key.correct.map(letterOf).sort().join(', ');
    if (!('scheme' in key)) return [letters];
    return [`${letters} (${key.scheme === 'allOrNothing' ? t('schemeAll') : t('schemeMinus')})`];
  }
  if ('truth' in key) {
    return shown.map(
      (part) => `${letterOf(part).toLowerCase()}) ${key.truth[part] === true ? t('right') : t('wrong')}`,
    );
  }
  if ('value' in key) {
    const values = [key.value, ...(key.alternatives ?? [])].join(` ${t('or')} `);
    return [key.tolerance ? `${values} (${t('tolerance', { value: key.tolerance })})` : values];
  }
  if ('accepted' in key) {
    const answers = key.accepted.map((answer) => `“${answer}”`).join(` ${t('or')} `);
    return [key.caseSensitive ? `${answers} (${t('caseSensitive')})` : answers];
  }
  if ('criteria' in key) return key.criteria.map((criterion) => criterionText(criterion, 'vi'));
  if ('pairs' in key && content.kind === 'matching') {
    return content.prompts.map(({ id }, index) => `${index + 1} – ${letterOf(key.pairs[id] ?? '')}`);
  }
  return [t('noKey')];
}
