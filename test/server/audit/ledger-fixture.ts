import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '#bank/protocol';
import { createAudit, type Audit, type AuditOptions } from '#server/audit';
import type { Keyring } from '#server/keys';
import { createEmbeddedStore, type Store } from '#server/storage';
import { openKeyring } from '../../support/ports.ts';
import { tempDir } from '../../support/temp.ts';

export const ORIGIN = 'exam.school.example/ledger';
export const teacher: Actor = { kind: 'staff', user: 'user-1', roles: ['teacher'] };

export interface Site {
  /** Folder that holds everything of the site. */
  base: string;
  store: Store;
  keyring: Keyring;
  /** Folder of the log. */
  dir: string;
  clock: { now(): number; time: number };
  /** Opens the audit as a start of the server does. */
  start(change?: Partial<AuditOptions>): Promise<Audit>;
}

/** A Store, its keys and a place for the log; with `template`, copies of those of a site that was closed. */
export async function newSite(template?: Site): Promise<Site> {
  const base = tempDir();
  if (template) cpSync(template.base, base, { recursive: true });
  return openSite(base);
}

/** Opens what lies in a folder as a start of the server does; `storeDir` names another copy of the database. */
export async function openSite(base: string, storeDir = join(base, 'data', 'store')): Promise<Site> {
  const store = await createEmbeddedStore({ dir: storeDir });
  const dir = join(base, 'data', 'ledger');
  const keyring = await openKeyring(base, store);
  const clock = { time: Date.UTC(2026, 2, 1, 7), now: () => clock.time++ };
  const options = { store, keyring, dir, clock, origin: ORIGIN };
  return { base, ...options, start: (change) => createAudit({ ...options, ...change }) };
}

/** The same Store with its own way to commit. */
export function withCommit(store: Store, commit: Store['commit']): Store {
  return {
    get: (...args) => store.get(...args),
    getMany: (...args) => store.getMany(...args),
    range: (...args) => store.range(...args),
    count: (...args) => store.count(...args),
    close: () => store.close(),
    commit,
  };
}

/** Commits acts with these numbers, each with a commit of its own or all together. */
export async function act(site: Site, audit: Audit, numbers: readonly number[]): Promise<void> {
  const writes = numbers.map((number) => audit.entry(teacher, 'person.invite', 'invitation:x', { number }));
  for (let at = 0; at < writes.length; at += 500) await site.store.commit(writes.slice(at, at + 500));
}

/** The numbers of all acts that are leaves, in the order of the log; the first leaf is left out. */
export async function numbersIn(audit: Audit): Promise<unknown[]> {
  const numbers: unknown[] = [];
  for (let after = 0; ; after += 1000) {
    const leaves = await audit.leaves({ order: 'asc', after, limit: 1000 });
    numbers.push(...leaves.map((leaf) => leaf.data?.['number']));
    if (leaves.length < 1000) return numbers;
  }
}

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
