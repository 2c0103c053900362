import type { Journal, JournalRecord } from '../journal.ts';
import type { ContractCase } from './case.ts';

/** One place where a journal lives: opening it again finds what was appended before. */
export interface JournalHome {
  open(): Promise<Journal>;
}

/** A Journal adapter to be held to its contract. Whoever made the subject closes what it has opened. */
export interface JournalSubject {
  /** A place where nothing was ever appended, with segments of 64 KiB. */
  newHome(): Promise<JournalHome>;
}

export type JournalCase = ContractCase<JournalSubject>;

/** A record as a save makes it. */
export function answer(attempt: string, seq: number, text = 'x'): JournalRecord {
  return { attempt, type: 'answer', at: 1_700_000_000_000 + seq, data: { seq, response: { x: text } } };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
