import {
  areaText,
  gapText,
  gapWorthText,
  imagesOf,
  inRightOrder,
  levelsText,
  mediaOf,
  toMarkup,
  withoutMedia,
  type Criterion,
  type ItemContent,
  type ItemDetail,
  type ItemKey,
  type NumericKey,
} from '#bank/item';
import type { Level, RichText } from '#bank/protocol';
import { assemblyDraft } from './assembly-draft.ts';
import { newDraft, type DraftPart, type ItemDraft, type MarkupText } from './item-draft.ts';

function typed(rich: RichText): MarkupText {
  return { text: toMarkup(rich), images: imagesOf(rich) };
}

function typedParts(
  parts: readonly { id: string; text: RichText; fixed?: true; level?: Level }[],
): DraftPart[] {
  return parts.map(({ id, text, fixed, level }) => ({
    id,
    ...typed(text),
    fixed: fixed === true,
    ...(level && { level }),
  }));
}

/** The editor's form of a version that is stored. */
export function toItemDraft({
  item,
  content,
  key,
  assembly,
}: Pick<ItemDetail, 'item' | 'content' | 'key' | 'assembly'>): ItemDraft {
  const { topic, level } = item;
  const draft: ItemDraft = {
    ...newDraft(content.kind, { topic, level }),
    code: item.code,
    stimulus: item.stimulus ?? '',
    stem: typed(withoutMedia(content.stem)),
    media: mediaOf(content.stem),
    assembly: assemblyDraft(assembly),
  };
  return { ...draft, ...contentFields(content, key), ...keyFields(key) };
}

function contentFields(content: ItemContent, key: ItemKey): Partial<ItemDraft> {
  switch (content.kind) {
    case 'choice':
    case 'multiple':
      return {
        parts: typedParts(content.options),
        shuffle: content.shuffle,
        sorted: content.sorted === true,
      };
    case 'tfCluster':
      return { parts: typedParts(content.statements) };
    case 'matching':
      return { parts: typedParts(content.prompts), choices: typedParts(content.choices) };
    case 'ordering':
      return { parts: typedParts('order' in key ? inRightOrder(content.parts, key.order) : content.parts) };
    case 'hotspot':
      return { points: content.points };
    case 'gapMatch':
      return { choices: typedParts(content.choices), reuse: content.reuse === true };
    case 'cloze': {
      const answers = 'answers' in key ? key.answers : {};
      const lines = content.gaps.map((gap) => [gap.id, gapText(gap, answers[gap.id] ?? [])] as const);
      return { gaps: Object.fromEntries(lines) };
    }
    case 'numeric':
      return { unit: content.unit ?? '', entry: content.entry ?? 'any' };
    case 'essay': {
      const { minWords = '', maxWords = '', lines = '', shown } = content;
      return {
        minWords: String(minWords),
        maxWords: String(maxWords),
        lines: String(lines),
        isShown: shown !== undefined,
      };
    }
    default:
      return {};
  }
}

function keyFields(key: ItemKey): Partial<ItemDraft> {
  if ('scheme' in key) return { correct: key.correct, scheme: key.scheme, weights: key.weights ?? {} };
  if ('correct' in key) return { correct: key.correct };
  if ('truth' in key) return { truth: key.truth };
  if ('order' in key) return { orderScheme: key.orderScheme };
  if ('pairs' in key) return { pairs: key.pairs };
  if ('areas' in key) return { areas: key.areas.map(areaText).join('\n') };
  if ('fills' in key) return { fills: key.fills, gapWorth: gapWorthText(key) };
  if ('answers' in key) {
    return {
      distinct: key.distinct === true,
      caseSensitive: key.caseSensitive === true,
      folds: key.folds ?? [],
      gapWorth: gapWorthText(key),
    };
  }
  if ('accepted' in key) {
    return {
      accepted: key.accepted.join('\n'),
      patterns: (key.patterns ?? []).join('\n'),
      expressions: (key.expressions ?? []).join('\n'),
      caseSensitive: key.caseSensitive === true,
      folds: key.folds ?? [],
    };
  }
  if ('criteria' in key) {
    const toDraft = ({ id, title, note = '', levels }: Criterion) => {
      return { id, title, note, levels: levelsText(levels, 'vi') };
    };
    return { criteria: key.criteria.map(toDraft) };
  }
  if (!('value' in key)) return {};
  return {
    value: key.value,
    upTo: key.upTo ?? '',
    tolerance: key.tolerance ?? '',
    ...roundFields(key.round),
    alternatives: (key.alternatives ?? []).join('\n'),
  };
}

function roundFields(round: NumericKey['round']): Pick<ItemDraft, 'round' | 'places'> {
  if (!round) return { round: 'none', places: 2 };
  return 'digits' in round
    ? { round: 'digits', places: round.digits }
    : { round: 'decimals', places: round.decimals };
}
