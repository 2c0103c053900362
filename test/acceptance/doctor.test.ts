import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { expect, test } from 'vitest';
import { PARTS, type Report } from '#server/doctor';
import { niem } from '../../scripts/process/niem.ts';
import { testServer } from '../support/mongo-server.ts';
import { freshPlace } from '../support/server.ts';
import { tempDir } from '../support/temp-dir.ts';

const NO_SERVER = 'NIEM_TEST_DATABASE_URL names no server';
const MINUTES = 60_000;
const newScratch = () => `niem_doctor_test_${randomBytes(4).toString('hex')}`;

interface Told {
  verdict: string;
  key: string;
  report: Report;
}

test(
  'the doctor tries every case, says what it could not try, drops its databases and signs a report that is kept',
  { timeout: 5 * MINUTES },
  async (ctx) => {
    if (!testServer) return ctx.skip(NO_SERVER);
    const { env } = freshPlace();
    const out = join(tempDir(), 'report.jws');
    const scratch = newScratch();
    const run = await niem(
      ['doctor', '--database', testServer, '--scratch', scratch, '--keep-primary', '--out', out, '--json'],
      env,
    );
    const { verdict, key, report } = JSON.parse(run.stdout) as Told;
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(verdict).toBe('incomplete');
    expect(report.results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(new Set(report.results.map(({ part }) => part))).toEqual(new Set(PARTS));
    const skipped = report.results.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped.find(({ part }) => part === 'primary')?.reason).toContain('--keep-primary');
    expect(skipped).toHaveLength(report.database.transactions ? 1 : 5);
    expect(report.left).toEqual([]);
    expect(await databasesOf(testServer, scratch)).toEqual([]);

    const own = await niem(['doctor', '--verify', out], env);
    expect(own).toMatchObject({ code: 1, stderr: '' });
    expect(own.stdout).toContain(`signed with the key ${key}`);
    const named = await niem(['doctor', '--verify', out, '--key', key, '--json'], freshPlace().env);
    expect(JSON.parse(named.stdout)).toEqual({ verdict, genuine: true, key, report });
    const stranger = await niem(['doctor', '--verify', out, '--key', 'A'.repeat(43)], env);
    expect(stranger).toMatchObject({ code: 1, stdout: '' });
    expect(stranger.stderr).toContain('not genuine');
    const kept = JSON.parse(
      await readFile(join(env['NIEM_KEY_FILE'] ?? '', '..', 'database-report.json'), 'utf8'),
    );
    expect(kept).toMatchObject({ report: (await readFile(out, 'utf8')).trim() });
  },
);

test('the doctor refuses throwaway databases that are not empty, and leaves them alone', async (ctx) => {
  if (!testServer) return ctx.skip(NO_SERVER);
  const scratch = newScratch();
  const client = await mongo.MongoClient.connect(testServer);
  try {
    const somebodys = client.db(`${scratch}_7`);
    await somebodys.collection('precious').insertOne({ n: 1 });
    const run = await niem(['doctor', '--database', testServer, '--scratch', scratch], freshPlace().env);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`not empty: ${scratch}_7`);
    expect(await somebodys.collection('precious').countDocuments()).toBe(1);
    await somebodys.dropDatabase();
  } finally {
    await client.close();
  }
});

test('a database that does not answer is told with what to do, and its password is not', async () => {
  const url = 'mongodb://user:hidden-word@127.0.0.1:1/niem?serverSelectionTimeoutMS=200';
  const { code, stderr } = await niem(['doctor', '--database', url], freshPlace().env);
  expect(code).toBe(1);
  expect(stderr).toContain('Check that the server runs and has a primary');
  expect(stderr).not.toContain('hidden-word');
});

test('a key that begins with a hyphen is a key', async () => {
  const file = join(tempDir(), 'report.jws');
  await writeFile(file, 'a.b.c');
  const { env } = freshPlace();
  const checked = await niem(['doctor', '--verify', file, '--key', `-${'A'.repeat(42)}`, '--json'], env);
  expect(checked.code).toBe(1);
  expect(checked.stderr).toContain('not genuine');
});

test('wrong usage is refused with 2, and --help tells the options', async () => {
  const { env } = freshPlace();
  const wrong = [
    ['doctor'],
    ['doctor', '--database', 'https://example.org'],
    ['doctor', '--database', 'mongodb://127.0.0.1:1', '--scratch', 'No.Name'],
    ['doctor', '--verify', 'nothing.jws'],
    ['doctor', '--quickly'],
  ];
  for (const args of wrong) expect(await niem(args, env)).toMatchObject({ code: 2, stdout: '' });
  const help = await niem(['doctor', '--help'], env);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('--keep-primary');
});

async function databasesOf(url: string, scratch: string): Promise<string[]> {
  const client = await mongo.MongoClient.connect(url);
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
  await client.close();
  return databases.map(({ name }) => name).filter((name) => name.startsWith(scratch));
}
