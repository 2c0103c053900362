import {
  addFractions,
  between0And1,
  fraction,
  multiplyFractions,
  parseFraction,
  type Fraction,
  type Hundredths,
  type MarkingPolicy,
} from '#bank/marks';
import type { ItemKindName } from '#bank/protocol';
import { gapIds } from '../bracketed.ts';
import type { ChoiceContent, ChoiceKey } from '../choice/schema.ts';
import type { ClozeContent, ClozeKey } from '../cloze/schema.ts';
import type { GapMatchContent, GapMatchKey } from '../gap-match/schema.ts';
import { phrasesOf } from '../hot-text/phrases.ts';
import type { HotTextContent, HotTextKey } from '../hot-text/schema.ts';
import type { ItemContent, ItemKey } from '../index.ts';
import type { MatchingContent, MatchingKey } from '../matching/schema.ts';
import type { MultipleContent, MultipleKey } from '../multiple/schema.ts';
import { sharesOf, sumOfShares } from '../multiple/shares.ts';
import type { OrderingContent, OrderingKey } from '../ordering/schema.ts';
import { foldAnswer, normaliseAnswer } from '../short-text/normalise.ts';
import type { TfClusterContent } from '../tf-cluster/schema.ts';
import {
  coins,
  factorial,
  ordersByInversions,
  ordersBySuccessions,
  sumsOf,
  type Chances,
  type Event,
} from './chances.ts';
import { splitPoints } from './each.ts';
import { pointsOfShare } from './scorer.ts';

const NOTHING = fraction(0n);
const HALF = fraction(1n, 2n);

type Guess<Content = unknown, Key = unknown> = (
  content: Content,
  key: Key,
  max: Hundredths,
  policy: MarkingPolicy,
) => Fraction;

/** Nobody guesses what is typed, written or pointed at. */
const unguessable: Guess = () => NOTHING;

/** What guessing brings, by kind. */
const GUESSES = {
  choice: ((content, { correct }, max) => {
    const right = content.options.filter(({ id }) => correct.includes(id)).length;
    return fraction(BigInt(max * right), BigInt(content.options.length));
  }) satisfies Guess<ChoiceContent, ChoiceKey>,
  multiple: ((content, key, max, policy) => {
    const ids = content.options.map(({ id }) => id);
    return expected(chosen(ids, key), max, policy);
  }) satisfies Guess<MultipleContent, MultipleKey>,
  hotText: ((content, key, max, policy) => {
    const ids = phrasesOf(content.stem).map(({ id }) => id);
    return expected(chosen(ids, key), max, policy);
  }) satisfies Guess<HotTextContent, HotTextKey>,
  tfCluster: ((content, _key, max, policy) => {
    const judged = coins(content.statements.length).map(({ heads, chance }) => ({
      share: fraction(BigInt(policy.clusterLadder[heads] ?? 0), 100n),
      chance,
    }));
    return expected(judged, max, policy);
  }) satisfies Guess<TfClusterContent>,
  ordering: ((content, { orderScheme }, max, policy) =>
    expected(ordered(content.parts.length, orderScheme), max, policy)) satisfies Guess<
    OrderingContent,
    OrderingKey
  >,
  matching: ((content, { pairs }, max, policy) => {
    const gaps = content.prompts.map(({ id }) => ({
      id,
      choices: content.choices.length,
      right: [pairs[id] ?? ''],
    }));
    return filled({ gaps, once: false }, max, policy);
  }) satisfies Guess<MatchingContent, MatchingKey>,
  gapMatch: ((content, { fills, ...worth }, max, policy) => {
    const gaps = gapIds(content.stem).map((id) => ({
      id,
      choices: content.choices.length,
      right: fills[id] ?? [],
    }));
    return filled({ gaps, once: content.reuse !== true, ...worth }, max, policy);
  }) satisfies Guess<GapMatchContent, GapMatchKey>,
  cloze: ((content, key, max, policy) => {
    const { answers, distinct, caseSensitive = false, folds = [], weights, wrong } = key;
    const read = (text: string) => foldAnswer(normaliseAnswer(text, caseSensitive), folds);
    const gaps = content.gaps.map(({ id, options = [] }) => {
      const right = options.filter((option) => answers[id]?.includes(option.id));
      return { id, choices: options.length, right: right.map(({ text }) => read(text)) };
    });
    const worth = { ...(weights && { weights }), ...(wrong !== undefined && { wrong }) };
    return filled({ gaps, once: distinct === true, ...worth }, max, policy);
  }) satisfies Guess<ClozeContent, ClozeKey>,
  numeric: unguessable,
  shortText: unguessable,
  hotspot: unguessable,
  essay: unguessable,
  description: unguessable,
} as const satisfies Record<ItemKindName, unknown>;

/** An item to be guessed: content and key are of the same kind, `max` is what it is worth. */
interface Guessable {
  content: ItemContent;
  key: ItemKey;
  max: Hundredths;
}

/**
 * Hundredths of a point that blind guessing is expected to bring, exactly. Who guesses takes one option at random; marks
 * each option, each phrase and either side of each statement by a coin; fills each gap and each prompt with any choice,
 * whatever stands in the others; puts parts in any order. What is typed, written or pointed at brings nothing.
 */
export function guessedPoints({ content, key, max }: Guessable, policy: MarkingPolicy): Fraction {
  return (GUESSES[content.kind] as Guess)(content, key, max, policy);
}

/** Each outcome is rounded as a mark would be, where the policy has an item stage. */
function expected(chances: Chances, max: Hundredths, policy: MarkingPolicy): Fraction {
  return chances
    .map(({ share, chance }) => {
      const points = policy.rounding.item
        ? fraction(BigInt(pointsOfShare(max, share, policy).points))
        : multiplyFractions(fraction(BigInt(max)), share);
      return multiplyFractions(chance, points);
    })
    .reduce(addFractions, NOTHING);
}

function clamped(chances: Chances): Chances {
  return chances.map(({ share, chance }) => ({ share: between0And1(share), chance }));
}

/** Each option is chosen by a coin. Without weights only the numbers of right and wrong ones count. */
function chosen(options: readonly string[], key: MultipleKey): Chances {
  if (key.scheme === 'weights' && key.weights) {
    const { weights } = key;
    const steps = options.map((id): Event[] => [
      { brings: NOTHING, chance: HALF },
      { brings: parseFraction(weights[id] ?? '0') ?? NOTHING, chance: HALF },
    ]);
    return clamped(sumsOf(steps));
  }
  const right = options.filter((id) => key.correct.includes(id));
  const wrong = options.filter((id) => !key.correct.includes(id));
  return coins(right.length).flatMap((hits) =>
    coins(wrong.length).map((misses) => {
      const marked = new Set([...right.slice(0, hits.heads), ...wrong.slice(0, misses.heads)]);
      const share = marked.size === 0 ? NOTHING : sumOfShares(key, marked, sharesOf(key, options, marked));
      return { share, chance: multiplyFractions(hits.chance, misses.chance) };
    }),
  );
}

/** Every order of n parts is as likely as any other. */
function ordered(n: number, scheme: OrderingKey['orderScheme']): Chances {
  const orders = factorial(n);
  const by = (ways: readonly bigint[], share: (at: number) => Fraction): Chances =>
    ways.map((count, at) => ({ share: share(at), chance: fraction(count, orders) }));
  if (scheme === 'exact') return by([orders - 1n, 1n], (at) => fraction(BigInt(at)));
  if (scheme === 'adjacent')
    return by(ordersBySuccessions(n), (at) => fraction(BigInt(at), BigInt(Math.max(1, n - 1))));
  const pairs = BigInt(Math.max(1, (n * (n - 1)) / 2));
  return clamped(by(ordersByInversions(n), (at) => fraction(pairs - 2n * BigInt(at), pairs)));
}

interface Filled {
  /** How many choices each gap has, and which are right there; none to pick from: it is left blank. */
  gaps: readonly { id: string; choices: number; right: readonly string[] }[];
  /** What has been right in one gap is wrong in those behind it. */
  once: boolean;
  weights?: Readonly<Record<string, string>>;
  wrong?: string;
}

/** Parts that are filled one by one, as `scoreEach` counts them. */
function filled({ gaps, once, weights, wrong }: Filled, max: Hundredths, policy: MarkingPolicy): Fraction {
  const isSplit = policy.rounding.item !== null && !weights && wrong === undefined;
  const worth = splitPoints(max, gaps.length);
  const cost = parseFraction(wrong ?? '0') ?? NOTHING;
  const steps = gaps.map(({ id, choices, right }, index): Event[] => {
    if (choices === 0) return [{ brings: NOTHING, chance: fraction(1n) }];
    const brings = isSplit
      ? fraction(BigInt(worth[index] ?? 0))
      : weights
        ? (parseFraction(weights[id] ?? '0') ?? NOTHING)
        : fraction(1n, BigInt(gaps.length));
    const chance = fraction(1n, BigInt(choices));
    return [
      ...right.map((answer) => ({ brings, chance, ...(once && { once: answer, else: cost }) })),
      { brings: cost, chance: fraction(BigInt(choices - right.length), BigInt(choices)) },
    ];
  });
  const sums = sumsOf(steps);
  if (!isSplit) return expected(clamped(sums), max, policy);
  return sums.map(({ share, chance }) => multiplyFractions(share, chance)).reduce(addFractions, NOTHING);
}
