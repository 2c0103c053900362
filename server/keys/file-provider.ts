import { link, mkdir, open, realpath, unlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { lengthPrefixed } from '#bank/protocol';
import { hkdf, newId, unwrapKey, wrapKey } from '#bank/vault';
import { KeyError } from './key-error.ts';
import { newKeyFile, readKeyFile, type RootKeyMap } from './key-file.ts';
import type { KeyProvider } from './provider.ts';

interface FileKeyOptions {
  path: string;
  /** The folder that holds what the keys open: the key file must not lie in it. */
  dataFolder: string;
  /** Protects the file (argon2id, AES-256-GCM); without one, the file mode alone does. */
  passphrase?: string;
}

const POSIX = process.platform !== 'win32';
const OTHERS = 0o077;

/**
 * Root keys in one file of mode 0400. The file is made by the first `wrap`, never by an `unwrap`, so that a lost
 * key file is noticed before another one takes its place.
 *
 * @throws KeyError with a sentence that says what to do
 */
export async function createFileKeyProvider(options: FileKeyOptions): Promise<KeyProvider> {
  const path = resolve(options.path);
  await refuseInside(path, options.dataFolder);
  let keys = await load(path, options.passphrase);
  let creating: Promise<RootKeyMap> | null = null;

  async function current(): Promise<RootKeyMap> {
    keys ??= await (creating ??= create(path, options.passphrase).finally(() => {
      creating = null;
    }));
    return keys;
  }

  return {
    name: `the key file ${path}`,
    async wrap(context, key) {
      const [root, rootKey] = [...(await current())][0]!;
      return { root, wrapped: wrapKey(wrappingKey(rootKey, context), key) };
    },
    async unwrap(context, { root, wrapped }) {
      const rootKey = keys?.get(root);
      if (rootKey) return unwrapKey(wrappingKey(rootKey, context), wrapped);
      const fault = keys ? `holds another key than the stored data needs (${root})` : 'does not exist';
      throw new KeyError(
        'keys-locked',
        `The stored data stays locked: the key file ${path} ${fault}. ` +
          'Put back the key file that belongs to this data, or name it in NIEM_KEY_FILE. Nothing was changed.',
      );
    },
  };
}

function wrappingKey(rootKey: Uint8Array, context: string): Uint8Array {
  return hkdf(rootKey, lengthPrefixed(['niem/root-wrap/1', context]));
}

async function load(path: string, passphrase: string | undefined): Promise<RootKeyMap | null> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw ioError(path, 'read', error);
  }
  try {
    const { mode } = await file.stat();
    if (POSIX && (mode & OTHERS) !== 0) {
      throw new KeyError(
        'key-file-exposed',
        `The key file ${path} can be read by other users of this computer. ` +
          `If nobody has copied it, run: chmod 400 '${path}' and start again.`,
      );
    }
    return await readKeyFile(path, await file.readFile('utf8'), passphrase);
  } catch (error) {
    throw error instanceof KeyError ? error : ioError(path, 'read', error);
  } finally {
    await file.close();
  }
}

/** Makes the file whole or not at all, and never over another one: whoever comes second reads the winner's. */
async function create(path: string, passphrase: string | undefined): Promise<RootKeyMap> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${newId()}`);
  const text = await newKeyFile(passphrase);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeDurably(draft, text);
    await link(draft, path).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
    await unlink(draft);
    await syncFolder(folder);
  } catch (error) {
    throw ioError(path, 'created', error);
  }
  const keys = await load(path, passphrase);
  if (!keys) throw ioError(path, 'read', new Error('it vanished'));
  return keys;
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o400);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the new name itself durable; Windows does not let a folder be opened for that. */
async function syncFolder(folder: string): Promise<void> {
  if (!POSIX) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function refuseInside(path: string, dataFolder: string): Promise<void> {
  const between = relative(await realPlace(resolve(dataFolder)), await realPlace(path));
  const outside = between === '..' || between.startsWith(`..${sep}`) || isAbsolute(between);
  if (outside) return;
  throw new KeyError(
    'key-file-inside-data',
    `The key file ${path} lies inside the data folder ${dataFolder}, so one copy would hold both the data and ` +
      'its key. Move it elsewhere and name the new place in NIEM_KEY_FILE.',
  );
}

/** The path with every link in it resolved, as far as it exists. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPlace(parent), basename(path));
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function ioError(path: string, verb: 'read' | 'created', error: unknown): KeyError {
  return new KeyError(
    'key-file-io',
    `The key file ${path} cannot be ${verb} (${errorCode(error)}). ` +
      'Give the user who runs the server access, or name another place in NIEM_KEY_FILE.',
  );
}
