import { lengthPrefixed, type BoxContext } from '#bank/protocol';
import { CryptoError, hkdf, openBox, randomKey, sealBox, unwrapKey, wrapKey } from '#bank/vault';
import type { Sealed, Store } from '#server/storage';
import { KeyError } from './key-error.ts';
import { createLineKeys, type LineKeys } from './line-keys.ts';
import type { KeyProvider } from './provider.ts';
import { createRatchet, type Ratchet } from './ratchet.ts';

/**
 * Seals and opens under *lines* of keys, such as `bank/<bankId>/content` or `exam/<examId>/marking`. A line key is
 * made on first use, wrapped by the KeyProvider and stored in the collection `keys`.
 */
export interface Keyring {
  /** Seals under a new random data key, which is wrapped by the key of the line. */
  seal(line: string, context: BoxContext, plaintext: Uint8Array): Promise<Sealed>;
  /** @throws CryptoError, the same for every failure of the sealed value or its keys */
  open(line: string, context: BoxContext, sealed: Sealed): Promise<Uint8Array>;
  /** A 32-byte key for one purpose (blind index, pepper, pseudonym); a rotation of the line does not change it. */
  derive(line: string, purpose: string): Promise<Uint8Array>;
  /**
   * A keyring for one role: it holds only lines that match a pattern, where `*` stands for one part between
   * slashes; every other line throws `LineRefused`. Narrowing again keeps only what both allow.
   */
  onlyLines(...patterns: string[]): Keyring;
}

/** The keyring that all others are narrowed from; only it can change keys. */
export interface RootKeyring extends Keyring {
  /** From now on the line seals under a new generation; what was sealed before still opens. */
  rotate(line: string): Promise<void>;
  /** Shreds one generation (`kid` of a Sealed): what it sealed never opens again. */
  destroy(kid: string): Promise<void>;
  /** The ratchet of this line, which is one of its own. */
  ratchet(line: string): Ratchet;
}

/** A role asked for a line that it was not given: a mistake in the program, not of its user. */
export class LineRefused extends Error {
  constructor(line: string) {
    super(`this role holds no keys of the line ${line}`);
    this.name = 'LineRefused';
  }
}

/** Its key is the check value: when it unwraps, the root key is the one that this Store was made with. */
const CHECK_LINE = 'check';

/**
 * Opens the keys of a Store, and makes its first one in a new Store.
 *
 * @throws KeyError `keys-locked` when the provider's root key is not the one that this Store was made with
 */
export async function createKeyring(deps: { provider: KeyProvider; store: Store }): Promise<RootKeyring> {
  const keys = createLineKeys(deps);
  try {
    await keys.active(CHECK_LINE);
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    throw new KeyError(
      'keys-locked',
      `The stored data stays locked: ${deps.provider.name} does not fit it. ` +
        'Put back the key that belongs to this data. Nothing was changed.',
    );
  }
  return {
    ...keyringOver(keys, (line) => line !== CHECK_LINE),
    rotate: (line) => keys.rotate(line),
    destroy: (kid) => keys.destroy(kid),
    ratchet: (line) => createRatchet(deps, line),
  };
}

function keyringOver(keys: LineKeys, holds: (line: string) => boolean): Keyring {
  const require = (line: string): void => {
    if (!holds(line)) throw new LineRefused(line);
  };
  return {
    async seal(line, context, plaintext) {
      require(line);
      const { kid, wrapping } = await keys.active(line);
      const dataKey = randomKey();
      const box = sealBox(dataKey, kid, context, plaintext);
      const key = wrapKey(wrapping, dataKey);
      dataKey.fill(0);
      return { kid, key: Buffer.from(key), box: Buffer.from(box) };
    },
    async open(line, context, sealed) {
      require(line);
      if (!isGenerationOf(sealed.kid, line)) throw new CryptoError();
      const { wrapping } = await keys.byId(sealed.kid);
      const dataKey = unwrapKey(wrapping, sealed.key);
      try {
        return openBox(dataKey, context, sealed.box);
      } finally {
        dataKey.fill(0);
      }
    },
    async derive(line, purpose) {
      require(line);
      const { deriving } = await keys.first(line);
      return hkdf(deriving, lengthPrefixed(['niem/derive/1', purpose]));
    },
    onlyLines(...patterns) {
      const matchers = patterns.map(lineMatcher);
      return keyringOver(keys, (line) => holds(line) && matchers.some((matches) => matches(line)));
    },
  };
}

function isGenerationOf(kid: string, line: string): boolean {
  return kid.startsWith(`${line}.`) && /^[1-9]\d*$/.test(kid.slice(line.length + 1));
}

function lineMatcher(pattern: string): (line: string) => boolean {
  const wanted = pattern.split('/');
  return (line) => {
    const parts = line.split('/');
    return parts.length === wanted.length && wanted.every((part, i) => part === '*' || part === parts[i]);
  };
}
