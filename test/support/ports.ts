import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { Leaf } from '#bank/ledger';
import { createAudit, type Audit } from '#server/audit';
import { createJobs, JOBS_AT_ONCE, type Jobs, type JobView } from '#server/http';
import { createFileKeyProvider, createKeyring, type RootKeyring } from '#server/keys';
import type { Store } from '#server/storage';
import type { StaffActor } from './staff.ts';
import { openTempStore, tempDir } from './temp.ts';

/** What modules of the server are given, on a disk of its own. */
export interface Ports {
  folder: string;
  store: Store;
  keyring: RootKeyring;
  audit: Audit;
  jobs: Jobs;
  clock: { time: number; now(): number };
  log: pino.Logger;
}

const audits: Audit[] = [];

afterAll(async () => {
  await Promise.all(audits.splice(0).map((audit) => audit.stop()));
});

/** A new server's ports; stopped and removed after the tests of this file. */
export async function openPorts(): Promise<Ports> {
  const store = await openTempStore();
  const folder = tempDir();
  const keyring = await openKeyring(folder, store);
  const clock = { time: Date.UTC(2026, 4, 20, 1), now: () => clock.time };
  const log = pino({ level: 'silent' });
  const audit = await createAudit({ store, keyring, dir: join(folder, 'log'), clock, origin: 'test/ledger' });
  audits.push(audit);
  return {
    folder,
    store,
    keyring,
    audit,
    jobs: createJobs({ clock, log, atOnce: JOBS_AT_ONCE }),
    clock,
    log,
  };
}

/** The keys of a Store under a key file in this folder, made when there is none. */
export async function openKeyring(folder: string, store: Store): Promise<RootKeyring> {
  const provider = await createFileKeyProvider({
    path: join(folder, 'keys.json'),
    dataFolder: join(folder, 'data'),
  });
  return createKeyring({ provider, store });
}

/** The leaves of the ledger so far, oldest first. */
export async function leavesOf(audit: Audit): Promise<Leaf[]> {
  audit.poke();
  await audit.drained();
  return audit.leaves({ order: 'asc', limit: 1000 });
}

/** Follows a job to its end; its steps are awaited one turn of the event loop after another. */
export async function ended(jobs: Jobs, owner: StaffActor, job: string): Promise<JobView> {
  for (;;) {
    const view = jobs.view(owner.user, job);
    if (view.state !== 'running') return view;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
