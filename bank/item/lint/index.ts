import type { Fraction } from '#bank/marks';
import type { ItemContent, ItemKey } from '../index.ts';
import type { ChoiceContent } from '../choice/schema.ts';
import { phrasesOf } from '../hot-text/phrases.ts';
import type { ItemProblem } from '../kind.ts';
import type { MultipleKey } from '../multiple/schema.ts';
import { speaksOfOthers } from '../summing-up.ts';
import { lintCloze, lintGapMatch } from './gaps.ts';
import { percentOf } from './percent.ts';
import { sharesOf, sumOfShares } from '../multiple/shares.ts';

/**
 * What an author should look at in an item that is sound: a scheme that pays who chooses everything, weights by which the
 * right options do not bring all points, what half of all guesses get right, and gaps that take each other's answers. (Choosing nothing never pays: a blank response has no points.)
 * Codes are `ITEM_WARNINGS` of bank/protocol.
 */
export function lintItem(content: ItemContent, key: ItemKey): ItemProblem[] {
  if (content.kind === 'choice') return lintPlaces(content.options);
  if ('scheme' in key && content.kind === 'multiple')
    return [
      ...lintPlaces(content.options),
      ...lintChosen(
        content.options.map(({ id }) => id),
        key,
      ),
    ];
  if ('scheme' in key && content.kind === 'hotText')
    return lintChosen(
      phrasesOf(content.stem).map(({ id }) => id),
      key,
    );
  if (content.kind === 'hotspot' && 'areas' in key) {
    const areas = key.areas.filter(({ share }) => !share?.startsWith('-')).length;
    const isFree = content.points > areas;
    return isFree
      ? [{ code: 'item-hotspot-points', where: 'key', values: { points: content.points, areas } }]
      : [];
  }
  if (content.kind === 'cloze' && 'answers' in key) return lintCloze(content, key);
  if (content.kind === 'gapMatch' && 'fills' in key) return lintGapMatch(content, key);
  if (content.kind === 'ordering' && content.parts.length === 2)
    return [{ code: 'item-ordering-guess', where: 'parts' }];
  return [];
}

function lintChosen(options: readonly string[], key: MultipleKey): ItemProblem[] {
  if (key.correct.length === 0) return [];
  const shareOf = (chosen: ReadonlySet<string>) => sumOfShares(key, chosen, sharesOf(key, options, chosen));
  const forAll = shareOf(new Set(options));
  const forRight = shareOf(new Set(key.correct));
  const problems: ItemProblem[] = [];
  const tell = (code: string, share: Fraction) =>
    problems.push({ code, where: 'key', values: { percent: percentOf(share) } });
  if (forAll.numerator > 0n) tell('item-pays-for-all', forAll);
  if (forRight.numerator < forRight.denominator) tell('item-weights-short', forRight);
  return problems;
}

/** An option that speaks of the others, with another behind it that does not. */
function lintPlaces(options: ChoiceContent['options']): ItemProblem[] {
  const last = options.map((option) => speaksOfOthers(option)).lastIndexOf(false);
  return options
    .slice(0, last + 1)
    .filter(speaksOfOthers)
    .map(({ id }) => ({ code: 'item-others-not-last', where: `options.${id}`, values: { part: id } }));
}
