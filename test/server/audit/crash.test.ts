import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LogFiles } from '#server/audit';
import { Unavailable, type Store } from '#server/storage';
import { diskFiles } from '../../../server/audit/files.ts';
import { verifyLog } from '../../scripts/verify-log-fixture.ts';
import { act, newSite, numbersIn, upTo, withCommit, type Site } from './ledger-fixture.ts';

/**
 * When the process dies: just before the n-th step that changes something (which is also just after the one before),
 * or in the middle of it, where the step writes a file.
 */
const MOMENTS = ['before', 'halfway through'] as const;
type Moment = (typeof MOMENTS)[number];

class Death extends Error {}

/** Store and disk of a process that dies at its n-th changing step; from then on it can do nothing, not even read. */
function mortal(site: Site, deathAt: number, moment: Moment) {
  const disk = diskFiles(site.dir);
  const steps: string[] = [];
  const died = () => steps.length > deathAt;

  async function change<T>(name: string, work: () => Promise<T>, halfway?: () => void): Promise<T> {
    if (died()) throw new Death();
    steps.push(name);
    if (!died()) return work();
    if (moment === 'halfway through') halfway?.();
    throw new Death();
  }
  async function look<T>(work: () => Promise<T>): Promise<T> {
    if (died()) throw new Death();
    return work();
  }

  const store: Store = {
    ...withCommit(site.store, (writes) => change('commit', () => site.store.commit(writes))),
    get: (...args) => look(() => site.store.get(...args)),
    range: (...args) => look(() => site.store.range(...args)),
  };
  const files: LogFiles = {
    read: (path) => look(() => disk.read(path)),
    list: (path) => look(() => disk.list(path)),
    remove: (path) => change(`remove ${path}`, () => disk.remove(path)),
    write: (path, bytes) =>
      change(
        `write ${path}`,
        () => disk.write(path, bytes),
        () => writeFileSync(join(site.dir, 'writing.tmp'), bytes.subarray(0, bytes.length / 2)),
      ),
  };
  return { store, files, died, steps };
}

let template: Site;
/** A log of 251 leaves, and 10 acts that wait: with them a tile becomes full. */
beforeAll(async () => {
  template = await newSite();
  const audit = await template.start();
  await act(template, audit, upTo(250));
  await audit.stop();
  const waiting = upTo(10).map((i) => 250 + i);
  await act(template, audit, waiting);
  await template.store.close();
});

/** A server that starts on the template, takes one more act, and dies at its n-th changing step. */
async function liveAndDie(deathAt: number, moment: Moment) {
  const site = await newSite(template);
  const { store, files, died, steps } = mortal(site, deathAt, moment);
  try {
    const audit = await site.start({ store, files });
    await audit.drained();
    await act({ ...site, store }, audit, [260]);
    await audit.drained();
    await audit.stop();
  } catch (error) {
    if (!(error instanceof Death)) throw error;
  }
  return { site, died: died(), steps };
}

describe('the process dies', () => {
  test.each(MOMENTS)('%s each step in turn: after a restart every act is a leaf, once', async (moment) => {
    let alive = false;
    let steps: string[] = [];
    for (let deathAt = 0; !alive; deathAt++) {
      const life = await liveAndDie(deathAt, moment);
      const { site } = life;
      expect((await verifyLog(site.dir)).report, `folder at step ${deathAt}`).toMatchObject({ ok: true });
      const audit = await site.start();
      await audit.drained();
      const numbers = await numbersIn(audit);
      expect(numbers.slice(0, 260), `step ${deathAt}`).toEqual(upTo(260));
      expect([[], [260]]).toContainEqual(numbers.slice(260));
      expect(await site.store.count('auditOutbox', { index: '_id' })).toBe(0);
      const { code, report } = await verifyLog(site.dir);
      expect([code, report.size]).toEqual([0, numbers.length + 1]);
      await audit.stop();
      await site.store.close();
      alive = !life.died;
      steps = life.steps;
    }
    expect(steps).toEqual([
      'commit',
      'write tile/entries/000',
      'write tile/0/000',
      'write tile/0/001.p/5',
      'write tile/1/000.p/1',
      'write tile/entries/001.p/5',
      'write checkpoint',
      'remove tile/entries/000.p',
      'remove tile/0/000.p',
      'commit',
      'commit',
      'write tile/0/001.p/6',
      'write tile/entries/001.p/6',
      'write checkpoint',
    ]);
  });
});

describe('the disk or the Store fails for a while', () => {
  /** Does its work, but fails once when it is armed. */
  function failing<A extends unknown[]>(work: (...args: A) => Promise<void>, after: boolean, error: Error) {
    const trap = { armed: false };
    const run = async (...args: A) => {
      const fails = trap.armed;
      trap.armed = false;
      if (!fails || after) await work(...args);
      if (fails) throw error;
    };
    return { trap, run };
  }

  test.each([
    ['a file cannot be written', 'write', false],
    ['a file was written, but the answer was lost', 'write', true],
    ['a commit fails', 'commit', false],
    ['a commit went through, but the answer was lost', 'commit', true],
  ] as const)('%s: it is told, and the next poke goes on with nothing lost or doubled', async (...args) => {
    const [, step, after] = args;
    const site = await newSite();
    const error = new Unavailable('disk full');
    const disk = diskFiles(site.dir);
    const commit = failing<Parameters<Store['commit']>>((writes) => site.store.commit(writes), after, error);
    const write = failing(disk.write, after, error);
    const reported: unknown[] = [];
    const audit = await site.start({
      store: withCommit(site.store, commit.run),
      files: { ...disk, write: write.run },
      report: (fault) => reported.push(fault),
    });
    await audit.drained();
    const { trap } = step === 'commit' ? commit : write;
    await act(site, audit, upTo(20));
    trap.armed = true;
    await expect(audit.drained()).rejects.toBe(error);
    expect(audit.failure()).toBe(error);
    expect(reported).toEqual([error]);
    await act(site, audit, [20]);
    await audit.drained();
    expect(audit.failure()).toBeNull();
    expect(await numbersIn(audit)).toEqual(upTo(21));
    expect((await verifyLog(site.dir)).code).toBe(0);
    await audit.stop();
    await site.store.close();
  });
});

describe('one act committed twice', () => {
  test('is refused by the Store while it waits', async () => {
    const site = await newSite();
    const audit = await site.start();
    await audit.drained();
    const write = audit.entry({ kind: 'system' }, 'session.open', 'attempt:a', { number: 0 });
    await site.store.commit([write]);
    await expect(site.store.commit([write])).rejects.toMatchObject({ name: 'Duplicate' });
    await audit.drained();
    expect(await numbersIn(audit)).toEqual([0]);
    await site.store.close();
  });
});
