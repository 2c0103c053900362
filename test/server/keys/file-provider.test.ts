import { chmod, mkdir, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { randomKey } from '#bank/vault';
import { createFileKeyProvider } from '#server/keys';
import { tempDir } from '../../support/temp.ts';

const posix = process.platform !== 'win32';

let folder: string;
let path: string;
let dataFolder: string;
beforeEach(() => {
  folder = tempDir();
  path = join(folder, 'config', 'keys.json');
  dataFolder = join(folder, 'data');
});

const open = (passphrase?: string) =>
  createFileKeyProvider({ path, dataFolder, ...(passphrase !== undefined && { passphrase }) });
const exists = (path: string) => stat(path).then(Boolean, () => false);
const rewrite = async (change: (text: string) => string) => {
  const text = await readFile(path, 'utf8');
  await rm(path);
  await writeFile(path, change(text), { mode: 0o400 });
};

describe('the file', () => {
  test('appears with the first wrap, closed to others, and is read again', async () => {
    const provider = await open();
    expect(await exists(path)).toBe(false);
    const key = randomKey();
    const wrapped = await provider.wrap('line.1', key);
    expect(await (await open()).unwrap('line.1', wrapped)).toEqual(key);
    expect(await readdir(join(folder, 'config'))).toEqual(['keys.json']);
    const file = JSON.parse(await readFile(path, 'utf8'));
    expect(file).toMatchObject({ format: 'niem-keys/1', keys: [{ kty: 'oct', kid: wrapped.root }] });
  });

  test.runIf(posix)('has mode 0400 in a folder of mode 0700', async () => {
    await (await open()).wrap('x', randomKey());
    expect((await stat(path)).mode & 0o777).toBe(0o400);
    expect((await stat(join(folder, 'config'))).mode & 0o777).toBe(0o700);
  });

  test('two first starts at the same moment end with one file that both use', async () => {
    const providers = await Promise.all(Array.from({ length: 8 }, () => open()));
    const key = randomKey();
    const wrapped = await Promise.all(providers.map((provider) => provider.wrap('x', key)));
    expect(new Set(wrapped.map((value) => value.root)).size).toBe(1);
    for (const value of wrapped) expect(await providers[0]!.unwrap('x', value)).toEqual(key);
    expect(await readdir(join(folder, 'config'))).toEqual(['keys.json']);
  });

  test('a key wrapped for one context does not unwrap for another', async () => {
    const provider = await open();
    const wrapped = await provider.wrap('bank/b/content.1', randomKey());
    await expect(provider.unwrap('bank/b/marking.1', wrapped)).rejects.toMatchObject({ code: 'crypto' });
  });

  test('further keys in the file unwrap, the first one wraps', async () => {
    const old = await (await open()).wrap('x', randomKey());
    const spare = { kty: 'oct', kid: 'new', k: Buffer.from(randomKey()).toString('base64url') };
    await rewrite((text) => {
      const file = JSON.parse(text);
      return JSON.stringify({ ...file, keys: [spare, ...file.keys] });
    });
    const provider = await open();
    expect((await provider.wrap('x', randomKey())).root).toBe('new');
    expect(await provider.unwrap('x', old)).toHaveLength(32);
  });
});

describe('refuses, saying what to do', () => {
  test.runIf(posix).each([0o440, 0o404, 0o644, 0o460, 0o401])('a file of mode %o', async (mode) => {
    await (await open()).wrap('x', randomKey());
    await chmod(path, mode);
    await expect(open()).rejects.toMatchObject({
      code: 'key-file-exposed',
      message: expect.stringContaining(`chmod 400 '${path}'`),
    });
  });

  test.each(['keys.json', 'deep/er/keys.json'])('a file inside the data folder: %s', async (name) => {
    path = join(dataFolder, name);
    await expect(open()).rejects.toMatchObject({
      code: 'key-file-inside-data',
      message: expect.stringContaining('NIEM_KEY_FILE'),
    });
  });

  test.runIf(posix)('a link that leads into the data folder', async () => {
    await mkdir(dataFolder);
    await symlink(dataFolder, join(folder, 'config'));
    await expect(open()).rejects.toMatchObject({ code: 'key-file-inside-data' });
  });

  test('a file beside the data folder whose name begins alike is fine', async () => {
    path = join(folder, 'data-keys.json');
    await expect(open()).resolves.toBeDefined();
  });

  test.each([
    ['', 'empty'],
    ['{"format":"niem-keys/1","keys":[]}', 'without keys'],
    ['{"format":"niem-keys/1","keys":[{"kty":"oct","kid":"a","k":"short"}]}', 'with a short key'],
    ['[1,2', 'cut off'],
  ])('a damaged file: %s', async (text) => {
    await mkdir(join(folder, 'config'));
    await writeFile(path, text, { mode: 0o400 });
    await expect(open()).rejects.toMatchObject({
      code: 'key-file-damaged',
      message: expect.stringContaining(path),
    });
  });

  test('a path that is a folder', async () => {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await expect(open()).rejects.toMatchObject({
      code: 'key-file-io',
      message: expect.stringContaining('NIEM_KEY_FILE'),
    });
  });

  test('a configuration folder that cannot be made', async () => {
    await writeFile(join(folder, 'config'), 'a file in its place');
    await expect(open().then((provider) => provider.wrap('x', randomKey()))).rejects.toMatchObject({
      code: 'key-file-io',
    });
  });
});

describe('passphrase', () => {
  const passphrase = 'mật khẩu của trường';

  test('protects the file and opens it, in composed and decomposed letters', async () => {
    const key = randomKey();
    const wrapped = await (await open(passphrase)).wrap('x', key);
    expect(await readFile(path, 'utf8')).not.toContain('"k"');
    expect(await (await open(passphrase.normalize('NFD'))).unwrap('x', wrapped)).toEqual(key);
  });

  test('that is wrong, missing or superfluous is told apart, without a word of it', async () => {
    await (await open(passphrase)).wrap('x', randomKey());
    const wrong = await open('sai mật khẩu').catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'key-passphrase-wrong' });
    expect(String(wrong)).not.toContain('sai');
    await expect(open()).rejects.toMatchObject({ code: 'key-passphrase-missing' });
    await rm(path);
    await (await open()).wrap('x', randomKey());
    await expect(open(passphrase)).rejects.toMatchObject({ code: 'key-passphrase-unused' });
  });

  test('parameters that would weaken it or exhaust the memory are refused', async () => {
    await (await open(passphrase)).wrap('x', randomKey());
    await rewrite((text) => text.replace('65536', '8'));
    await expect(open(passphrase)).rejects.toMatchObject({ code: 'key-file-damaged' });
    await rewrite((text) => text.replace('"memoryKiB": 8', '"memoryKiB": 99999999'));
    await expect(open(passphrase)).rejects.toMatchObject({ code: 'key-file-damaged' });
  });
});
