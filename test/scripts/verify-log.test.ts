import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { encodeLeaf, formatVerifierKey } from '#bank/ledger';
import { tempDir } from '../support/temp.ts';
import {
  filesOf,
  honestLog,
  leafAt,
  newKeys,
  runVerifyLog,
  signedCheckpoint,
  verifyLog,
  writeFiles,
  writeLog,
  type LogKeys,
} from './verify-log-fixture.ts';

let folder: string;
let keys: LogKeys;
beforeEach(() => {
  folder = join(tempDir(), 'ledger');
  keys = newKeys();
});

const SIZES = [1, 2, 9, 255, 256, 257, 700];
const later = (seq: number) => new Date(Date.UTC(2026, 2, 1, 9, 0, seq)).toISOString();
const renumbered = (leaves: string[]) => leaves.map((text, seq) => encodeLeaf({ ...JSON.parse(text), seq }));

/** What somebody may do to a log of 700 leaves at leaf 300, and what the entries against the tiles tell of it. */
const TAMPERINGS: { name: string; tamper(leaves: string[]): string[]; tells: [string, number, number][] }[] =
  [
    {
      name: 'edited',
      tamper: (leaves) => leaves.with(300, encodeLeaf(leafAt(300, { action: 'item.reject' }))),
      tells: [['edited', 300, 300]],
    },
    {
      name: 're-timed forward, so that the next one goes back in time',
      tamper: (leaves) => leaves.with(300, encodeLeaf(leafAt(300, { ts: later(300) }))),
      tells: [
        ['edited', 300, 300],
        ['time', 301, 301],
      ],
    },
    {
      name: 're-timed by a hair',
      tamper: (leaves) =>
        leaves.with(300, encodeLeaf(leafAt(300, { ts: leafAt(300).ts.replace('.000Z', '.001Z') }))),
      tells: [['edited', 300, 300]],
    },
    {
      name: 'removed',
      tamper: (leaves) => leaves.toSpliced(300, 1),
      tells: [
        ['removed', 300, 300],
        ['sequence', 300, 300],
      ],
    },
    {
      name: 'removed in a row',
      tamper: (leaves) => leaves.toSpliced(300, 20),
      tells: [
        ['removed', 300, 319],
        ['sequence', 300, 300],
      ],
    },
    {
      name: 'inserted',
      tamper: (leaves) => leaves.toSpliced(300, 0, encodeLeaf(leafAt(300, { object: 'item:new' }))),
      tells: [
        ['inserted', 300, 300],
        ['sequence', 301, 301],
      ],
    },
    {
      name: 'doubled',
      tamper: (leaves) => leaves.toSpliced(300, 0, leaves[300]!),
      tells: [
        ['inserted', 301, 301],
        ['sequence', 301, 301],
      ],
    },
    {
      name: 'reordered',
      tamper: (leaves) => leaves.with(300, leaves[301]!).with(301, leaves[300]!),
      tells: [
        ['reordered', 300, 300],
        ['sequence', 300, 300],
        ['sequence', 301, 301],
        ['time', 301, 301],
        ['sequence', 302, 302],
      ],
    },
    {
      name: 'written in another way',
      tamper: (leaves) => leaves.with(300, leaves[300]!.replace(':', ': ')),
      tells: [
        ['edited', 300, 300],
        ['leaf', 300, 300],
      ],
    },
    {
      name: 'given another number',
      tamper: (leaves) => leaves.with(300, encodeLeaf({ ...leafAt(300), seq: 299 })),
      tells: [
        ['edited', 300, 300],
        ['sequence', 300, 300],
        ['sequence', 301, 301],
      ],
    },
  ];

/** Only the bundles say what the tamperer wants; every bundle keeps its place and width. */
function writeEntriesInPlace(leaves: string[], size: number): void {
  const bundleAt = (leaf: number) => Math.min(Math.floor(leaf / 256), Math.ceil(size / 256) - 1);
  const extra = leaves.length - size;
  const bundles = leaves.reduce<string[][]>((all, leaf, at) => {
    const from = at > 300 ? at - extra : at;
    (all[bundleAt(Math.min(Math.max(from, 0), size - 1))] ??= []).push(leaf);
    return all;
  }, []);
  for (const [index, bundle] of bundles.entries()) {
    const width = Math.min(256, size - index * 256);
    const name = `tile/entries/${String(index).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`;
    const bytes = Buffer.concat(
      bundle.flatMap((leaf) => {
        const entry = Buffer.from(leaf);
        const length = Buffer.alloc(2);
        length.writeUInt16BE(entry.length);
        return [length, entry];
      }),
    );
    writeFiles(folder, [{ path: name, bytes }]);
  }
}

const told = (problems: { code: string; from?: number; to?: number }[]) =>
  problems.map(({ code, from, to }) => [code, from, to]);

describe('a sound log', () => {
  test.each(SIZES)('of %i leaves', async (size) => {
    writeLog(folder, honestLog(size), keys);
    const { code, report } = await verifyLog(folder);
    expect(report).toMatchObject({ ok: true, size, problems: [] });
    expect(code).toBe(0);
  });

  test('that is empty', async () => {
    writeLog(folder, [], keys);
    expect(await verifyLog(folder)).toMatchObject({ code: 0, report: { ok: true, size: 0 } });
  });

  test('that has grown past its checkpoint since, as between two writes of the server', async () => {
    writeLog(folder, honestLog(300), keys);
    writeFiles(folder, filesOf(honestLog(520)).files);
    expect(await verifyLog(folder)).toMatchObject({ code: 0, report: { size: 300 } });
  });

  test('continues every earlier checkpoint, cosigned ones too', async () => {
    const leaves = honestLog(300);
    writeLog(folder, leaves, keys);
    const kept = join(tempDir(), 'kept');
    for (const size of [0, 1, 255, 256, 257, 300]) {
      const witness = `— witness.example/w ${Buffer.alloc(76, 5).toString('base64')}\n`;
      writeFileSync(kept, signedCheckpoint(leaves.slice(0, size), keys) + witness);
      expect((await verifyLog(folder, '--checkpoint', kept)).code).toBe(0);
    }
  });

  test('is told in words, with the key it was checked with', async () => {
    writeLog(folder, honestLog(9), keys);
    const own = await runVerifyLog(folder);
    expect(own.output).toContain('SOUND: exam.school.example/ledger, 9 leaves from 2026-03-01T07:00:00.000Z');
    expect(own.output).toContain('key in the folder itself');
    const given = await runVerifyLog(folder, '--vkey', formatVerifierKey(keys.key));
    expect(given.output).toContain('key that was given');
  });
});

describe('tampering with the entries alone names the leaf', () => {
  test.each(TAMPERINGS)('$name', async ({ tamper, tells }) => {
    const leaves = honestLog(700);
    writeLog(folder, leaves, keys);
    writeEntriesInPlace(tamper(leaves), 700);
    const { code, report } = await verifyLog(folder);
    expect(told(report.problems)).toEqual(tells);
    expect(code).toBe(1);
  });

  test('in words too', async () => {
    const leaves = honestLog(700);
    writeLog(folder, leaves, keys);
    writeEntriesInPlace(leaves.with(300, encodeLeaf(leafAt(300, { role: 'admin' }))), 700);
    const { output } = await runVerifyLog(folder);
    expect(output).toContain('NOT SOUND');
    expect(output).toContain('- Leaf 300: its text is not the one that was hashed into the log: edited');
  });
});

describe('tampering with entries and tiles names the range', () => {
  test.each(TAMPERINGS)('$name, lowest tiles rewritten', async ({ tamper }) => {
    const leaves = honestLog(700);
    writeLog(folder, leaves, keys);
    const changed = tamper(leaves);
    const lower = filesOf(changed).files.filter(({ path }) => !path.startsWith('tile/1'));
    rmSync(join(folder, 'tile/0'), { recursive: true });
    rmSync(join(folder, 'tile/entries'), { recursive: true });
    writeFiles(folder, lower);
    const { code, report } = await verifyLog(folder);
    expect(code).toBe(1);
    expect(told(report.problems)).toContainEqual(['tiles', 256, 511]);
    expect(told(report.problems)).not.toContainEqual(['tiles', 0, 255]);
  });

  test.each(TAMPERINGS)('$name, all tiles rewritten', async ({ tamper }) => {
    const leaves = honestLog(700);
    writeLog(folder, leaves, keys);
    const changed = tamper(leaves);
    rmSync(join(folder, 'tile'), { recursive: true });
    writeFiles(folder, filesOf(changed).files);
    const { code, report } = await verifyLog(folder);
    expect(code).toBe(1);
    const whole = changed.length < 700 ? ['short', changed.length, 699] : ['root', 0, 699];
    expect(told(report.problems)).toContainEqual(whole);
  });

  test('which an earlier checkpoint narrows', async () => {
    const leaves = honestLog(700);
    writeLog(folder, leaves, keys);
    const kept = join(tempDir(), 'kept');
    writeFileSync(kept, signedCheckpoint(leaves.slice(0, 290), keys));
    writeFiles(folder, filesOf(TAMPERINGS[0]!.tamper(leaves)).files);
    const { report } = await verifyLog(folder, '--checkpoint', kept);
    expect(told(report.problems)).toEqual([['root', 290, 699]]);
  });
});

describe('tampering with the signing key in hand', () => {
  test.each(TAMPERINGS)(
    '$name, everything signed anew: a checkpoint kept earlier tells',
    async ({ tamper }) => {
      const leaves = honestLog(700);
      const kept = join(tempDir(), 'kept');
      writeFileSync(kept, signedCheckpoint(leaves.slice(0, 400), keys));
      const changed = tamper(leaves);
      const again = renumbered(changed);
      writeLog(folder, again.join() === leaves.join() ? changed : again, keys);
      const { code, report } = await verifyLog(folder, '--checkpoint', kept);
      expect(code).toBe(1);
      expect(told(report.problems)).toContainEqual(['inconsistent', 0, 399]);
    },
    60_000,
  );

  test.each(
    TAMPERINGS.filter(({ tells }) => tells.some(([code]) => code !== 'edited' && code !== 'removed')),
  )('$name, signed anew but not renumbered: the leaves themselves tell', async ({ tamper, tells }) => {
    writeLog(folder, tamper(honestLog(700)), keys);
    const own = tells.filter(([code]) => ['sequence', 'time', 'leaf'].includes(code));
    const { code, report } = await verifyLog(folder);
    expect(code).toBe(1);
    expect(told(report.problems)).toEqual(own);
  });
});

describe('a log that was cut', () => {
  test('below its checkpoint', async () => {
    writeLog(folder, honestLog(700), keys);
    rmSync(join(folder, 'tile'), { recursive: true });
    writeFiles(folder, filesOf(honestLog(650)).files);
    const { code, report } = await verifyLog(folder);
    expect(code).toBe(1);
    expect(told(report.problems)).toEqual([['short', 650, 699]]);
    expect(report.problems[0]!.message).toContain('shorter than its checkpoint: 650 leaves of 700');
  });

  test('below a checkpoint given', async () => {
    const kept = join(tempDir(), 'kept');
    writeFileSync(kept, signedCheckpoint(honestLog(700), keys));
    writeLog(folder, honestLog(650), keys);
    const { code, report } = await verifyLog(folder, '--checkpoint', kept);
    expect(code).toBe(1);
    expect(report.problems).toEqual([
      {
        code: 'short',
        message: 'The log is shorter than the checkpoint given: 650 leaves, not 700.',
      },
    ]);
  });

  test.each([
    'tile/0/001',
    'tile/1/000.p/2',
    'tile/entries/001',
    'tile/0/002.p/188',
    'tile/entries/002.p/188',
  ])('by the file %s', async (path) => {
    writeLog(folder, honestLog(700), keys);
    rmSync(join(folder, path));
    expect((await verifyLog(folder)).code).toBe(1);
  });

  test('inside a bundle', async () => {
    writeLog(folder, honestLog(9), keys);
    const path = join(folder, 'tile/entries/000.p/9');
    writeFileSync(path, readFileSync(path).subarray(0, -1));
    const { report } = await verifyLog(folder);
    expect(told(report.problems)).toEqual([['removed', 8, 8]]);
  });
});

describe('partial tiles of earlier checkpoints', () => {
  beforeEach(() => {
    for (const size of [3, 7, 300]) writeFiles(folder, filesOf(honestLog(size)).files);
    const { files } = filesOf(honestLog(305));
    writeLog(join(folder, 'current'), honestLog(305), keys);
    for (const name of ['vkey', 'checkpoint']) {
      writeFileSync(join(folder, name), readFileSync(join(folder, 'current', name)));
    }
    writeFiles(folder, files);
  });

  test('are sound as they were left', async () => {
    expect(await verifyLog(folder)).toMatchObject({ code: 0, report: { size: 305 } });
  });

  test.each(['entries/000.p/3', '0/000.p/7', 'entries/001.p/44'])('are checked too: %s', async (path) => {
    const file = join(folder, 'tile', path);
    const bytes = readFileSync(file);
    bytes[20]! ^= 1;
    writeFileSync(file, bytes);
    const { code, report } = await verifyLog(folder);
    expect([code, report.problems[0]!.code]).toEqual([1, 'partial']);
  });
});

describe('keys and signatures', () => {
  test('every changed byte of every file is noticed', async () => {
    writeLog(folder, honestLog(3), keys);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    expect(files).toHaveLength(4);
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      const sound = readFileSync(path);
      const last = file.name === 'vkey' ? sound.length - 1 : sound.length;
      for (let at = 0; at < last; at++) {
        const changed = Buffer.from(sound);
        changed[at]! ^= 1;
        writeFileSync(path, changed);
        expect((await runVerifyLog(folder)).code, `${file.name} byte ${at}`).toBe(1);
      }
      writeFileSync(path, sound);
    }
    expect((await runVerifyLog(folder)).code).toBe(0);
  });

  test('a checkpoint signed by another key of the same name is refused', async () => {
    writeLog(folder, honestLog(9), keys);
    writeFileSync(join(folder, 'checkpoint'), signedCheckpoint(honestLog(9), newKeys()));
    const { code, report } = await verifyLog(folder);
    expect([code, report.problems[0]!.code]).toEqual([1, 'checkpoint']);
  });

  test('a folder whose key was exchanged with the log does not fool a given key', async () => {
    const forged = newKeys();
    writeLog(folder, honestLog(9), forged);
    expect((await verifyLog(folder)).code).toBe(0);
    expect((await verifyLog(folder, '--vkey', formatVerifierKey(keys.key))).code).toBe(1);
  });

  test('a checkpoint given that another log or key signed does not hold', async () => {
    writeLog(folder, honestLog(9), keys);
    const kept = join(tempDir(), 'kept');
    for (const other of [newKeys(), newKeys('another.example/log')]) {
      writeFileSync(kept, signedCheckpoint(honestLog(9), other));
      const { code, report } = await verifyLog(folder, '--checkpoint', kept);
      expect([code, report.problems[0]!.code]).toEqual([1, 'earlier']);
    }
  });

  test('a folder without checkpoint or key is not sound', async () => {
    writeLog(folder, honestLog(9), keys);
    rmSync(join(folder, 'checkpoint'));
    expect((await verifyLog(folder)).report.problems[0]!.code).toBe('checkpoint');
    rmSync(join(folder, 'vkey'));
    expect(await verifyLog(folder)).toMatchObject({ code: 1, report: { problems: [{ code: 'key' }] } });
  });
});

describe('wrong use', () => {
  test.each([
    ['no folder', []],
    ['two folders', ['a', 'b']],
    ['an unknown option', ['.', '--quick']],
    ['an option without its value', ['.', '--checkpoint']],
    ['a folder that is not there', ['no-such-folder']],
    ['a checkpoint file that is not there', ['.', '--checkpoint', 'no-such-file']],
    ['a key that is none', ['.', '--vkey', 'abc']],
  ])('%s leaves with 2 and shows how', async (_name, argv) => {
    const { code, output } = await runVerifyLog(...argv);
    expect(code).toBe(2);
    expect(output).toContain('Usage: niem verify-log FOLDER');
  });

  test('--help is no wrong use', async () => {
    expect(await runVerifyLog('--help')).toMatchObject({ code: 0 });
  });
});

test('the verifier imports nothing but node: and itself, in fewer than 500 lines', () => {
  const folder = new URL('../../scripts/verify/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.startsWith('verify-log') && name.endsWith('.ts'));
  const sources = files.map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const imported = sources.flatMap((text) => [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1]!));
  expect(imported.every((name) => name.startsWith('node:') || name.startsWith('./verify-log-'))).toBe(true);
  expect(sources.join('').split('\n').length).toBeLessThan(500);
});
