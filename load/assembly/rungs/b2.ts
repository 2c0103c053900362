import type { NumericKey } from '#bank/item';
import { scoreItem } from '#bank/item/scoring';
import { MARKING_POLICIES, roundMark, ROUNDING_MODES, type MarkingPolicy } from '#bank/marks';
import { STEM } from '../cases/case.ts';
import { clusterOf } from '../cases/chosen.ts';
import { decimalOf } from '../cases/typed.ts';
import { nearest, ratio } from '../oracle/rational.ts';
import { isPoints, RULES } from '../oracle/rules.ts';
import type { Rung } from './rung.ts';

const KEYS = 4_000;
const STEPS = [1, 5, 10, 25, 50, 100];

/** Both ends of each interval are right, and the next digit beyond each is wrong. */
function wrongBoundaries(policy: MarkingPolicy): number {
  let wrong = 0;
  const judge = (key: NumericKey, units: number, places: number, isRight: boolean) => {
    const response = { x: decimalOf(units, places).text };
    const { points } = scoreItem(
      { content: { kind: 'numeric', stem: STEM }, key, max: 100 },
      response,
      policy,
    );
    if ((points === 100) !== isRight) wrong++;
  };
  for (let i = 0; i < KEYS; i++) {
    const units = i - KEYS / 2;
    const reach = 1 + (i % 97);
    const isRelative = i % 2 === 1;
    const value = decimalOf(units, 2).text;
    // reach hundredths; or reach tenths of a percent of the key: units × reach are 10^-5
    const tolerance = isRelative ? `${decimalOf(reach, 1).text}%` : decimalOf(reach, 2).text;
    const [scale, places] = isRelative ? [1_000, 5] : [1, 2];
    const half = isRelative ? Math.abs(units) * reach : reach;
    for (const side of [-1, 1]) {
      const end = units * scale + side * half;
      judge({ value, tolerance }, end, places, true);
      judge({ value, tolerance }, end * 1_000 + side, places + 3, false);
    }
  }
  return wrong;
}

function wrongRoundings(): number {
  let wrong = 0;
  for (const mode of ROUNDING_MODES) {
    for (const step of STEPS) {
      for (let mark = 0; mark <= 1_000; mark++) {
        if (BigInt(roundMark(mark, { step, mode })) !== nearest(ratio(mark), BigInt(step), mode)) wrong++;
      }
    }
  }
  return wrong;
}

function wrongClusters(): number {
  let wrong = 0;
  for (const policy of MARKING_POLICIES) {
    const rules = RULES[policy.name];
    if (!rules) throw new Error(`the oracle does not know ${policy.name}`);
    for (const max of [25, 33, 100]) {
      for (let both = 0; both < 256; both++) {
        const one = clusterOf(both >> 4, both & 15);
        const score = scoreItem({ ...one, max }, one.response, policy);
        if (!isPoints(score, one.expected(max, rules))) wrong++;
      }
    }
  }
  return wrong;
}

export const b2: Rung = {
  about: 'boundaries of tolerances, roundings, patterns of clusters',
  bar: '0 wrong of 16,000 boundaries, 1,001 marks per mode and step, 16 × 16 patterns per policy',
  async run() {
    const [policy] = MARKING_POLICIES;
    if (!policy) throw new Error('there is no policy');
    const figures = {
      boundaries: KEYS * 4,
      wrongBoundaries: wrongBoundaries(policy),
      roundings: 1_001 * ROUNDING_MODES.length * STEPS.length,
      wrongRoundings: wrongRoundings(),
      patterns: 256 * 3 * MARKING_POLICIES.length,
      wrongClusters: wrongClusters(),
    };
    const { wrongBoundaries: ends, wrongRoundings: roundings, wrongClusters: clusters } = figures;
    return { holds: ends + roundings + clusters === 0, figures };
  },
};
