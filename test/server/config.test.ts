import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localCertificate } from '#server/http';
import { ConfigError, readConfig } from '../../server/config.ts';
import { tempDir } from '../support/temp.ts';

function problemsOf(env: Record<string, string>, lan = false): readonly string[] {
  try {
    readConfig(env, { lan });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('settings', () => {
  test('an empty environment is a first try on loopback, keys away from the data', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, tls: null, databaseUrl: null });
    expect(config.keyFile.startsWith(config.dataDir)).toBe(false);
  });

  test('every mistake is told at once, a sentence each', () => {
    const problems = problemsOf({
      NIEM_PORT: '80 80',
      NIEM_DATA: '/srv/niem',
      NIEM_KEY_FILE: '/srv/niem/keys.json',
      NIEM_DATABASE_URL: 'postgres://x',
      NIEM_TLS_CERT: '/nowhere.pem',
      NIEM_PUBLIC_URL: 'thi.truong',
      NIEM_LOG_LEVEL: 'loud',
      NIEM_PROT: '1',
    });
    for (const name of ['PORT', 'KEY_FILE', 'DATABASE_URL', 'TLS_CERT', 'PUBLIC_URL', 'LOG_LEVEL', 'PROT']) {
      expect(problems.filter((problem) => problem.includes(`NIEM_${name} `))).toHaveLength(1);
    }
  });

  test('rates are as a page needs them, and each can be set by itself', () => {
    const standard = {
      join: { perSecond: 1, burst: 10 },
      save: { perSecond: 10, burst: 50 },
      next: { perSecond: 2, burst: 60 },
      chunk: { perSecond: 10, burst: 100 },
      play: { perSecond: 2, burst: 60 },
    };
    expect(readConfig({}).rates).toMatchObject(standard);
    const set = readConfig({ NIEM_CANDIDATE_RATES: 'save=500/1000, submit=1/1, play=4/9' }).rates;
    expect(set).toEqual({
      ...standard,
      save: { perSecond: 500, burst: 1000 },
      submit: { perSecond: 1, burst: 1 },
      play: { perSecond: 4, burst: 9 },
    });
    for (const wrong of ['save=0/1', 'save', 'look=1/1', 'save=1', 'save=-1/5']) {
      expect(problemsOf({ NIEM_CANDIDATE_RATES: wrong })).toEqual([expect.stringContaining(`"${wrong}"`)]);
    }
  });

  test('limits are generous, and each can be set by itself', () => {
    const standard = { person: 3000, address: 20_000, jobs: 4, devices: 200 };
    expect(readConfig({}).limits).toEqual(standard);
    expect(readConfig({ NIEM_LIMITS: 'jobs=8, person=60' }).limits).toEqual({
      ...standard,
      jobs: 8,
      person: 60,
    });
    for (const wrong of ['jobs=0', 'jobs', 'jobs=two', 'look=1', 'jobs=-1', '__proto__=1']) {
      expect(problemsOf({ NIEM_LIMITS: wrong })).toEqual([expect.stringContaining(`"${wrong}"`)]);
    }
  });

  test('plain HTTP is served on loopback only', () => {
    expect(problemsOf({ NIEM_HOST: '0.0.0.0' })).toEqual([expect.stringContaining('no encryption')]);
    expect(problemsOf({ NIEM_HOST: '192.0.2.7' })).toHaveLength(1);
    expect(problemsOf({ NIEM_HOST: '::1' })).toEqual([]);
    expect(problemsOf({}, true)).toEqual([]);
    const proxied = { NIEM_HOST: '10.0.0.2', NIEM_TRUSTED_PROXY: '10.0.0.1' };
    expect(problemsOf(proxied)).toEqual([expect.stringContaining('NIEM_PUBLIC_URL')]);
    expect(problemsOf({ ...proxied, NIEM_PUBLIC_URL: 'https://thi.truong.example' })).toEqual([]);
    expect(problemsOf({ ...proxied, NIEM_PUBLIC_URL: 'http://thi.truong.example' })).toHaveLength(1);
  });

  test('certificate files are read, and only together', async () => {
    const { cert, key } = await localCertificate(join(tempDir(), 'authority.json'));
    const env = { NIEM_HOST: '0.0.0.0', ...certificateFiles(cert, key) };
    expect(readConfig(env).tls).toEqual({ cert, key });
    expect(problemsOf({ NIEM_TLS_CERT: env.NIEM_TLS_CERT })).toEqual([
      expect.stringContaining('belong together'),
    ]);
  });

  test('the key of another certificate is told', async () => {
    const { cert } = await localCertificate(join(tempDir(), 'authority.json'));
    const { key } = await localCertificate(join(tempDir(), 'authority.json'));
    expect(problemsOf(certificateFiles(cert, key))).toEqual([expect.stringContaining('belongs to it')]);
  });

  test.each([
    ['10.0.0.1', 0],
    ['10.0.0.0/8, ::1, fd00::/8', 0],
    ['10.0.0.0/33', 1],
    ['10.0.0.0/0', 1],
    ['10.0.0.0/8/8', 1],
    ['proxy.truong.example', 1],
  ])('proxies are addresses or networks: %s', (proxies, mistakes) => {
    const env = { NIEM_TRUSTED_PROXY: proxies, NIEM_PUBLIC_URL: 'https://thi.truong.example' };
    expect(problemsOf(env)).toHaveLength(mistakes);
  });
});

function certificateFiles(cert: string, key: string) {
  const dir = tempDir();
  const files = { NIEM_TLS_CERT: join(dir, 'c.pem'), NIEM_TLS_KEY: join(dir, 'k.pem') };
  writeFileSync(files.NIEM_TLS_CERT, cert);
  writeFileSync(files.NIEM_TLS_KEY, key, { mode: 0o600 });
  return files;
}
