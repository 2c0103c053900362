import type {
  Description,
  GIFTQuestion,
  Matching,
  MultipleChoice,
  ShortAnswer,
  TextFormat,
} from 'gift-pegjs';
import type { Language, RichText } from '#bank/protocol';
import { plainText } from '#bank/item';
import type { ReadItem } from '../kinds/kind-format.ts';
import { refuse, warn, type GiftContext } from './context.ts';
import { readGiftText } from './gift-text.ts';
import { readNumerical } from './numerical.ts';

/** Kinds of GIFT that the engine does not have, by the name a teacher knows. */
const UNSUPPORTED: Partial<Record<GIFTQuestion['type'], string>> = { Essay: 'tự luận (essay)' };

const TRUE_FALSE = { vi: ['Đúng', 'Sai'], en: ['True', 'False'] } as const;

/** A weight so near to another is the same (Moodle rounds to five decimals). */
const WEIGHT_ROUNDING = 0.01;

/** Maps a parsed question to an item; null when it was refused. */
export function giftItem(question: GIFTQuestion, context: GiftContext): ReadItem | null {
  warnFeedback(question, context);
  switch (question.type) {
    case 'MC':
      return readChoices(question, context);
    case 'Short':
      return readShort(question, context);
    case 'TF':
      return readTrueFalse(rich(question.stem, context), question.isTrue, context.language);
    case 'Numerical':
      return readNumerical(question, rich(question.stem, context), context);
    case 'Matching':
      return readMatching(question, context);
    case 'Description':
      return readDescription(question, context);
    default:
      refuse(context, 'kind-unsupported', { kind: UNSUPPORTED[question.type] ?? question.type });
      return null;
  }
}

function rich(text: TextFormat, context: GiftContext): RichText {
  const read = readGiftText(text);
  if (read.dropped.length > 0) warn(context, 'gift-markup', { tags: read.dropped.join(' ') });
  return read.rich;
}

function warnFeedback(question: GIFTQuestion, context: GiftContext): void {
  const choices = 'choices' in question && Array.isArray(question.choices) ? question.choices : [];
  const told =
    ('globalFeedback' in question && question.globalFeedback) ||
    ('trueFeedback' in question && (question.trueFeedback || question.falseFeedback)) ||
    choices.some((choice) => choice.feedback);
  if (told) warn(context, 'gift-feedback');
}

function partIds(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String.fromCodePoint(97 + i));
}

function readDescription(question: Description, context: GiftContext): ReadItem {
  return { content: { kind: 'description', stem: rich(question.stem, context) }, key: {} };
}

function readTrueFalse(stem: RichText, isTrue: boolean, language: Language): ReadItem {
  const options = TRUE_FALSE[language].map((word, i) => ({
    id: i === 0 ? 'a' : 'b',
    text: [[{ t: 'text' as const, v: word }]],
  }));
  return {
    content: { kind: 'choice', stem, options, shuffle: false },
    key: { correct: [isTrue ? 'a' : 'b'] },
  };
}

/** One `=`: single choice. None, but weights above zero: multiple response. Several `=`: nobody can pick them all. */
function readChoices(question: MultipleChoice, context: GiftContext): ReadItem | null {
  const ids = partIds(question.choices.length);
  const options = question.choices.map(({ text }, i) => ({ id: ids[i] ?? '', text: rich(text, context) }));
  const fields = { stem: rich(question.stem, context), options, shuffle: true };
  const weights = question.choices.map(({ isCorrect, weight }) => weight ?? (isCorrect ? 100 : 0));
  const full = question.choices.flatMap(({ isCorrect }, i) => (isCorrect && isFull(weights[i]) ? [i] : []));
  if (full.length === 1) {
    if (weights.some((weight, i) => weight !== 0 && i !== full[0])) warn(context, 'gift-partial');
    return { content: { kind: 'choice', ...fields }, key: { correct: full.map((i) => ids[i] ?? '') } };
  }
  if (full.length > 1) {
    refuse(context, 'gift-several-right', { count: full.length });
    return null;
  }
  const correct = ids.filter((_, i) => (weights[i] ?? 0) > 0);
  if (correct.length === 0) {
    refuse(context, 'gift-no-right');
    return null;
  }
  const scheme = readScheme(weights, correct.length, context);
  return { content: { kind: 'multiple', ...fields }, key: { correct, scheme } };
}

function isFull(weight: number | undefined): boolean {
  return weight !== undefined && Math.abs(weight - 100) < WEIGHT_ROUNDING;
}

const SCHEME_WORDS = {
  allOrNothing: { scheme: 'đúng hết mới được điểm', schemeEn: 'all or nothing' },
  rightMinusWrong: { scheme: 'đúng trừ sai', schemeEn: 'right minus wrong' },
} as const;

/**
 * Equal shares with penalties as high are right minus wrong, with penalties that add up to all they are weights;
 * anything else is brought to the nearest scheme (a single penalty of -100 is how all or nothing is written).
 */
function readScheme(
  weights: readonly number[],
  correct: number,
  context: GiftContext,
): 'allOrNothing' | 'rightMinusWrong' | 'weights' {
  const share = 100 / correct;
  const near = (a: number, b: number): boolean => Math.abs(a - b) < WEIGHT_ROUNDING;
  const cost = (penalty: number) => weights.every((weight) => near(weight, weight > 0 ? share : -penalty));
  if (cost(share)) return 'rightMinusWrong';
  const wrong = weights.length - correct;
  if (wrong > 1 && cost(100 / wrong)) return 'weights';
  const penalties = weights.filter((weight) => weight < 0);
  const scheme =
    penalties.length > 0 && !penalties.every((weight) => near(weight, -100))
      ? 'rightMinusWrong'
      : 'allOrNothing';
  warn(context, 'gift-weights', SCHEME_WORDS[scheme]);
  return scheme;
}

function readShort(question: ShortAnswer, context: GiftContext): ReadItem | null {
  const accepted: string[] = [];
  for (const { weight, text } of question.choices) {
    if (weight !== null && !isFull(weight)) {
      if (weight > 0) warn(context, 'gift-partial');
      continue;
    }
    const answer = plainText(rich(text, context)).replace(/\s+/g, ' ');
    if (/(^|[^\\])\*/.test(answer)) warn(context, 'gift-wildcard');
    else accepted.push(answer.replaceAll('\\*', '*'));
  }
  if (accepted.length === 0) {
    refuse(context, 'gift-no-right');
    return null;
  }
  return { content: { kind: 'shortText', stem: rich(question.stem, context) }, key: { accepted } };
}

/** The parser leaves escapes in right sides as `&&061;` and the like, and a line break as `&&010`. */
function decodeRight(text: string): string {
  return text.replace(/&&(?:(035|058|061|092|123|125|126);|010)/g, (_whole, code?: string) =>
    code === undefined ? '\n' : String.fromCodePoint(Number(code)),
  );
}

function readMatching(question: Matching, context: GiftContext): ReadItem {
  const prompts: { id: string; text: RichText }[] = [];
  const choices: { id: string; text: RichText }[] = [];
  const pairs: Record<string, string> = {};
  const ids = partIds(question.matchPairs.length);
  question.matchPairs.forEach(({ subquestion, subanswer }, i) => {
    const right = { format: subquestion.format, text: decodeRight(subanswer) };
    const choice = String(i + 1);
    choices.push({ id: choice, text: rich(right, context) });
    if (subquestion.text === '') return;
    const id = ids[i] ?? '';
    prompts.push({ id, text: rich(subquestion, context) });
    pairs[id] = choice;
  });
  const content = { kind: 'matching' as const, stem: rich(question.stem, context), prompts, choices };
  return { content, key: { pairs } };
}
