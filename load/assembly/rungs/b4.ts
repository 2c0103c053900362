import { createHash } from 'node:crypto';
import type { ItemContent, ItemKey } from '#bank/item';
import { scoreItem, toCanonical } from '#bank/item/scoring';
import { markingPolicy, markOf, type MarkedPoints, type MarkingPolicy } from '#bank/marks';
import type { Response } from '#bank/protocol';
import { rounded } from '../../measure/numbers.ts';
import { parts, STEM } from '../cases/case.ts';
import { Chance } from '../cases/random.ts';
import type { Rung } from './rung.ts';

/** Who registered for the graduation exam in Maths in 2025. */
const SCRIPTS = 1_165_289;
const LIMIT_SECONDS = 600;
const IDS = ['a', 'b', 'c', 'd'];

interface Question {
  content: ItemContent;
  key: ItemKey;
  max: number;
  tokens: ReadonlyMap<string, string>;
  /** What candidates answer, in tokens as a sheet holds them. */
  responses: readonly Response[];
}

/** 12 single choices, 4 clusters and 6 numbers: 34 responses, 10.00 points. */
function paper(chance: Chance): Question[] {
  const tokens = new Map(IDS.map((id) => [`t${id}`, id]));
  const choices = Array.from({ length: 12 }, (): Question => ({
    content: { kind: 'choice', stem: STEM, options: parts(IDS), shuffle: true },
    key: { correct: [chance.pick(IDS)] },
    max: 25,
    tokens,
    responses: [...[...tokens.keys()].map((c) => ({ c })), null],
  }));
  const pattern = (bits: number, names: readonly string[]) =>
    Object.fromEntries(names.map((name, i) => [name, (bits & (1 << i)) !== 0]));
  const clusters = Array.from({ length: 4 }, (): Question => ({
    content: { kind: 'tfCluster', stem: STEM, statements: parts(IDS) },
    key: { truth: pattern(chance.below(16), IDS) },
    max: 100,
    tokens,
    responses: Array.from({ length: 16 }, (_, bits) => ({ t: pattern(bits, [...tokens.keys()]) })),
  }));
  const numbers = Array.from({ length: 6 }, (_, i): Question => ({
    content: { kind: 'numeric', stem: STEM, entry: 'sheet' },
    key: { value: `${i},5` },
    max: 50,
    tokens,
    responses: [`${i},5`, `${i}.5`, `${i},50`, '12,5', '-1,5', `${i}`, 'x'].map((x) => ({ x })),
  }));
  return [...choices, ...clusters, ...numbers];
}

interface Pass {
  seconds: number;
  digest: string;
  mean: number;
}

/** Scores every script and hashes what it came to, question by question. */
function score(policy: MarkingPolicy): Pass {
  const chance = new Chance(764);
  const questions = paper(chance);
  const hash = createHash('sha256');
  const begun = performance.now();
  let sum = 0;
  for (let script = 0; script < SCRIPTS; script++) {
    const marked = questions.map((question): MarkedPoints => {
      const canonical = toCanonical(chance.pick(question.responses), question.tokens);
      return scoreItem(question, canonical === 'void' ? null : canonical, policy);
    });
    const mark = markOf(marked, 1_000, policy);
    sum += mark.rounded;
    hash.update(JSON.stringify([script, mark, marked]));
  }
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, digest: hash.digest('hex'), mean: sum / SCRIPTS };
}

export const b4: Rung = {
  about: 'a national exam in Maths scored again, 1,165,289 scripts of 34 responses',
  bar: `at most ${LIMIT_SECONDS} s on one core, and the same digest on repeat`,
  async run(say) {
    const policy = markingPolicy('vn-thpt-2025');
    if (!policy) throw new Error('there is no such policy');
    const first = score(policy);
    say(`${SCRIPTS} scripts in ${rounded(first.seconds)} s; once more`);
    const again = score(policy);
    const sameDigest = first.digest === again.digest;
    const slowest = Math.max(first.seconds, again.seconds);
    return {
      holds: slowest <= LIMIT_SECONDS && sameDigest,
      figures: {
        scripts: SCRIPTS,
        responses: SCRIPTS * 34,
        seconds: [first, again].map(({ seconds }) => rounded(seconds)),
        scriptsPerSecond: Math.round(SCRIPTS / slowest),
        sameDigest,
        digest: first.digest,
        meanMark: rounded(first.mean / 100),
      },
    };
  },
};
