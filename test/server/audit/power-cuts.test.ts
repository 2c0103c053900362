import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { below, createRng, hex, type Rng } from '#bank/assembly';
import { hmac } from '#bank/vault';
import { ForgettingDisk } from '#server/storage/contract';
import { diskFiles } from '../../../server/audit/files.ts';
import { verifyLog } from '../../scripts/verify-log-fixture.ts';
import { act, newSite, numbersIn, upTo, type Site } from './ledger-fixture.ts';

const ROUNDS = 12;
const LIVES = 3;
const MOST_CHANGES = 60;
const DIR = '/data/ledger';

/** Acts and their log until the power goes, which the database survives; gives how many acts were committed. */
async function live(site: Site, disk: ForgettingDisk, rng: Rng, done: number): Promise<number> {
  disk.cutAfter(below(rng, MOST_CHANGES));
  const audit = await site.start({ files: diskFiles(DIR, disk.files()) }).catch(() => null);
  if (!audit) return done;
  let next = done;
  while (disk.isOn) {
    const numbers = Array.from({ length: 1 + below(rng, 60) }, () => next++);
    await act(site, audit, numbers);
    audit.poke();
    await audit.drained().catch(() => undefined);
  }
  await audit.stop();
  return next;
}

it('the log on a disk that forgets what was not flushed goes on from the database, and nothing in it contradicts itself', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const rng = createRng(hex(hmac(Buffer.from('ledger'), `power-cuts/${round}`)));
    const site = await newSite();
    const disk = new ForgettingDisk(rng);
    let done = 0;
    for (let start = 0; start < LIVES; start++) {
      done = await live(site, disk, rng, done);
      disk.restart();
    }
    const files = disk.files();
    const audit = await site.start({ files: diskFiles(DIR, files) });
    await audit.drained();
    expect(await numbersIn(audit)).toEqual(upTo(done));
    await audit.stop();
    for (const path of await files.tree(DIR)) {
      const target = join(site.dir, relative(DIR, path));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, await files.readFile(path));
    }
    expect((await verifyLog(site.dir)).code).toBe(0);
    await site.store.close();
  }
});
