import type { Blueprint, Cell, Level, MatrixCell, PassageCell, PoolItem } from '#bank/protocol';

/** An item id of the right shape from a short readable name. */
export function itemId(name: string): string {
  return name.padEnd(22, '0');
}

export function poolItem(name: string, fields: Partial<PoolItem> = {}): PoolItem {
  return {
    item: itemId(name),
    version: 1,
    topic: 'T1',
    level: 'KNOW',
    kind: 'choice',
    parts: ['a', 'b', 'c', 'd'],
    pinned: [],
    ...fields,
  };
}

export function poolOf(count: number, prefix: string, fields: Partial<PoolItem> = {}): PoolItem[] {
  return Array.from({ length: count }, (_, index) =>
    poolItem(`${prefix}${String(index).padStart(4, '0')}`, fields),
  );
}

export function matrixCell(id: string, count: number, fields: Partial<MatrixCell> = {}): MatrixCell {
  return { id, count, points: 25, topic: 'T1', level: 'KNOW', kind: 'choice', ...fields };
}

/** `count` questions in passages with one question of each of these levels. */
export function passageCell(
  id: string,
  count: number,
  levels: Level[],
  fields: Partial<PassageCell> = {},
): PassageCell {
  return { id, count, points: 25, topic: 'T1', kind: 'choice', passage: { levels }, ...fields };
}

/** A description and its questions, one for each of these levels: `name`, `name-a`, `name-b`, … */
export function passage(name: string, levels: readonly Level[], fields: Partial<PoolItem> = {}): PoolItem[] {
  return [
    poolItem(name, { kind: 'description', parts: [] }),
    ...levels.map((level, index) =>
      poolItem(`${name}-${String.fromCharCode(97 + index)}`, { level, stimulus: itemId(name), ...fields }),
    ),
  ];
}

export function listCell(id: string, count: number, names: readonly string[], points = 25): Cell {
  return { id, count, points, items: names.map(itemId) };
}

export function blueprintOf(...parts: Cell[][]): Blueprint {
  return { parts: parts.map((cells, index) => ({ title: `Phần ${index + 1}`, cells })) };
}
