import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { open as openLmdb } from 'lmdb';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createEmbeddedStore, model, Unavailable } from '#server/storage';
import { tempDir } from '../../support/temp.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const writer = fileURLToPath(new URL('./embedded-writer.mjs', import.meta.url));

const side = { round: { type: String, required: true }, body: { type: Buffer, required: true } } as const;
const left = model(side);
left.index({ round: 1 }, { name: 'by_round', unique: true });
const right = model(side);
right.index({ round: 1 }, { name: 'by_round' });
const schemas = { left, right } as const;

describe('embedded store and its process', () => {
  test('keeps every acknowledged commit, whole, through twelve kill -9 in the middle of writes', async () => {
    const dir = tempDir();
    const acknowledged = new Set<string>();
    const moved = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      await writeUntilKilled(dir, 40 + round * 37, { acknowledged, moved });
      await verify(dir, acknowledged, moved);
    }
    expect(acknowledged.size).toBeGreaterThan(1000);
  });

  test('has one owner: a second process is refused and told which one has the folder', async () => {
    const dir = tempDir();
    const holder = start('hold', dir);
    await holder.line((line) => line === 'open');
    const error: unknown = await createEmbeddedStore({ dir, schemas }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Unavailable);
    expect((error as Error).message).toContain(String(holder.pid));
    expect((error as Error).message).toContain(dir);
    await holder.kill();
    const store = await createEmbeddedStore({ dir, schemas });
    await expect(createEmbeddedStore({ dir, schemas })).rejects.toThrow(String(process.pid));
    await store.close();
    await (await createEmbeddedStore({ dir, schemas })).close();
  });

  test('opens after an owner whose process number now belongs to another process', async () => {
    const dir = tempDir();
    await (await createEmbeddedStore({ dir, schemas })).close();
    const stale = { pid: process.ppid, process: 'started at another time', token: 'x' };
    await tamper(dir, Buffer.from(JSON.stringify(stale)));
    const store = await createEmbeddedStore({ dir, schemas });
    expect(await store.count('left', { index: '_id' })).toBe(0);
    await store.close();
  });

  test('acknowledges nothing once another process has taken the folder over', async () => {
    const dir = tempDir();
    const store = await createEmbeddedStore({ dir, schemas });
    onTestFinished(() => store.close());
    const insert = (id: string) => {
      const doc = { _id: id, round: id, body: Buffer.alloc(1) };
      return store.commit([{ op: 'insert', in: 'left', doc }]);
    };
    await insert('before');
    await tamper(dir, Buffer.from('{}'));
    await expect(insert('after')).rejects.toBeInstanceOf(Unavailable);
    expect(await store.getMany('left', ['before', 'after'])).toMatchObject([{ _id: 'before' }, null]);
  });

  test.skipIf(process.platform === 'win32')(
    'says Unavailable when a write fails, acknowledges nothing more and loses nothing (no ulimit on Windows)',
    async () => {
      const dir = tempDir();
      const filler = start('fill', dir, 'ulimit -f 1500; exec "$@"');
      const lines = await filler.lines();
      const acknowledged = lines.flatMap((line) => (line.startsWith('ack ') ? [line.slice(4)] : []));
      const refused = lines.filter((line) => line.startsWith('refused '));
      expect(acknowledged.length).toBeGreaterThan(4);
      expect(refused.length).toBeGreaterThanOrEqual(9);
      expect(refused.filter((line) => !line.startsWith('refused Unavailable '))).toEqual([]);
      expect(lines).not.toContain('acknowledged after a failure');
      expect(lines.at(-1)).toBe('closed');
      await verify(dir, new Set(acknowledged), new Set());
    },
  );
});

interface Told {
  acknowledged: Set<string>;
  moved: Set<string>;
}

/** Kills the writer as soon as it has told this many acknowledgements; what it managed to tell counts. */
async function writeUntilKilled(dir: string, count: number, told: Told): Promise<void> {
  const child = start('write', dir);
  let seen = 0;
  child.each((line) => {
    if (line.startsWith('ack ')) told.acknowledged.add(line.slice(4));
    if (line.startsWith('moved ')) told.moved.add(line.slice(6));
    seen += 1;
  });
  await child.line(() => seen >= count);
  await child.kill();
}

/** Opens the folder again: acknowledged ⊆ found, both halves of each commit are there, indexes fit documents. */
async function verify(dir: string, acknowledged: Set<string>, moved: Set<string>): Promise<void> {
  const store = await createEmbeddedStore({ dir, schemas });
  const found = { left: new Map<string, string>(), right: new Map<string, string>() };
  for (const name of ['left', 'right'] as const) {
    let after: string | undefined;
    do {
      const page = await store.range(name, { index: 'by_round', limit: 1000, ...(after && { after }) });
      for (const doc of page.docs) {
        found[name].set(doc._id, `${doc.v} ${doc.round} ${doc.body.length} ${doc.body[0]}`);
        expect(doc.round).toBe(doc.v === 1 ? doc._id : `${doc._id}-moved`);
      }
      after = page.next;
    } while (after !== undefined);
    expect(await store.count(name, { index: '_id' })).toBe(found[name].size);
    expect(await store.count(name, { index: 'by_round' })).toBe(found[name].size);
  }
  await store.close();
  expect(found.right).toEqual(found.left);
  expect([...acknowledged].filter((id) => !found.left.has(id))).toEqual([]);
  expect([...moved].filter((id) => !found.left.get(id)?.startsWith('2 '))).toEqual([]);
}

async function tamper(dir: string, owner: Buffer): Promise<void> {
  const options = { encoding: 'binary', keyEncoding: 'binary' } as const;
  const environment = openLmdb({ path: join(dir, 'store.mdb'), overlappingSync: false, ...options });
  const meta = environment.openDB<Buffer, Buffer>('meta', options);
  await meta.put(Buffer.from('owner'), owner);
  await environment.close();
}

/**
 * Starts the writer from the built server, optionally through a shell that runs `wrapper` with it as "$@"; then
 * without stderr, where lmdb reports the failure that is wanted there.
 */
function start(command: string, dir: string, wrapper?: string) {
  if (!existsSync(join(root, 'dist/server/storage/index.js'))) {
    throw new Error('The built server is missing: run npm run build first.');
  }
  const args = [process.execPath, writer, command, dir];
  const child: ChildProcessByStdio<null, Readable, null> = wrapper
    ? spawn('bash', ['-c', wrapper, 'bash', ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
    : spawn(process.execPath, args.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const reader = createInterface({ input: child.stdout });
  const ended = Promise.all([once(reader, 'close'), once(child, 'exit')]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    pid: child.pid,
    each: (listener: (line: string) => void) => reader.on('line', listener),
    /** Resolves at the first line for which this holds. Rejects when the process ends before. */
    line: (holds: (line: string) => boolean) =>
      new Promise<void>((resolve, reject) => {
        reader.on('line', (line) => {
          if (holds(line)) resolve();
        });
        reader.on('close', () => reject(new Error('the writer ended too early')));
      }),
    /** All lines, once the process has ended by itself. */
    async lines(): Promise<string[]> {
      const lines: string[] = [];
      reader.on('line', (line) => lines.push(line));
      await ended;
      return lines;
    },
    /** Ends the process at once; resolves when it is gone and its last line has been read. */
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
