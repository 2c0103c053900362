import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BoxContext } from '#bank/protocol';
import { CryptoError } from '#bank/vault';
import { createFileKeyProvider, createKeyring, LineRefused } from '#server/keys';
import type { Store } from '#server/storage';
import { openTempStore, tempDir } from '../../support/temp.ts';

const context: BoxContext = { type: 'item', tenant: 'main', object: 'i1', version: 1, field: 'content' };
const secret = new TextEncoder().encode('vận tốc tức thời');
const line = 'bank/b1/content';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = tempDir();
  store = await openTempStore();
});

const open = async (name = 'keys.json') =>
  createKeyring({
    provider: await createFileKeyProvider({ path: join(folder, name), dataFolder: join(folder, 'data') }),
    store,
  });

describe('seal and open', () => {
  test('what was sealed opens, after a restart too', async () => {
    const sealed = await (await open()).seal(line, context, secret);
    expect(sealed.key).toHaveLength(40);
    expect(await (await open()).open(line, context, sealed)).toEqual(secret);
  });

  test('every value has its own data key', async () => {
    const keyring = await open();
    const [a, b] = [await keyring.seal(line, context, secret), await keyring.seal(line, context, secret)];
    expect(a.key.equals(b.key)).toBe(false);
    await expect(keyring.open(line, context, { ...a, key: b.key })).rejects.toThrow(new CryptoError());
  });

  test('another line, context or key id opens nothing, and all failures are one', async () => {
    const keyring = await open();
    const sealed = await keyring.seal(line, context, secret);
    const other = await keyring.seal('bank/b1/marking', context, secret);
    const attempts = [
      () => keyring.open('bank/b1/marking', context, sealed),
      () => keyring.open('bank/b1', context, { ...sealed, kid: 'bank/b1/content.1' }),
      () => keyring.open(line, { ...context, object: 'i2' }, sealed),
      () => keyring.open(line, context, { ...sealed, kid: other.kid }),
      () => keyring.open(line, context, { ...sealed, kid: `${line}.2` }),
      () => keyring.open(line, context, { ...sealed, kid: `${line}.01` }),
      () => keyring.open(line, context, { ...sealed, box: other.box }),
      () => keyring.open(line, context, { ...other, kid: sealed.kid }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(new CryptoError());
  });

  test('a wrapped line key that is moved to another line opens nothing there', async () => {
    const marking = await (await open()).seal('bank/b1/marking', context, secret);
    await (await open()).seal(line, context, secret);
    const [content, foreign] = await store.getMany('keys', [`${line}.1`, 'bank/b1/marking.1']);
    const { v, ...doc } = content!;
    const moved = { ...doc, wrapped: foreign!.wrapped! };
    await store.commit([{ op: 'replace', in: 'keys', doc: moved, ifVersion: v }]);
    const asContent = { ...marking, kid: `${line}.1` };
    await expect((await open()).open(line, context, asContent)).rejects.toThrow(new CryptoError());
  });

  test('no plaintext and no usable key lies in the Store', async () => {
    await (await open()).seal(line, context, secret);
    const doc = (await store.get('keys', `${line}.1`))!;
    expect(doc.wrapped).toHaveLength(40);
    expect(Object.keys(doc).sort()).toEqual(['_id', 'generation', 'line', 'root', 'state', 'v', 'wrapped']);
  });
});

describe('first use', () => {
  test('of one line by many callers of two processes gives one key', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    const sealed = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).seal(line, context, secret)),
    );
    expect(new Set(sealed.map((value) => value.kid))).toEqual(new Set([`${line}.1`]));
    for (const value of sealed) {
      expect(await one.open(line, context, value)).toEqual(secret);
      expect(await two.open(line, context, value)).toEqual(secret);
    }
  });

  test.each(['', '/', 'a//b', 'bank/*/content', 'bank/b.1', 'bank/b1/', `x${'/x'.repeat(100)}`])(
    'of a line named %j is refused',
    async (name) => {
      await expect((await open()).seal(name, context, secret)).rejects.toThrow(RangeError);
    },
  );
});

describe('derived keys', () => {
  test('depend on line and purpose only, and outlive restart and rotation', async () => {
    const keyring = await open();
    const derive = (line: string, purpose: string) => keyring.derive(line, purpose);
    const first = await derive('identity', 'student-code');
    expect(first).toHaveLength(32);
    expect(await derive('identity', 'mail')).not.toEqual(first);
    expect(await derive('ledger', 'student-code')).not.toEqual(first);
    await keyring.rotate('identity');
    expect(await derive('identity', 'student-code')).toEqual(first);
    expect(await (await open()).derive('identity', 'student-code')).toEqual(first);
  });
});

describe('roles', () => {
  test('a role holds only its lines, and narrowing never widens', async () => {
    const keyring = await open();
    const sealed = await keyring.seal('bank/b1/marking', context, secret);
    const delivery = keyring.onlyLines('bank/*/content', 'exam/*/paper', 'journal');
    await delivery.seal('bank/b1/content', context, secret);
    await delivery.derive('journal', 'segment');
    const refused = [
      () => delivery.open('bank/b1/marking', context, sealed),
      () => delivery.seal('bank/b1', context, secret),
      () => delivery.seal('bank/b1/content/x', context, secret),
      () => delivery.derive('exam/e1/marking', 'x'),
      () => delivery.onlyLines('bank/*/marking').open('bank/b1/marking', context, sealed),
      () => delivery.onlyLines('bank/b2/content').seal('bank/b1/content', context, secret),
      () => delivery.onlyLines().seal('journal', context, secret),
      () => keyring.seal('check', context, secret),
    ];
    for (const attempt of refused) await expect(attempt()).rejects.toThrow(LineRefused);
  });
});

describe('generations', () => {
  test('after a rotation old values still open and new ones use the new key', async () => {
    const keyring = await open();
    const old = await keyring.seal(line, context, secret);
    await keyring.rotate(line);
    const fresh = await keyring.seal(line, context, secret);
    expect([old.kid, fresh.kid]).toEqual([`${line}.1`, `${line}.2`]);
    const restarted = await open();
    for (const value of [old, fresh]) expect(await restarted.open(line, context, value)).toEqual(secret);
    expect((await restarted.seal(line, context, secret)).kid).toBe(`${line}.2`);
  });

  test('a destroyed generation opens nothing, and nothing more is sealed on a line without a live key', async () => {
    const keyring = await open();
    const sealed = await keyring.seal('attempts/7', context, secret);
    await keyring.destroy(sealed.kid);
    for (const one of [keyring, await open()]) {
      await expect(one.open('attempts/7', context, sealed)).rejects.toThrow(new CryptoError());
      await expect(one.seal('attempts/7', context, secret)).rejects.toMatchObject({
        code: 'key-line-closed',
      });
    }
    expect(await store.get('keys', sealed.kid)).not.toHaveProperty('wrapped');
  });
});

describe('another key file', () => {
  test('locks the Store with a sentence, and makes no new file', async () => {
    const sealed = await (await open()).seal(line, context, secret);
    const error = await open('other.json').catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'KeyError', code: 'keys-locked' });
    expect(String(error)).toContain('other.json does not exist');
    expect(String(error)).toContain('NIEM_KEY_FILE');
    expect(await (await open()).open(line, context, sealed)).toEqual(secret);
  });

  test('that holds another key locks it too', async () => {
    await open();
    const path = join(folder, 'other.json');
    const foreign = await createFileKeyProvider({ path, dataFolder: join(folder, 'data') });
    await foreign.wrap('x', new Uint8Array(32));
    await expect(open('other.json')).rejects.toMatchObject({ code: 'keys-locked' });
  });
});
