import {
  areaText,
  criterionText,
  inRightOrder,
  itemKind,
  type ClozeContent,
  type ClozeKey,
  type ItemContent,
  type ItemKey,
  type MultipleScheme,
  type NumericKey,
  type OrderingScheme,
  type ShortTextKey,
  phrasesOf,
  plainText,
} from '#bank/item';
import { letter } from '../../items/item-props.ts';
import type { itemWords } from '../words/items.ts';
import type { Say } from '../words/words.ts';

const SCHEME_WORDS = {
  allOrNothing: 'schemeAll',
  rightMinusWrong: 'schemeMinus',
  weights: 'schemeWeights',
  surplus: 'schemeSurplus',
} as const satisfies Record<MultipleScheme, keyof typeof itemWords>;

const ORDER_WORDS = {
  exact: 'orderExact',
  adjacent: 'orderAdjacent',
  kendall: 'orderKendall',
} as const satisfies Record<OrderingScheme, keyof typeof itemWords>;

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
  const phrases = content.kind === 'hotText' ? phrasesOf(content.stem) : [];
  const nameOf = (part: string) => {
    const phrase = phrases.find(({ id }) => id === part);
    return phrase ? `“${plainText(phrase.text)}”` : letterOf(part);
  };
  if ('correct' in key) {
    const letters = key.correct.map(nameOf).sort().join(', ');
    if (!('scheme' in key)) return [letters];
    const weights = Object.entries(key.weights ?? {}).map(([part, weight]) => `${nameOf(part)}: ${weight}`);
    return [`${letters} (${t(SCHEME_WORDS[key.scheme])})`, ...weights.sort()];
  }
  if ('truth' in key) {
    return shown.map(
      (part) => `${letterOf(part).toLowerCase()}) ${key.truth[part] === true ? t('right') : t('wrong')}`,
    );
  }
  if ('order' in key && content.kind === 'ordering') {
    const texts = inRightOrder(content.parts, key.order).map(({ text }) => plainText(text));
    return [...texts.map((text, i) => `${i + 1}. ${text}`), t(ORDER_WORDS[key.orderScheme])];
  }
  if ('answers' in key && content.kind === 'cloze') return clozeLines(content, key, t);
  if ('fills' in key && content.kind === 'gapMatch') {
    const lines = Object.entries(key.fills).map(([gap, choices]) => {
      const weight = key.weights?.[gap];
      return withNotes(`[[${gap}]] ${choices.map(letterOf).join(` ${t('or')} `)}`, [
        weight !== undefined && weight,
      ]);
    });
    const rules = [
      content.reuse === true && t('gapReuse'),
      key.wrong !== undefined && t('gapWrong', { value: key.wrong }),
    ];
    return [...lines, ...rules.filter((rule) => rule !== false)];
  }
  if ('areas' in key) return key.areas.map(areaText);
  if ('value' in key) return [numericLine(key, t)];
  if ('accepted' in key) return [shortTextLine(key, t)];
  if ('criteria' in key) return key.criteria.map((criterion) => criterionText(criterion, 'vi'));
  if ('pairs' in key && content.kind === 'matching') {
    return content.prompts.map(({ id }, index) => `${index + 1} – ${letterOf(key.pairs[id] ?? '')}`);
  }
  return [t('noKey')];
}

function clozeLines(content: ClozeContent, key: ClozeKey, t: Say<typeof itemWords>): string[] {
  const lines = content.gaps.map(({ id, options }) => {
    const texts = (key.answers[id] ?? []).map(
      (answer) => options?.find((option) => option.id === answer)?.text ?? answer,
    );
    const weight = key.weights?.[id];
    const answers = texts.map((text) => `“${text}”`).join(` ${t('or')} `);
    return withNotes(`[[${id}]] ${answers}`, [weight !== undefined && weight]);
  });
  const rules = [
    key.distinct === true && t('gapDistinct'),
    key.wrong !== undefined && t('gapWrong', { value: key.wrong }),
    key.caseSensitive === true && t('caseSensitive'),
    key.folds?.includes('tones') === true && t('foldTones'),
    key.folds?.includes('iy') === true && t('foldIy'),
  ];
  return [...lines, ...rules.filter((rule) => rule !== false)];
}

function withNotes(text: string, notes: readonly (string | false)[]): string {
  const told = notes.filter((note) => note !== false);
  return told.length > 0 ? `${text} (${told.join(', ')})` : text;
}

function numericLine(key: NumericKey, t: Say<typeof itemWords>): string {
  const { value, upTo, tolerance, round } = key;
  const first = upTo === undefined ? value : t('range', { least: value, most: upTo });
  const values = [first, ...(key.alternatives ?? [])].join(` ${t('or')} `);
  return withNotes(values, [
    tolerance !== undefined && t('tolerance', { value: tolerance }),
    round !== undefined && 'decimals' in round && t('decimals', { n: round.decimals }),
    round !== undefined && 'digits' in round && t('digits', { n: round.digits }),
  ]);
}

function shortTextLine(key: ShortTextKey, t: Say<typeof itemWords>): string {
  const patterns = (key.patterns ?? []).map((text) => t('pattern', { text }));
  const expressions = (key.expressions ?? []).map((text) => t('expression', { text }));
  const accepted = key.accepted.map((answer) => `“${answer}”`);
  const answers = [...accepted, ...patterns, ...expressions].join(` ${t('or')} `);
  return withNotes(answers, [
    key.caseSensitive === true && t('caseSensitive'),
    key.folds?.includes('tones') === true && t('foldTones'),
    key.folds?.includes('iy') === true && t('foldIy'),
  ]);
}
