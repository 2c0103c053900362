import {
  gapIds,
  itemKind,
  parseArea,
  parseGap,
  parseGapWorth,
  parseLevels,
  parseMarkup,
  phrasesOf,
  toOrdering,
  worthOf,
  type Area,
  type ClozeKey,
  type Criterion,
  type GapWorth,
  type ItemContent,
  type ItemKey,
  type MultipleKey,
  type NumericKey,
  type ShortTextKey,
} from '#bank/item';
import { lintItem } from '#bank/item/lint';
import type { Level, RichText } from '#bank/protocol';
import { assemblyOf } from './assembly-draft.ts';
import { LETTERS, type DraftPart, type ItemDraft, type MarkupText } from './item-draft.ts';

/** Characters of a weight. */
const WEIGHT_MAX = 30;

function rich({ text, images }: MarkupText): RichText {
  return parseMarkup(text, images);
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function partsOf(parts: readonly DraftPart[]): { id: string; text: RichText; level?: Level }[] {
  return parts.map((part) => ({ id: part.id, text: rich(part), ...(part.level && { level: part.level }) }));
}

function stemOf({ media, stem }: ItemDraft): RichText {
  const runs = media.map(({ transcript = '', ...run }) => ({
    ...run,
    ...(transcript.trim() !== '' && { transcript }),
  }));
  return [...runs.map((run) => [run]), ...rich(stem)];
}

/** What candidates will see of the draft. */
export function contentOf(draft: ItemDraft): ItemContent {
  const stem = stemOf(draft);
  const { kind, parts, choices, shuffle, unit, entry } = draft;
  switch (kind) {
    case 'choice':
    case 'multiple':
      return {
        kind,
        stem,
        shuffle,
        ...(draft.sorted && { sorted: true }),
        options: parts.map((part) => ({ id: part.id, text: rich(part), ...(part.fixed && { fixed: true }) })),
      };
    case 'tfCluster':
      return { kind, stem, statements: partsOf(parts) };
    case 'matching':
      return { kind, stem, prompts: partsOf(parts), choices: partsOf(choices) };
    case 'ordering':
      return { kind, stem, parts: toOrdering(parts.map(rich)).parts };
    case 'hotspot':
      return { kind, stem, points: draft.points };
    case 'gapMatch':
      return { kind, stem, choices: partsOf(choices), ...(draft.reuse && { reuse: true }) };
    case 'cloze':
      return { kind, stem, gaps: gapsOf(draft).map(({ gap }) => gap) };
    case 'numeric':
      return {
        kind,
        stem,
        ...(unit.trim() !== '' && { unit: unit.trim() }),
        ...(entry !== 'any' && { entry }),
      };
    case 'essay': {
      const shown = criteriaOf(draft).map(({ title, levels }) => ({ title, points: worthOf({ levels }) }));
      return {
        kind,
        stem,
        ...numberOf('minWords', draft.minWords),
        ...numberOf('maxWords', draft.maxWords),
        ...numberOf('lines', draft.lines),
        ...(draft.isShown && { shown }),
      };
    }
    default:
      return { kind, stem };
  }
}

/** The field with its number; nothing where it is empty. */
function numberOf<K extends string>(name: K, text: string): Partial<Record<K, number>> {
  const number = Number(text.trim());
  return (text.trim() === '' ? {} : { [name]: number }) as Partial<Record<K, number>>;
}

function criteriaOf({ criteria }: ItemDraft): Criterion[] {
  return criteria.map(({ id, title, note, levels }) => ({
    id,
    title: title.trim(),
    ...(note.trim() !== '' && { note: note.trim() }),
    levels: parseLevels(levels) ?? [],
  }));
}

/** The key of the draft; it names only parts that are still there. */
export function keyOf(draft: ItemDraft): ItemKey {
  const has = (id: string) => [...draft.parts, ...draft.choices].some((part) => part.id === id);
  const correct = draft.correct.filter(has);
  switch (draft.kind) {
    case 'choice':
      return { correct };
    case 'multiple':
      return multipleKey(draft, correct, has);
    case 'tfCluster':
      return { truth: kept(draft.truth, has) };
    case 'matching':
      return { pairs: kept(draft.pairs, (prompt) => has(prompt) && has(draft.pairs[prompt] ?? '')) };
    case 'ordering':
      return { order: toOrdering(draft.parts.map(rich)).order, orderScheme: draft.orderScheme };
    case 'hotspot':
      return { areas: lines(draft.areas).map(areaOf) };
    case 'hotText': {
      const phrases = phrasesOf(rich(draft.stem)).map(({ id }) => id);
      const isThere = (id: string) => phrases.includes(id);
      return multipleKey(draft, draft.correct.filter(isThere), isThere);
    }
    case 'gapMatch':
      return { fills: fillsOf(draft, has), ...worthOfGaps(draft.gapWorth) };
    case 'cloze':
      return clozeKey(draft);
    case 'numeric':
      return numericKey(draft);
    case 'shortText':
      return shortTextKey(draft);
    case 'essay':
      return { criteria: criteriaOf(draft) };
    case 'description':
      return {};
  }
}

function multipleKey(
  { scheme, weights }: ItemDraft,
  correct: string[],
  has: (id: string) => boolean,
): MultipleKey {
  const typed = kept(weights, (id) => has(id) && weights[id]?.trim() !== '');
  return scheme === 'weights' && Object.keys(typed).length > 0
    ? { correct, scheme, weights: typed }
    : { correct, scheme };
}

function numericKey({ value, upTo, tolerance, alternatives, round, places }: ItemDraft): NumericKey {
  const others = lines(alternatives);
  return {
    value: value.trim(),
    ...(upTo.trim() !== '' && { upTo: upTo.trim() }),
    ...(tolerance.trim() !== '' && { tolerance: tolerance.trim() }),
    ...(others.length > 0 && { alternatives: others }),
    ...(round === 'decimals' && { round: { decimals: places } }),
    ...(round === 'digits' && { round: { digits: places } }),
  };
}

/** The gaps that stand in the text, in its order. */
function gapsOf({ stem, gaps }: ItemDraft) {
  return gapIds(rich(stem)).map((id) => parseGap(id, gaps[id] ?? ''));
}

function clozeKey(draft: ItemDraft): ClozeKey {
  const { distinct, caseSensitive, folds, gapWorth } = draft;
  return {
    answers: Object.fromEntries(gapsOf(draft).map(({ gap, answers }) => [gap.id, answers])),
    ...(distinct && { distinct: true }),
    ...(caseSensitive && { caseSensitive: true }),
    ...(folds.length > 0 && { folds: [...folds] }),
    ...worthOfGaps(gapWorth),
  };
}

/** The gaps that stand in the text, with those of their choices that are still there. */
function fillsOf({ stem, fills }: ItemDraft, has: (id: string) => boolean): Record<string, string[]> {
  return Object.fromEntries(gapIds(rich(stem)).map((gap) => [gap, (fills[gap] ?? []).filter(has)]));
}

/** What is no area is sent as an empty one, so that the check can tell it by its letter. */
function areaOf(text: string, index: number): Area {
  const id = LETTERS.charAt(index);
  return parseArea(id, text) ?? { id, shape: 'poly', coords: [] };
}

/** What cannot be read is sent as it is, so that the check can tell it. */
function worthOfGaps(text: string): GapWorth {
  return parseGapWorth(text) ?? { wrong: text.slice(0, WEIGHT_MAX) };
}

function shortTextKey(draft: ItemDraft): ShortTextKey {
  const { accepted, patterns, expressions, caseSensitive, folds } = draft;
  return {
    accepted: lines(accepted),
    ...(lines(patterns).length > 0 && { patterns: lines(patterns) }),
    ...(lines(expressions).length > 0 && { expressions: lines(expressions) }),
    ...(caseSensitive && { caseSensitive: true }),
    ...(folds.length > 0 && { folds: [...folds] }),
  };
}

function kept<T>(record: Readonly<Record<string, T>>, keep: (name: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => keep(name)));
}

/** What is still wrong with a draft: code and values of a sentence. */
export function draftProblems(draft: ItemDraft) {
  if (draft.kind !== 'ordering') return itemKind(draft.kind).check(contentOf(draft), keyOf(draft));
  // what is wrong is told by the letters of the editor, which those of the content are not
  const { kind, orderScheme } = draft;
  const parts = partsOf(draft.parts).map((part, i) => ({ ...part, id: LETTERS.charAt(i) }));
  const order = parts.map(({ id }) => id);
  return itemKind(kind).check({ kind, stem: stemOf(draft), parts }, { order, orderScheme });
}

/** What an author should look at in a draft without problems. */
export function draftWarnings(draft: ItemDraft) {
  return lintItem(contentOf(draft), keyOf(draft));
}

/** What is sent; `base` is the newest version that the editor knew. */
export function toItemInput(draft: ItemDraft, base: number | undefined) {
  return {
    code: draft.code.trim(),
    topic: draft.topic,
    level: draft.level,
    ...(draft.stimulus !== '' && { stimulus: draft.stimulus }),
    ...(base !== undefined && { base }),
    content: contentOf(draft),
    key: keyOf(draft),
    assembly: assemblyOf(draft.assembly, draft.kind),
  };
}
