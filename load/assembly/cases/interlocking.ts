import { below, createRng, hashJson, shuffle, type FormTask, type Quota, type Rng } from '#bank/assembly';
import type { PoolItem } from '#bank/protocol';
import { syntheticBank } from '../bank.ts';

/** Blueprints of the collection. */
export const INTERLOCKING = 20;
const SMALLEST = 300;
const LARGEST = 1000;
const TOPICS = 8;
const LEVELS = ['KNOW', 'UNDERSTAND', 'APPLY'] as const;
/** Of a hundred items so many belong to a description, four to six to each. */
const PASSAGE_PERCENT = 15;

/**
 * An interlocking blueprint over a bank of 300 to 1,000 items, always the same for the same number: three formats as
 * cells, and across them margins of topics and levels, time and expected score, descriptions with some questions each,
 * and sets of enemies. Information at one ability is to be as large as possible.
 */
export function interlocking(number: number): FormTask {
  const rng = createRng(hashJson(['interlocking', number]));
  const size = SMALLEST + Math.floor(((LARGEST - SMALLEST) * number) / (INTERLOCKING - 1));
  const pool = withPassages(rng, syntheticBank(size, `interlocking ${number}`).pool);
  const choices = 14 + below(rng, 7);
  const clusters = 3 + below(rng, 3);
  const numbers = 4 + below(rng, 4);
  const questions = choices + clusters + numbers;
  const points = choices * 25 + clusters * 100 + numbers * 50;
  const share = 46 + below(rng, 8);
  const seconds = 90 * choices + 240 * clusters + 150 * numbers;
  const passages = 2 + below(rng, 2);
  return {
    pool,
    cells: [
      { id: 'I', count: choices, points: 25, kind: 'choice' },
      { id: 'II', count: clusters, points: 100, kind: 'tfCluster' },
      { id: 'III', count: numbers, points: 50, kind: 'numeric' },
    ],
    quotas: [...topicQuotas(rng, questions), ...levelQuotas(questions)],
    bands: [
      { measure: 'score', least: points * share * 10, most: points * (share + 1) * 10 },
      { measure: 'time', least: Math.floor(seconds * 0.92), most: Math.floor(seconds * 1.02) },
    ],
    passages: { passages: { least: passages, most: passages }, questions: { least: 2, most: 4 } },
    mostInformationAt: ([0, 1, 2] as const)[number % 3] ?? 1,
  };
}

function topicQuotas(rng: Rng, questions: number): Quota[] {
  const usual = Math.floor(questions / TOPICS);
  return Array.from({ length: TOPICS }, (_, at) => {
    const least = Math.max(1, usual - below(rng, 2));
    return { id: `T${at + 1}`, topic: `T${at + 1}`, least, most: usual + 1 };
  });
}

/** Four, three and three of ten, give or take one question. */
function levelQuotas(questions: number): Quota[] {
  return LEVELS.map((level, at) => {
    const wanted = Math.round((questions * (at === 0 ? 4 : 3)) / 10);
    return { id: level, level, least: wanted - 1, most: wanted + 1 };
  });
}

/** Items of one topic that belong together to a description. */
function withPassages(rng: Rng, pool: readonly PoolItem[]): PoolItem[] {
  const stimuli = new Map<string, string>();
  for (let topic = 1; topic <= TOPICS; topic++) {
    const mine = shuffle(
      rng,
      pool.filter((item) => item.topic === `T${topic}`),
    );
    let left = mine.slice(0, Math.floor((mine.length * PASSAGE_PERCENT) / 100));
    for (let passage = 0; left.length > 3; passage++) {
      const size = 4 + below(rng, 3);
      for (const { item } of left.slice(0, size)) stimuli.set(item, `T${topic}.${passage}`);
      left = left.slice(size);
    }
  }
  return pool.map((item) => {
    const stimulus = stimuli.get(item.item);
    return stimulus === undefined ? item : { ...item, stimulus };
  });
}
