import {
  CLUSTER_STATEMENTS,
  type MultipleScheme,
  type NumericEntry,
  type OrderingScheme,
  type ShortTextFold,
} from '#bank/item';
import type { ImageRun, ItemKindName, Level, MediaRun } from '#bank/protocol';
import { assemblyDraft, type AssemblyDraft } from './assembly-draft.ts';

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
  /** Audio and video before the text of the stem. */
  media: readonly MediaRun[];
  /** Options, statements, the prompts of a matching question, or what is to be ordered, in the right order. */
  parts: readonly DraftPart[];
  choices: readonly DraftPart[];
  shuffle: boolean;
  sorted: boolean;
  correct: readonly string[];
  scheme: MultipleScheme;
  /** Option id → share of the points as it is typed; empty for even shares. */
  weights: Readonly<Record<string, string>>;
  truth: Readonly<Record<string, boolean>>;
  pairs: Readonly<Record<string, string>>;
  orderScheme: OrderingScheme;
  /** Gap id → what may be filled in, as `parseGap` of bank/item reads it. */
  gaps: Readonly<Record<string, string>>;
  /** As `parseGapWorth` of bank/item reads it. */
  gapWorth: string;
  /** Gap id → ids of the choices that are right there. */
  fills: Readonly<Record<string, readonly string[]>>;
  reuse: boolean;
  points: number;
  /** One on each line, as `parseArea` of bank/item reads it. */
  areas: string;
  distinct: boolean;
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
  /** One on each line. */
  expressions: string;
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
  ordering: 4,
};
export const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

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
    media: [],
    parts,
    choices: kind === 'matching' || kind === 'gapMatch' ? blankParts(4, parts) : [],
    shuffle: true,
    sorted: false,
    correct: [],
    scheme: 'allOrNothing',
    weights: {},
    truth: {},
    pairs: {},
    orderScheme: 'exact',
    gaps: {},
    gapWorth: '',
    fills: {},
    reuse: false,
    points: 1,
    areas: '',
    distinct: false,
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
    expressions: '',
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
