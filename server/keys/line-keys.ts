import { CryptoError, hkdf, randomKey } from '#bank/vault';
import { Duplicate, type Store, type Stored, type Write } from '#server/storage';
import { KeyError } from './key-error.ts';
import type { KeyProvider } from './provider.ts';

/** One generation of a line, unwrapped. Its two uses have two keys, so that neither tells of the other. */
interface LineKey {
  kid: string;
  /** Wraps data keys. */
  wrapping: Uint8Array;
  /** Source of the keys that `derive` gives. */
  deriving: Uint8Array;
}

export interface LineKeys {
  /** The generation that seals now; made when the line has none. */
  active(line: string): Promise<LineKey>;
  /** The first generation, which stays the source of derived keys. */
  first(line: string): Promise<LineKey>;
  /** @throws CryptoError when there is no such key, or no longer */
  byId(kid: string): Promise<LineKey>;
  rotate(line: string): Promise<void>;
  destroy(kid: string): Promise<void>;
}

const LINE = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;

/** Keeps unwrapped line keys for the life of the process; other processes see a rotation when they start anew. */
export function createLineKeys({ provider, store }: { provider: KeyProvider; store: Store }): LineKeys {
  const known = new Map<string, LineKey>();
  const activeIds = new Map<string, string>();

  async function newest(line: string): Promise<Stored<'keys'> | undefined> {
    const page = await store.range('keys', { index: 'by_line', equals: [line], order: 'desc', limit: 1 });
    return page.docs[0];
  }

  /** A document for a new generation. */
  async function fresh(line: string, generation: number): Promise<Write> {
    const kid = keyId(line, generation);
    const { root, wrapped } = await provider.wrap(kid, randomKey());
    const doc = { _id: kid, line, generation, state: 'active' as const, root, wrapped: Buffer.from(wrapped) };
    return { op: 'insert', in: 'keys', doc };
  }

  /** Makes the first generation, or leaves it to whoever was faster. */
  async function ensureFirst(line: string): Promise<void> {
    requireLineName(line);
    try {
      await store.commit([await fresh(line, 1)]);
    } catch (error) {
      if (!(error instanceof Duplicate)) throw error;
    }
  }

  async function unwrap(doc: Stored<'keys'>): Promise<LineKey> {
    if (!doc.wrapped) throw new CryptoError();
    const key = await provider.unwrap(doc._id, { root: doc.root, wrapped: doc.wrapped });
    const lineKey = {
      kid: doc._id,
      wrapping: hkdf(key, 'niem/line-wrap/1'),
      deriving: hkdf(key, 'niem/line-derive/1'),
    };
    key.fill(0);
    known.set(doc._id, lineKey);
    return lineKey;
  }

  async function byId(kid: string): Promise<LineKey> {
    const cached = known.get(kid);
    if (cached) return cached;
    const doc = await store.get('keys', kid);
    if (!doc) throw new CryptoError();
    return unwrap(doc);
  }

  return {
    byId,
    async active(line) {
      const cached = known.get(activeIds.get(line) ?? '');
      if (cached) return cached;
      let doc = await newest(line);
      if (!doc) {
        await ensureFirst(line);
        doc = await newest(line);
      }
      if (doc?.state !== 'active') {
        throw new KeyError(
          'key-line-closed',
          `The keys of ${line} were destroyed: nothing new is sealed there.`,
        );
      }
      const key = await byId(doc._id);
      activeIds.set(line, key.kid);
      return key;
    },
    async first(line) {
      const kid = keyId(line, 1);
      if (!known.has(kid) && !(await store.get('keys', kid))) await ensureFirst(line);
      return byId(kid);
    },
    async rotate(line) {
      const old = await newest(line);
      if (!old) return;
      await store.commit([replaced(old, 'decryptOnly'), await fresh(line, old.generation + 1)]);
      activeIds.delete(line);
    },
    async destroy(kid) {
      const doc = await store.get('keys', kid);
      if (!doc || doc.state === 'destroyed') return;
      await store.commit([replaced(doc, 'destroyed')]);
      known.delete(kid);
      activeIds.delete(doc.line);
    },
  };
}

function keyId(line: string, generation: number): string {
  return `${line}.${generation}`;
}

function requireLineName(line: string): void {
  if (line.length > 200 || !LINE.test(line)) throw new RangeError('not a name of a key line');
}

function replaced(old: Stored<'keys'>, state: 'decryptOnly' | 'destroyed'): Write {
  const { v, wrapped, ...rest } = old;
  const keep = state === 'decryptOnly' && wrapped ? { wrapped } : {};
  return { op: 'replace', in: 'keys', doc: { ...rest, ...keep, state }, ifVersion: v };
}
