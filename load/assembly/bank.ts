import { below, createRng, hashJson, shuffle, type Rng } from '#bank/assembly';
import type { Blueprint, Cell, ItemKindName, Level, PoolItem } from '#bank/protocol';

const TOPICS = 8;
const LEVELS = ['KNOW', 'UNDERSTAND', 'APPLY'] as const satisfies readonly Level[];
type SomeLevel = (typeof LEVELS)[number];
/** Thousandths around which the facilities of a level lie. */
const FACILITY: Readonly<Record<SomeLevel, number>> = { KNOW: 700, UNDERSTAND: 520, APPLY: 330 };
const SECONDS: Partial<Record<ItemKindName, number>> = { choice: 90, tfCluster: 240, numeric: 150 };
/** Of ten items six are choices. */
const KINDS: readonly ItemKindName[] = [
  ...Array.from({ length: 6 }, (): ItemKindName => 'choice'),
  'tfCluster',
  'tfCluster',
  'numeric',
  'numeric',
];
/** Of a hundred items so many have enemies. */
const ENEMIES_PERCENT = 8;

/** The cell of which a small bank holds one item only. */
const SCARCE = { topic: topicName(TOPICS - 1), level: 'APPLY', kind: 'numeric' } as const;
const SMALL = 500;

export interface SyntheticBank {
  pool: PoolItem[];
  blueprint: Blueprint;
}

/**
 * A bank with eight topics, three levels and three formats, always the same for the same seed: facilities around that
 * of the level, times with a long tail, sets of two to four enemies. Its blueprint has 28 questions in 26 cells and
 * 10 points; the scarcest cell of a bank of 500 has one item.
 */
export function syntheticBank(size: number, seed: string): SyntheticBank {
  const rng = createRng(hashJson(['synthetic bank', seed, size]));
  const pool = Array.from({ length: size }, (_, index) => syntheticItem(rng, index, size));
  return { pool: withEnemies(rng, pool), blueprint: syntheticBlueprint() };
}

function syntheticBlueprint(): Blueprint {
  const topics = Array.from({ length: TOPICS }, (_, index) => topicName(index));
  const cell = (topic: string, level: Level, kind: ItemKindName, points: number, count = 1): Cell => ({
    id: `${topic}.${level}.${kind}`,
    count,
    points,
    topic,
    level,
    kind,
  });
  return {
    parts: [
      {
        title: 'I',
        cells: topics.flatMap((topic, index) => [
          cell(topic, 'KNOW', 'choice', 25, index < 2 ? 2 : 1),
          cell(topic, 'UNDERSTAND', 'choice', 25),
        ]),
      },
      { title: 'II', cells: topics.slice(0, 4).map((topic) => cell(topic, 'UNDERSTAND', 'tfCluster', 100)) },
      { title: 'III', cells: topics.slice(2).map((topic) => cell(topic, 'APPLY', 'numeric', 25)) },
    ],
  };
}

function topicName(index: number): string {
  return `T${index + 1}`;
}

/** The first items go round the strata, so that none is empty. */
function syntheticItem(rng: Rng, index: number, size: number): PoolItem {
  const strata = TOPICS * LEVELS.length * 3;
  const dealt = index < strata;
  const level = LEVELS[dealt ? Math.floor(index / TOPICS) % 3 : below(rng, 3)] ?? 'KNOW';
  const kind = KINDS[dealt ? 4 + Math.floor(index / TOPICS / 3) * 2 : below(rng, KINDS.length)] ?? 'choice';
  const topic = topicName(dealt ? index % TOPICS : below(rng, TOPICS));
  const isScarce = topic === SCARCE.topic && level === SCARCE.level && kind === SCARCE.kind;
  return {
    item: `item${String(index).padStart(18, '0')}`,
    version: 1,
    topic: isScarce && !dealt && size <= SMALL ? topicName(0) : topic,
    level,
    kind,
    parts: kind === 'numeric' ? [] : ['a', 'b', 'c', 'd'],
    pinned: [],
    ...traits(rng, level, kind),
  };
}

function traits(
  rng: Rng,
  level: SomeLevel,
  kind: ItemKindName,
): Required<Pick<PoolItem, 'facility' | 'seconds' | 'information'>> {
  const spread = bell(rng, 160);
  const facility = Math.min(970, Math.max(40, FACILITY[level] + spread));
  const tail = below(rng, 10) === 0 ? 150 : 100;
  const seconds = Math.floor(((SECONDS[kind] ?? 90) * tail * (100 + bell(rng, 30))) / 10_000);
  const slope = (60 + below(rng, 121)) / 100;
  const difficulty = -Math.log(facility / (1000 - facility)) / slope;
  const information = [-1, 0, 1].map((ability) => {
    const p = 1 / (1 + Math.exp(-slope * (ability - difficulty)));
    return Math.round(1000 * slope * slope * p * (1 - p));
  });
  return { facility, seconds, information };
}

/** Around 0, four parts in five within the half of the width. */
function bell(rng: Rng, width: number): number {
  const parts = Array.from({ length: 4 }, () => below(rng, width + 1));
  return Math.round(parts.reduce((sum, part) => sum + part, 0) / 2) - width;
}

/** Sets of two to four items of one topic; the item of a cell with no other has no enemies. */
function withEnemies(rng: Rng, pool: readonly PoolItem[]): PoolItem[] {
  const sets = new Map<string, string>();
  const wanted = Math.floor((pool.length * ENEMIES_PERCENT) / 100);
  for (let topic = 0; topic < TOPICS; topic++) {
    const name = topicName(topic);
    const mixed = shuffle(
      rng,
      pool.filter((item) => item.topic === name && item.level !== SCARCE.level),
    );
    let left = mixed.slice(0, Math.floor(wanted / TOPICS));
    for (let set = 0; left.length > 1; set++) {
      const size = 2 + below(rng, 3);
      for (const { item } of left.slice(0, size)) sets.set(item, `${name}.${set}`);
      left = left.slice(size);
    }
  }
  return pool.map((item) => {
    const set = sets.get(item.item);
    return set === undefined ? item : { ...item, enemies: [set] };
  });
}
