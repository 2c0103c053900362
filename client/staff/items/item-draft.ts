import {
  CLUSTER_STATEMENTS,
  imagesOf,
  itemKind,
  levelsText,
  parseLevels,
  parseMarkup,
  toMarkup,
  worthOf,
  type Criterion,
  type ItemContent,
  type ItemDetail,
  type ItemKey,
  type MultipleKey,
  type MultipleScheme,
  type NumericKey,
  type NumericEntry,
  type ShortTextFold,
  type ShortTextKey,
} from '#bank/item';
import { lintItem } from '#bank/item/lint';
import type { ImageRun, ItemKindName, Level, RichText } from '#bank/protocol';
import { assemblyDraft, assemblyOf, type AssemblyDraft } from './assembly-draft.ts';

/** A text as it is typed: markup, and the pictures that it names `![1]`, `![2]`, … */
export interface MarkupText {
  text: string;
  images: readonly ImageRun[];
}

export interface DraftPart extends MarkupText {
  id: string;
  fixed: boolean;
  /** Of a statement that has a level of its own. */
  level?: Level;
}

/** The fields of the editor for every kind; a kind uses those that it has. */
export interface ItemDraft {
  kind: ItemKindName;
  code: string;
  topic: string;
  level: Level;
  /** Item id of the description it belongs to; empty for none. */
  stimulus: string;
  stem: MarkupText;
  /** Options, statements, or the prompts of a matching question. */
  parts: readonly DraftPart[];
  choices: readonly DraftPart[];
  shuffle: boolean;
  correct: readonly string[];
  scheme: MultipleScheme;
  /** Option id → share of the points as it is typed; empty for even shares. */
  weights: Readonly<Record<string, string>>;
  truth: Readonly<Record<string, boolean>>;
  pairs: Readonly<Record<string, string>>;
  value: string;
  /** End of a range that begins with `value`; empty for none. */
  upTo: string;
  tolerance: string;
  round: 'none' | 'decimals' | 'digits';
  places: number;
  entry: NumericEntry | 'any';
  /** One on each line. */
  alternatives: string;
  unit: string;
  /** One on each line. */
  accepted: string;
  /** One on each line. */
  patterns: string;
  caseSensitive: boolean;
  folds: readonly ShortTextFold[];
  criteria: readonly DraftCriterion[];
  minWords: string;
  maxWords: string;
  lines: string;
  isShown: boolean;
  assembly: AssemblyDraft;
}

/** `levels`: one on each line, `1,00: complete`. */
export interface DraftCriterion {
  id: string;
  title: string;
  levels: string;
  note: string;
}

const EMPTY: MarkupText = { text: '', images: [] };
const USUAL_PARTS: Partial<Record<ItemKindName, number>> = {
  choice: 4,
  multiple: 4,
  tfCluster: CLUSTER_STATEMENTS,
  matching: 3,
};
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The first letter or number that no part has yet; prompts and choices share their names. */
export function freshId(used: readonly { id: string }[]): string {
  const taken = new Set(used.map(({ id }) => id));
  const letter = [...LETTERS].find((one) => !taken.has(one));
  return letter ?? `p${used.length + 1}`;
}

function blankParts(count: number, taken: readonly DraftPart[] = []): DraftPart[] {
  const parts: DraftPart[] = [];
  for (let n = 0; n < count; n++) parts.push({ id: freshId([...taken, ...parts]), ...EMPTY, fixed: false });
  return parts;
}

export function newDraft(
  kind: ItemKindName,
  { topic, level }: Pick<ItemDraft, 'topic' | 'level'>,
): ItemDraft {
  const parts = blankParts(USUAL_PARTS[kind] ?? 0);
  return {
    kind,
    topic,
    level,
    code: '',
    stimulus: '',
    stem: EMPTY,
    parts,
    choices: kind === 'matching' ? blankParts(4, parts) : [],
    shuffle: true,
    correct: [],
    scheme: 'allOrNothing',
    weights: {},
    truth: {},
    pairs: {},
    value: '',
    upTo: '',
    tolerance: '',
    round: 'none',
    places: 2,
    entry: 'any',
    alternatives: '',
    unit: '',
    accepted: '',
    patterns: '',
    caseSensitive: false,
    folds: [],
    criteria: kind === 'essay' ? [newCriterion([])] : [],
    minWords: '',
    maxWords: '',
    lines: '',
    isShown: false,
    assembly: assemblyDraft(),
  };
}

export function newCriterion(used: readonly DraftCriterion[]): DraftCriterion {
  return { id: freshId(used), title: '', levels: '', note: '' };
}

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
    stem: typed(content.stem),
    assembly: assemblyDraft(assembly),
  };
  return { ...draft, ...contentFields(content), ...keyFields(key) };
}

function contentFields(content: ItemContent): Partial<ItemDraft> {
  switch (content.kind) {
    case 'choice':
    case 'multiple':
      return { parts: typedParts(content.options), shuffle: content.shuffle };
    case 'tfCluster':
      return { parts: typedParts(content.statements) };
    case 'matching':
      return { parts: typedParts(content.prompts), choices: typedParts(content.choices) };
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
  if ('pairs' in key) return { pairs: key.pairs };
  if ('accepted' in key) {
    return {
      accepted: key.accepted.join('\n'),
      patterns: (key.patterns ?? []).join('\n'),
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

/** What candidates will see of the draft. */
export function contentOf(draft: ItemDraft): ItemContent {
  const stem = rich(draft.stem);
  const { kind, parts, choices, shuffle, unit, entry } = draft;
  switch (kind) {
    case 'choice':
    case 'multiple':
      return {
        kind,
        stem,
        shuffle,
        options: parts.map((part) => ({ id: part.id, text: rich(part), ...(part.fixed && { fixed: true }) })),
      };
    case 'tfCluster':
      return { kind, stem, statements: partsOf(parts) };
    case 'matching':
      return { kind, stem, prompts: partsOf(parts), choices: partsOf(choices) };
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

function shortTextKey({ accepted, patterns, caseSensitive, folds }: ItemDraft): ShortTextKey {
  return {
    accepted: lines(accepted),
    ...(lines(patterns).length > 0 && { patterns: lines(patterns) }),
    ...(caseSensitive && { caseSensitive: true }),
    ...(folds.length > 0 && { folds: [...folds] }),
  };
}

function kept<T>(record: Readonly<Record<string, T>>, keep: (name: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => keep(name)));
}

/** What is still wrong with a draft: code and values of a sentence. */
export function draftProblems(draft: ItemDraft) {
  return itemKind(draft.kind).check(contentOf(draft), keyOf(draft));
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
    ...assemblyOf(draft.assembly, draft.kind),
  };
}
