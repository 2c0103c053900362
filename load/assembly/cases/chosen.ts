import type { ItemContent } from '#bank/item';
import { atMost, ONE, plus, ratio, ZERO, type Rational } from '../oracle/rational.ts';
import { pointsOf } from '../oracle/rules.ts';
import { allIf, byShare, parts, STEM, type Case } from './case.ts';
import type { Chance } from './random.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const WEIGHTS: readonly (readonly [string, Rational])[] = [
  ['1/3', ratio(1, 3)],
  ['-1/6', ratio(-1, 6)],
  ['50%', ratio(1, 2)],
  ['0,25', ratio(1, 4)],
  ['-1', ratio(-1)],
  ['2/7', ratio(2, 7)],
];

const CHOICE: ItemContent = { kind: 'choice', stem: STEM, options: parts(IDS.slice(0, 4)), shuffle: true };

export function choiceCase(chance: Chance): Case {
  const correct = IDS[chance.below(4)] ?? 'a';
  const given = IDS[chance.below(5)] ?? 'a';
  const response = given === 'e' ? null : { c: given };
  return { content: CHOICE, key: { correct: [correct] }, response, expected: allIf(given === correct) };
}

const MULTIPLE: ItemContent = { kind: 'multiple', stem: STEM, options: parts(IDS), shuffle: true };

export function multipleCase(chance: Chance): Case {
  const correct = [...new Set([chance.pick(IDS), ...chance.some(IDS)])];
  const m = chance.some(IDS);
  const scheme = chance.pick(['allOrNothing', 'rightMinusWrong', 'weights', 'surplus'] as const);
  const own = scheme === 'weights' && chance.below(2) === 0;
  const weights = new Map(own ? chance.some(IDS).map((id) => [id, chance.pick(WEIGHTS)] as const) : []);
  const right = m.filter((id) => correct.includes(id)).length;
  const wrong = m.length - right;
  const sums = {
    allOrNothing: right === correct.length && wrong === 0 ? ONE : ZERO,
    rightMinusWrong: ratio(right - wrong, correct.length),
    surplus: ratio(right - Math.max(0, m.length - correct.length), correct.length),
    weights: own
      ? m.map((id) => weights.get(id)?.[1] ?? ZERO).reduce(plus, ZERO)
      : plus(ratio(right, correct.length), ratio(-wrong, Math.max(1, IDS.length - correct.length))),
  };
  const texts = Object.fromEntries([...weights].map(([id, [text]]) => [id, text]));
  return {
    content: MULTIPLE,
    key: { correct, scheme, ...(own && { weights: texts }) },
    response: { m },
    expected: byShare(m.length === 0 ? ZERO : within0And1(sums[scheme])),
  };
}

function within0And1(sum: Rational): Rational {
  if (atMost(sum, ZERO)) return ZERO;
  return atMost(ONE, sum) ? ONE : sum;
}

const STATEMENTS = IDS.slice(0, 4);
const CLUSTER: ItemContent = { kind: 'tfCluster', stem: STEM, statements: parts(STATEMENTS) };

/** `truth` and `answer` hold a bit for each statement; `open` the statements left open. */
export function clusterOf(truth: number, answer: number, open = 0): Case {
  const bits = (value: number, skip = 0) =>
    STATEMENTS.flatMap((id, i) => (skip & (1 << i) ? [] : [[id, (value & (1 << i)) !== 0] as const]));
  const right = STATEMENTS.filter((_, i) => !(open & (1 << i)) && !((truth ^ answer) & (1 << i))).length;
  return {
    content: CLUSTER,
    key: { truth: Object.fromEntries(bits(truth)) },
    response: { t: Object.fromEntries(bits(answer, open)) },
    expected: (max, rules) => pointsOf(ratio(rules.ladder[right] ?? 0, 100), max, rules),
  };
}

export function clusterCase(chance: Chance): Case {
  return clusterOf(chance.below(16), chance.below(16), chance.below(4) === 0 ? chance.below(16) : 0);
}

const CHOICES = ['1', '2', '3', '4'];

export function matchingCase(chance: Chance): Case {
  const prompts = IDS.slice(0, 2 + chance.below(2));
  const p = Object.fromEntries(
    prompts.filter(() => chance.below(4) > 0).map((id) => [id, chance.pick(CHOICES)]),
  );
  const pairs = Object.fromEntries(prompts.map((id, i) => [id, CHOICES[i] ?? '1']));
  const isRight = prompts.map((id) => p[id] === pairs[id]);
  const count = isRight.filter(Boolean).length;
  return {
    content: { kind: 'matching', stem: STEM, prompts: parts(prompts), choices: parts(CHOICES) },
    key: { pairs },
    response: { p },
    expected: (max, rules) => {
      if (!rules.isByItem) return pointsOf(ratio(count, prompts.length), max, rules);
      const base = Math.trunc(max / prompts.length);
      const extra = isRight.filter((right, i) => right && i < max - base * prompts.length).length;
      return ratio(base * count + extra);
    },
  };
}
