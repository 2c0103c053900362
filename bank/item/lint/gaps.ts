import { addFractions, fraction, parseFraction, type Fraction } from '#bank/marks';
import { gapIds } from '../bracketed.ts';
import type { ClozeContent, ClozeKey } from '../cloze/schema.ts';
import type { GapMatchContent, GapMatchKey } from '../gap-match/schema.ts';
import type { ItemProblem } from '../kind.ts';
import { foldAnswer, normaliseAnswer } from '../short-text/normalise.ts';
import { percentOf } from './percent.ts';

const NOTHING = fraction(0n);

/** A gap with what is right in it, each answer by the name under which it counts once. */
interface JudgedGap {
  id: string;
  answers: readonly string[];
}

type Worth = Pick<ClozeKey, 'weights' | 'wrong'>;

/**
 * Of a text with gaps: lists of which half of all guesses are right, gaps that take each other's typed answers and so pay
 * one of them twice, points that nobody can reach.
 */
export function lintCloze({ gaps }: ClozeContent, key: ClozeKey): ItemProblem[] {
  const { caseSensitive = false, folds = [], distinct, answers } = key;
  const read = (text: string) => foldAnswer(normaliseAnswer(text, caseSensitive), folds);
  const judged = gaps.map(({ id, options }): JudgedGap => {
    const right = answers[id] ?? [];
    const texts = options
      ? options.filter((option) => right.includes(option.id)).map(({ text }) => text)
      : right;
    return { id, answers: texts.map(read) };
  });
  const guessed = gaps.flatMap(({ id, options = [] }) => {
    const right = (answers[id] ?? []).length;
    const isGuess =
      options.length > 0 &&
      2 * right >= options.length &&
      paysToGuess(id, gaps.length, right, options.length, key);
    const percent = Math.round((100 * right) / Math.max(1, options.length));
    return isGuess ? [{ code: 'item-gap-guess', where: `gaps.${id}`, values: { part: id, percent } }] : [];
  });
  const typed = judged.filter(({ id }) => gaps.some((gap) => gap.id === id && !gap.options));
  return [
    ...guessed,
    ...(distinct ? unreachable(judged) : sharedAnswers(typed)),
    ...weightsShort(judged, key),
  ];
}

/**
 * Of gaps filled from one list: a choice that is right in half of them or more where it may stand in all, a last gap that
 * is left for the last choice, points that nobody can reach.
 */
export function lintGapMatch({ stem, choices, reuse }: GapMatchContent, key: GapMatchKey): ItemProblem[] {
  const judged = gapIds(stem).map((id): JudgedGap => ({ id, answers: key.fills[id] ?? [] }));
  if (reuse) return [...everywhere(judged, key), ...weightsShort(judged, key)];
  const gaps = judged.length;
  const isFull = choices.length === gaps && gaps > 1;
  return [
    ...(isFull ? [{ code: 'item-gap-no-spare', where: 'choices', values: { gaps } }] : []),
    ...unreachable(judged),
    ...weightsShort(judged, key),
  ];
}

function shareOf(id: string, gaps: number, { weights }: Worth): Fraction {
  if (!weights) return fraction(1n, BigInt(Math.max(1, gaps)));
  return parseFraction(weights[id] ?? '0') ?? NOTHING;
}

/** Whether a guess brings more than it costs on the average: right options × share, wrong ones × cost. */
function paysToGuess(id: string, gaps: number, right: number, options: number, worth: Worth): boolean {
  const gain = times(shareOf(id, gaps, worth), right);
  const loss = times(parseFraction(worth.wrong ?? '0') ?? NOTHING, options - right);
  return addFractions(gain, loss).numerator > 0n;
}

function times({ numerator, denominator }: Fraction, count: number): Fraction {
  return fraction(numerator * BigInt(count), denominator);
}

/** The first answer of each gap that a gap before it takes too. */
function sharedAnswers(gaps: readonly JudgedGap[]): ItemProblem[] {
  return gaps.flatMap(({ id, answers }, at) => {
    const before = gaps.slice(0, at);
    const text = answers.find((answer) => before.some((gap) => gap.answers.includes(answer)));
    const other = before.find((gap) => text !== undefined && gap.answers.includes(text))?.id;
    if (text === undefined || other === undefined) return [];
    return [{ code: 'item-gap-shared', where: `gaps.${id}`, values: { part: id, other, text } }];
  });
}

function everywhere(gaps: readonly JudgedGap[], worth: Worth): ItemProblem[] {
  const choices = [...new Set(gaps.flatMap(({ answers }) => answers))];
  return choices.flatMap((part) => {
    const right = gaps.filter(({ answers }) => answers.includes(part));
    const gain = right.map(({ id }) => shareOf(id, gaps.length, worth)).reduce(addFractions, NOTHING);
    const loss = times(parseFraction(worth.wrong ?? '0') ?? NOTHING, gaps.length - right.length);
    const share = addFractions(gain, loss);
    const isHalf = gaps.length > 1 && 2n * share.numerator >= share.denominator;
    return isHalf
      ? [{ code: 'item-gap-everywhere', where: 'key', values: { part, percent: percentOf(share) } }]
      : [];
  });
}

/** Where an answer counts once: whether every gap can have a right one of its own, by augmenting paths. */
function unreachable(gaps: readonly JudgedGap[]): ItemProblem[] {
  const takenBy = new Map<string, JudgedGap>();
  const place = (gap: JudgedGap, tried: Set<string>): boolean =>
    gap.answers.some((answer) => {
      if (tried.has(answer)) return false;
      tried.add(answer);
      const owner = takenBy.get(answer);
      if (owner && !place(owner, tried)) return false;
      takenBy.set(answer, gap);
      return true;
    });
  const left = gaps.find((gap) => !place(gap, new Set()));
  return left ? [{ code: 'item-gap-unreachable', where: `gaps.${left.id}`, values: { part: left.id } }] : [];
}

/** Weights of their own that do not come to all points when every gap is right. */
function weightsShort(gaps: readonly JudgedGap[], key: Worth): ItemProblem[] {
  if (!key.weights) return [];
  const sum = gaps.map(({ id }) => shareOf(id, gaps.length, key)).reduce(addFractions, NOTHING);
  if (sum.numerator >= sum.denominator) return [];
  return [{ code: 'item-weights-short', where: 'key', values: { percent: percentOf(sum) } }];
}
