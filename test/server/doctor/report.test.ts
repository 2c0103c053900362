import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  openReport,
  openReportKeeper,
  readLastReport,
  readReportKey,
  readStanding,
  standingOf,
  verdictOf,
} from '#server/doctor';
import { createFileKeyProvider } from '#server/keys';
import { tempDir } from '../../support/temp-dir.ts';
import { passingReport, resultOf } from './reports.ts';

async function newInstallation() {
  const dir = tempDir();
  const keyFile = { path: join(dir, 'keys', 'keys.json'), dataFolder: join(dir, 'data') };
  return { path: join(dir, 'keys', 'database-report.json'), provider: await createFileKeyProvider(keyFile) };
}

describe('the verdict of a report', () => {
  it('is passed only when every part was tried and nothing failed or was skipped', () => {
    const { results } = passingReport();
    expect(verdictOf({ results })).toBe('passed');
    expect(verdictOf({ results: [...results, resultOf('skipped')] })).toBe('incomplete');
    expect(verdictOf({ results: [...results, resultOf('skipped'), resultOf('failed')] })).toBe('failed');
    expect(verdictOf({ results: results.slice(0, -1) })).toBe('incomplete');
    expect(verdictOf({ results: [] })).toBe('incomplete');
  });
});

describe('a signed report', () => {
  it('opens with the key that signed it and with no other', async () => {
    const own = await newInstallation();
    const other = await newInstallation();
    const keeper = await openReportKeeper(own.path, own.provider);
    const stranger = await openReportKeeper(other.path, other.provider);
    const jws = await keeper.sign(passingReport());
    expect(await openReport(`${jws}\n`, keeper.key)).toEqual(passingReport());
    expect(await openReport(jws, stranger.key)).toBeNull();
    expect(await openReport(jws, 'no key')).toBeNull();
  });

  it('does not open once anything in it was changed', async () => {
    const { path, provider } = await newInstallation();
    const keeper = await openReportKeeper(path, provider);
    const failed = passingReport({ results: [resultOf('failed')] });
    const [header = '', , signature = ''] = (await keeper.sign(failed)).split('.');
    const better = Buffer.from(JSON.stringify(passingReport())).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const forged of [`${header}.${better}.${signature}`, `${unsigned}.${better}.`, 'nonsense', '']) {
      expect(await openReport(forged, keeper.key)).toBeNull();
    }
  });

  it('is kept as the last one, under the same key after a new start', async () => {
    const { path, provider } = await newInstallation();
    expect(await readLastReport(path, provider)).toBeNull();
    expect(await readReportKey(path, provider)).toBeNull();
    const keeper = await openReportKeeper(path, provider);
    expect(await readLastReport(path, provider)).toBeNull();
    for (const niem of ['1.0.0', '1.0.1']) await keeper.keep(await keeper.sign(passingReport({ niem })));
    expect((await readLastReport(path, provider))?.niem).toBe('1.0.1');
    expect((await openReportKeeper(path, provider)).key).toBe(keeper.key);
    expect(await readReportKey(path, provider)).toBe(keeper.key);
  });

  it('is refused as the last one when somebody else signed it, or the file is damaged', async () => {
    const own = await newInstallation();
    const other = await newInstallation();
    const keeper = await openReportKeeper(own.path, own.provider);
    const stranger = await openReportKeeper(other.path, other.provider);
    await keeper.keep(await stranger.sign(passingReport()));
    await expect(readLastReport(own.path, own.provider)).rejects.toThrow(/not as this installation signed/);
    await writeFile(own.path, (await readFile(own.path, 'utf8')).slice(1));
    await expect(readLastReport(own.path, own.provider)).rejects.toThrow(/damaged/);
  });
});

describe('what is known of a database', () => {
  const { database, results } = passingReport();
  const { dataMembers: members, ...facts } = database;
  const topology = { ...facts, members };

  it('is good only for a passing report of this very database and version', () => {
    expect(standingOf(passingReport(), topology)).toEqual({
      isGood: true,
      says: 'This database passed "niem doctor" on 2026-01-05.',
    });
    const poor = [
      standingOf(null, topology),
      standingOf(passingReport(), { ...topology, hosts: topology.hosts.slice(1) }),
      standingOf(passingReport(), { ...topology, setName: 'rs1' }),
      standingOf(passingReport({ results: [...results, resultOf('skipped')] }), topology),
      standingOf(passingReport(), { ...topology, version: '9.0.0' }),
    ];
    expect(poor.map(({ isGood }) => isGood)).toEqual(poor.map(() => false));
    expect(poor.map(({ says }) => says)).toEqual([
      expect.stringContaining('No report'),
      expect.stringContaining('another database'),
      expect.stringContaining('another database'),
      expect.stringContaining('incomplete'),
      expect.stringContaining('as MongoDB 8.0.4; it is 9.0.0 now'),
    ]);
  });

  it('comes from the report that is kept at that moment, if this installation signed it', async () => {
    const { path, provider } = await newInstallation();
    const other = await newInstallation();
    const isGood = async () => (await readStanding(path, provider, topology)).isGood;
    const keeper = await openReportKeeper(path, provider);
    const stranger = await openReportKeeper(other.path, other.provider);
    expect(await isGood()).toBe(false);
    await keeper.keep(await stranger.sign(passingReport()));
    expect(await isGood()).toBe(false);
    await keeper.keep(await keeper.sign(passingReport()));
    expect(await isGood()).toBe(true);
    await writeFile(path, 'damaged');
    expect(await isGood()).toBe(false);
  });
});
