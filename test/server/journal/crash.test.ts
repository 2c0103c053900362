import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { randomKey } from '#bank/vault';
import { Unavailable } from '#server/storage';
import { openSegments, segmentFiles, temporaryFolder, testKeys } from './support.ts';

const CHILD = fileURLToPath(new URL('./appending-child.mjs', import.meta.url));
const KILLS = 12;

/** Runs the appending child; `onLine` may act on it, such as kill it. Gives all its lines once it has ended. */
async function run(
  dir: string,
  root: Uint8Array<ArrayBuffer>,
  firstSeq: number,
  onLine: (line: string, pid: number) => void,
): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, dir, Buffer.from(root).toString('hex'), String(firstSeq)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => {
    lines.push(line);
    onLine(line, child.pid ?? 0);
  });
  await Promise.all([once(child, 'exit'), once(reader, 'close')]);
  return lines;
}

function acknowledged(lines: string[]): [string, number][] {
  return lines.flatMap((line) => {
    const [word, attempt = '', seq] = line.split(' ');
    return word === 'acknowledged' ? [[attempt, Number(seq)] as [string, number]] : [];
  });
}

/** Every acknowledged record is there, and each attempt's records stand in the order of their appends. */
async function expectAllFound(
  dir: string,
  root: Uint8Array<ArrayBuffer>,
  expected: [string, number][],
): Promise<void> {
  const journal = await openSegments(dir, testKeys(root));
  for (const attempt of new Set(expected.map(([name]) => name))) {
    const found = (await journal.read(attempt)).map((record) => (record.data as { seq: number }).seq);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(new Set(found).size).toBe(found.length);
    const missing = expected.filter(([name, seq]) => name === attempt && !found.includes(seq));
    expect(missing).toEqual([]);
  }
}

it(`loses no acknowledged record in ${KILLS} kills with SIGKILL, segment changes included`, async () => {
  const dir = await temporaryFolder();
  const root = randomKey();
  const expected: [string, number][] = [];
  for (let round = 0; round < KILLS; round++) {
    let count = 0;
    const lines = await run(dir, root, round * 10_000, (_line, pid) => {
      if (++count === 150 + round * 37) process.kill(pid, 'SIGKILL');
    });
    const kept = acknowledged(lines);
    expect(kept.length).toBeGreaterThan(100);
    expected.push(...kept);
  }
  expect((await segmentFiles(dir)).length).toBeGreaterThan(KILLS);
  await expectAllFound(dir, root, expected);
}, 120_000);

it('belongs to one process: a second one is refused until the first has ended, however it ended', async () => {
  const dir = await temporaryFolder();
  const root = randomKey();
  let refusal: Promise<unknown> | undefined;
  await run(dir, root, 0, (line, pid) => {
    if (!line.startsWith('open')) return;
    refusal = openSegments(dir, testKeys(root)).then(
      () => 'opened',
      (error: unknown) => error,
    );
    void refusal.then(() => process.kill(pid, 'SIGKILL'));
  });
  expect(await refusal).toBeInstanceOf(Unavailable);
  expect(String(await refusal)).toMatch(/in use by process \d+/);
  expect((await openSegments(dir, testKeys(root))).head()).toBeGreaterThanOrEqual(0);
});

it('stops acknowledging when a write fails, and loses nothing acknowledged before', async (ctx) => {
  if (process.platform !== 'linux') ctx.skip('file size limits of a running process are set with prlimit');
  const dir = await temporaryFolder();
  const root = randomKey();
  let count = 0;
  const lines = await run(dir, root, 0, (_line, pid) => {
    if (++count === 30) execFileSync('prlimit', [`--pid=${pid}`, '--fsize=30000:30000']);
  });
  expect(lines.at(-1)).toBe('refused Unavailable Unavailable');
  const kept = acknowledged(lines);
  expect(kept.length).toBeGreaterThan(20);
  await expectAllFound(dir, root, kept);
}, 60_000);
