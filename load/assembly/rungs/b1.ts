import { createHash } from 'node:crypto';
import { scoreItem } from '#bank/item/scoring';
import { MARKING_POLICIES, markOf, type MarkedPoints } from '#bank/marks';
import type { Case } from '../cases/case.ts';
import { choiceCase, clusterCase, matchingCase, multipleCase } from '../cases/chosen.ts';
import { Chance } from '../cases/random.ts';
import { numericCase, textCase } from '../cases/typed.ts';
import type { Rational } from '../oracle/rational.ts';
import { isPoints, markFor, RULES } from '../oracle/rules.ts';
import type { Rung } from './rung.ts';

const RESPONSES = 1_000_000;
const PER_PAPER = 40;
const WORTH = [10, 25, 33, 50, 75, 100];
const MAKERS = [choiceCase, multipleCase, clusterCase, numericCase, textCase, matchingCase];

interface Pass {
  differences: number;
  papers: number;
  /** The first that differed, for whoever has to find out why. */
  first: object | null;
  digest: string;
}

/** Marks all papers, each item and each mark held against the oracle. */
function pass(): Pass {
  const chance = new Chance(20_260_627);
  const hash = createHash('sha256');
  const result: Pass = { differences: 0, papers: 0, first: null, digest: '' };
  const differ = (found: object) => {
    result.differences++;
    result.first ??= found;
  };
  for (let n = 0; n < RESPONSES; n += PER_PAPER) {
    const policy = chance.pick(MARKING_POLICIES);
    const rules = RULES[policy.name];
    if (!rules) throw new Error(`the oracle does not know ${policy.name}`);
    const marked: MarkedPoints[] = [];
    const expected: Rational[] = [];
    let paper = 0;
    for (let i = 0; i < PER_PAPER; i++) {
      const one: Case = chance.pick(MAKERS)(chance);
      const max = chance.pick(WORTH);
      const score = scoreItem({ ...one, max }, one.response, policy);
      const worth = one.expected(max, rules);
      if (!isPoints(score, worth))
        differ({ ...one, policy: policy.name, max, score, worth: worth.map(String) });
      hash.update(JSON.stringify(score));
      marked.push(score);
      expected.push(worth);
      paper += max;
    }
    const mark = markOf(marked, paper, policy);
    if (BigInt(mark.rounded) !== markFor(expected, paper, rules)) differ({ policy: policy.name, mark });
    hash.update(JSON.stringify(mark));
    result.papers++;
  }
  result.digest = hash.digest('hex');
  return result;
}

export const b1: Rung = {
  about: 'grading against an independent oracle over rational numbers',
  bar: '0 differences in 1,000,000 responses, and the same bytes again',
  async run(say) {
    const first = pass();
    say(`${first.differences} differences; grading again`);
    const again = pass();
    const sameBytes = first.digest === again.digest;
    return {
      holds: first.differences === 0 && sameBytes,
      figures: { responses: RESPONSES, ...first, sameBytes },
    };
  },
};
