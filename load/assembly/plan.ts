import { drawPlan, snapshotOf, type DrawPlan, type PaperSlot } from '#bank/assembly';
import type { PoolItem } from '#bank/protocol';
import { syntheticBank, type SyntheticBank } from './bank.ts';

export const BANK_SEED = 'a';
export const EXAM = 'BenchExam0000000000000';
export const SEED = new Uint8Array(32).fill(0x5a);

export function planOf(size: number): SyntheticBank & { plan: DrawPlan } {
  const bank = syntheticBank(size, BANK_SEED);
  return { ...bank, plan: drawPlan(bank.blueprint, snapshotOf(bank.blueprint, bank.pool)) };
}

/** Attempt ids, sorted. */
export function attemptsOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `attempt${String(index).padStart(15, '0')}`);
}

/** Exact mean expected score of the pool in points, counted without the engine. */
export function poolMean({ pool, blueprint }: SyntheticBank): number {
  let sum = 0;
  for (const cell of blueprint.parts.flatMap(({ cells }) => cells)) {
    const mine = pool.filter((item) => fits(cell, item));
    const facilities = mine.reduce((all, { facility = 0 }) => all + facility, 0);
    sum += (cell.count * cell.points * facilities) / mine.length;
  }
  return sum / 100_000;
}

export function fits(cell: object, item: PoolItem): boolean {
  return (
    'topic' in cell &&
    'level' in cell &&
    'kind' in cell &&
    cell.topic === item.topic &&
    cell.level === item.level &&
    cell.kind === item.kind
  );
}

/** Expected score in points. */
export function scoreOf(slots: readonly PaperSlot[], items: ReadonlyMap<string, PoolItem>): number {
  const sum = slots.reduce((all, { item, points }) => all + points * (items.get(item)?.facility ?? 0), 0);
  return sum / 100_000;
}

/** Processor seconds of this process so far, which a busy machine does not stretch as it does the clock. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function rounded(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}
