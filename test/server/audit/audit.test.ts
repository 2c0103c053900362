import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#bank/protocol';
import { StandbyMissing } from '#server/storage';
import { diskFiles } from '../../../server/audit/files.ts';
import { tempDir } from '../../support/temp.ts';
import { verifyLog } from '../../scripts/verify-log-fixture.ts';
import { act, newSite, numbersIn, openSite, ORIGIN, teacher, upTo, type Site } from './ledger-fixture.ts';

let site: Site;
beforeEach(async () => {
  site = await newSite();
});
afterEach(() => site.store.close());

const filesIn = (dir: string) =>
  Object.fromEntries(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'writing.tmp')
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(dir.length), readFileSync(path).toString('base64')]),
  );

describe('the log', () => {
  test('of a new Store begins with its own making and verifies offline', async () => {
    const audit = await site.start();
    await audit.drained();
    const [first] = await audit.leaves({ order: 'asc', limit: 10 });
    expect(first).toMatchObject({
      v: 1,
      seq: 0,
      actor: 'system',
      role: 'system',
      action: 'ledger.create',
      object: `ledger:${audit.vkey.split('+')[1]}`,
      data: { vkey: audit.vkey },
    });
    expect(await verifyLog(site.dir, '--vkey', audit.vkey)).toMatchObject({ code: 0, report: { size: 1 } });
  });

  test('takes acts in the order in which they were made, each once', async () => {
    const audit = await site.start();
    await audit.drained();
    const writes = upTo(700).map((number) =>
      audit.entry(teacher, 'person.invite', 'invitation:x', { number }),
    );
    await site.store.commit(writes.slice(350).toReversed());
    await site.store.commit(writes.slice(0, 350).toReversed());
    audit.poke();
    await audit.drained();
    expect(await numbersIn(audit)).toEqual(upTo(700));
    expect(audit.head().size).toBe(701);
    expect(await site.store.count('auditOutbox', { index: '_id' })).toBe(0);
    expect(await verifyLog(site.dir)).toMatchObject({ code: 0, report: { size: 701 } });
  });

  test('goes on after a restart, without a word from anybody', async () => {
    const audit = await site.start();
    await act(site, audit, upTo(5));
    await audit.stop();
    await act(site, audit, [5, 6]);
    const next = await site.start();
    await next.drained();
    expect(await numbersIn(next)).toEqual(upTo(7));
    expect(next.vkey).toBe(audit.vkey);
  });

  test.each(['niem/thi.school.example:8443', 'niem/[::1]:8080', 'niem/-tenant_1'])(
    'may be named %s',
    async (origin) => {
      const audit = await site.start({ origin });
      await audit.drained();
      expect(audit.checkpoint().split('\n')[0]).toBe(origin);
      expect((await verifyLog(site.dir, '--vkey', audit.vkey)).code).toBe(0);
    },
  );

  test.each(['', 'a b', 'a+b', 'trường'])('may not be named %j', async (origin) => {
    await expect(site.start({ origin })).rejects.toThrow(RangeError);
  });

  test('keeps its name when another one is configured', async () => {
    await (await site.start()).stop();
    const audit = await site.start({ origin: 'renamed.example/ledger' });
    expect(audit.checkpoint().split('\n')[0]).toBe(ORIGIN);
  });

  test('never goes back in time, whatever the clock does', async () => {
    const audit = await site.start();
    await audit.drained();
    await act(site, audit, [0]);
    site.clock.time -= 3_600_000;
    await act(site, audit, [1]);
    await audit.drained();
    await audit.stop();
    site.clock.time -= 3_600_000;
    const next = await site.start();
    await act(site, next, [2]);
    await next.drained();
    const leaves = await next.leaves({ order: 'asc', limit: 10 });
    const times = leaves.map((leaf) => leaf.ts);
    expect(times).toEqual(times.toSorted());
    expect(await numbersIn(next)).toEqual([0, 1, 2]);
    expect((await verifyLog(site.dir)).code).toBe(0);
  });

  test('continues every checkpoint that it ever signed', async () => {
    const audit = await site.start();
    const kept: string[] = [];
    for (const number of upTo(12)) {
      await act(
        site,
        audit,
        upTo(30).map((i) => number * 30 + i),
      );
      await audit.drained();
      kept.push(audit.checkpoint());
    }
    const file = join(tempDir(), 'kept');
    for (const note of kept) {
      writeFileSync(file, note);
      expect((await verifyLog(site.dir, '--checkpoint', file)).code).toBe(0);
    }
  });

  test('gives out no checkpoint over what may yet be lost, also after a restart, and all of it afterwards', async () => {
    let mayGiveOut = true;
    const options = { mayGiveOut: async () => mayGiveOut };
    const audit = await site.start(options);
    await act(site, audit, [0]);
    await audit.drained();
    const kept = { note: audit.checkpoint(), ...audit.head() };
    mayGiveOut = false;
    await act(site, audit, upTo(600).slice(1));
    await audit.drained();
    expect(await numbersIn(audit)).toEqual(upTo(600));
    expect({ note: audit.checkpoint(), ...audit.head() }).toEqual(kept);
    expect((await verifyLog(site.dir)).report).toMatchObject({ ok: true, size: kept.size });
    await audit.stop();

    const again = await site.start(options);
    await again.drained();
    expect(again.checkpoint()).toBe(kept.note);
    mayGiveOut = true;
    await again.drained();
    expect(again.head().size).toBe(601);
    const file = join(tempDir(), 'kept');
    writeFileSync(file, kept.note);
    expect((await verifyLog(site.dir, '--checkpoint', file)).report).toMatchObject({ ok: true, size: 601 });
  });

  test('has no checkpoint to show where none may be given out yet, and one by itself as soon as it may', async () => {
    let mayGiveOut = false;
    const audit = await site.start({ mayGiveOut: async () => mayGiveOut });
    await audit.drained();
    expect(() => audit.checkpoint()).toThrow(StandbyMissing);
    expect(audit.failure()).toBeNull();
    mayGiveOut = true;
    await expect.poll(() => audit.head().size, { timeout: 10_000 }).toBe(1);
    expect((await verifyLog(site.dir)).code).toBe(0);
  });

  test('of two nodes on one Store is one log in both folders', async () => {
    const second: Site = { ...site, dir: join(tempDir(), 'ledger') };
    const audits = [await site.start(), await site.start({ dir: second.dir })];
    await Promise.all(
      upTo(60).map(async (number) => {
        const audit = audits[number % 2]!;
        await act(site, audit, [number]);
        audit.poke();
      }),
    );
    for (const audit of [...audits, ...audits]) await audit.drained();
    const numbers = (await numbersIn(audits[0]!)) as number[];
    expect(numbers.toSorted((a, b) => a - b)).toEqual(upTo(60));
    const [one, other] = [await verifyLog(site.dir), await verifyLog(second.dir)];
    expect([one.code, one.report]).toEqual([0, other.report]);
  });
});

describe('waiting', () => {
  test('many pokes together cost few checkpoints', async () => {
    let checkpoints = 0;
    const disk = diskFiles(site.dir);
    const audit = await site.start({
      files: {
        ...disk,
        write(path, bytes) {
          if (path === 'checkpoint') checkpoints++;
          return disk.write(path, bytes);
        },
      },
    });
    await audit.drained();
    const before = checkpoints;
    await act(site, audit, upTo(400));
    for (const _ of upTo(400)) audit.poke();
    await audit.drained();
    expect(checkpoints - before).toBe(1);
    for (const _ of upTo(400)) audit.poke();
    await audit.drained();
    expect(checkpoints - before).toBe(1);
  });

  test('what is committed while the sequencer is at work is not left lying', async () => {
    const audit = await site.start();
    await Promise.all(
      upTo(100).map(async (number) => {
        await act(site, audit, [number]);
        await audit.drained();
        const leaves = await audit.leaves({ order: 'desc', limit: 200 });
        expect(leaves.some((leaf) => leaf.data?.['number'] === number)).toBe(true);
        expect(audit.head().size).toBeGreaterThanOrEqual(leaves.length);
      }),
    );
    expect(audit.head().size).toBe(101);
  });
});

describe('people', () => {
  const person = (user: string): Actor => ({ kind: 'staff', user, roles: ['teacher', 'admin'] });
  const candidate: Actor = { kind: 'candidate', candidate: 'user-1', exam: 'e', attempt: 'a' };

  test('stand under a pseudonym that is the same after a restart and tells nothing', async () => {
    const audit = await site.start();
    const writes = [person('user-1'), person('user-2'), candidate].map((actor) =>
      audit.entry(actor, 'session.open', 'attempt:a'),
    );
    await site.store.commit(writes);
    await audit.stop();
    const next = await site.start();
    await site.store.commit([next.entry(person('user-1'), 'session.open', 'user:user-2')]);
    await next.drained();
    const leaves = await next.leaves({ order: 'asc', after: 0, limit: 10 });
    const [one, two, pupil, again] = leaves.map((leaf) => leaf.actor);
    expect(again).toBe(one);
    expect(new Set([one, two, pupil]).size).toBe(3);
    expect(leaves[3]!.object).toBe(`user:${two}`);
    expect(leaves.map((leaf) => leaf.role)).toEqual([
      'admin+teacher',
      'admin+teacher',
      'candidate',
      'admin+teacher',
    ]);
    expect(JSON.stringify(leaves)).not.toMatch(/user-[12]/);
  });

  test('have another pseudonym in another log', async () => {
    const other = await newSite();
    const actors = await Promise.all(
      [site, other].map(async (one) => {
        const audit = await one.start();
        await one.store.commit([audit.entry(teacher, 'session.open', 'attempt:a')]);
        await audit.drained();
        return (await audit.leaves({ order: 'desc', limit: 1 }))[0]!.actor;
      }),
    );
    expect(actors[0]).not.toBe(actors[1]);
  });

  test('an entry that could not become a leaf is refused before it is committed', async () => {
    const audit = await site.start();
    expect(() => audit.entry(teacher, 'session.open', 'Nguyễn Văn A')).toThrow(RangeError);
    const data = { stem: 'x'.repeat(501) };
    expect(() => audit.entry(teacher, 'session.open', 'item:a', data)).toThrow(RangeError);
  });
});

describe('the folder', () => {
  const filled = async () => {
    const audit = await site.start();
    await act(site, audit, upTo(300));
    await audit.stop();
  };

  test('is written anew, the same to the byte, when it is gone', async () => {
    await filled();
    const before = filesIn(site.dir);
    rmSync(site.dir, { recursive: true });
    await (await site.start()).stop();
    expect(filesIn(site.dir)).toEqual(
      Object.fromEntries(Object.keys(filesIn(site.dir)).map((path) => [path, before[path]])),
    );
    expect(await verifyLog(site.dir)).toMatchObject({ code: 0, report: { size: 301 } });
  });

  test.each(['tile/0/000', 'tile/entries/001.p/45', 'tile/1/000.p/1', 'vkey'])(
    'gets a missing %s back',
    async (path) => {
      await filled();
      rmSync(join(site.dir, path));
      await (await site.start()).stop();
      expect((await verifyLog(site.dir)).code).toBe(0);
    },
  );

  test.each([
    ['tile/0/000', 'ledger-differs'],
    ['tile/entries/000', 'ledger-differs'],
    ['tile/entries/001.p/45', 'ledger-differs'],
    ['vkey', 'ledger-differs'],
    ['checkpoint', 'ledger-foreign'],
  ])('that was changed at %s stops the start', async (path, code) => {
    await filled();
    const bytes = readFileSync(join(site.dir, path));
    bytes[7]! ^= 1;
    writeFileSync(join(site.dir, path), bytes);
    await expect(site.start()).rejects.toMatchObject({ name: 'LedgerError', code });
    expect(readFileSync(join(site.dir, path))).toEqual(bytes);
  });

  test('of another log stops the start', async () => {
    await filled();
    const other = await newSite();
    await expect(other.start({ dir: site.dir })).rejects.toMatchObject({ code: 'ledger-foreign' });
  });

  test('that is ahead of a database put back to an older state stops the start', async () => {
    const { base } = site;
    const begin = await site.start();
    await act(site, begin, upTo(5));
    await begin.stop();
    await site.store.close();
    const backup = join(tempDir(), 'backup');
    cpSync(join(base, 'data', 'store'), backup, { recursive: true });
    site = await openSite(base);
    const later = await site.start();
    await act(site, later, [5, 6]);
    await later.stop();
    await site.store.close();

    site = await openSite(base, backup);
    await expect(site.start()).rejects.toMatchObject({
      code: 'ledger-ahead',
      message: expect.stringContaining('holds 8 leaves, the database only 6'),
    });
    rmSync(join(site.dir, 'checkpoint'));
    await expect(site.start()).rejects.toMatchObject({ code: 'ledger-ahead' });
    await site.store.close();
    site = await openSite(base);
    await (await site.start()).stop();
    expect(await verifyLog(site.dir)).toMatchObject({ code: 0, report: { size: 8 } });
  });

  test('does not hide a leaf that was changed in the database', async () => {
    await filled();
    const { v, ...doc } = (await site.store.get('ledgerLeaves', '000000000007'))!;
    const leaf = doc.leaf.replace('teacher', 'auditor');
    await site.store.commit([{ op: 'replace', in: 'ledgerLeaves', doc: { ...doc, leaf }, ifVersion: v }]);
    await expect(site.start()).rejects.toMatchObject({ code: 'ledger-differs' });
    await expect(site.start({ dir: join(tempDir(), 'new') })).rejects.toMatchObject({
      code: 'ledger-damaged',
    });
  });
});
