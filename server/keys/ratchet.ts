import { CryptoError, hkdf, randomKey } from '#bank/vault';
import { Conflict, Duplicate, type Store, type Stored } from '#server/storage';
import type { KeyProvider } from './provider.ts';

/**
 * Keys of which each is made from the one before it, by a function without a way back: whoever holds one has all later
 * ones and none before. Only the oldest that is still needed is stored, so that to destroy what came before is one
 * commit, a new generation needs none, and an older state of the Store still opens what is newer.
 */
export interface Ratchet {
  /** The key of a generation, which wraps others; null when it was destroyed. Generations count from 1. */
  key(generation: number): Promise<Uint8Array | null>;
  /** The oldest generation that is left. */
  oldest(): Promise<number>;
  /** Destroys the keys of all generations before this one. Again changes nothing. */
  destroyBefore(generation: number): Promise<void>;
}

interface Link {
  generation: number;
  secret: Uint8Array;
}

/** The ratchet of this name; it lies in the collection `keys`, wrapped by the KeyProvider. */
export function createRatchet(
  { provider, store }: { provider: KeyProvider; store: Store },
  line: string,
): Ratchet {
  let known: { oldest: Link; v: number } | null = null;
  /** The last one that was asked for: most often the next is asked for after it. */
  let reached: Link | null = null;

  const stored = async (): Promise<Stored<'keys'> | undefined> =>
    (await store.range('keys', { index: 'by_line', equals: [line], order: 'desc', limit: 1 })).docs[0];

  async function load(): Promise<{ oldest: Link; v: number }> {
    const doc = (await stored()) ?? (await begin());
    const { root, wrapped, generation, v } = doc;
    if (!wrapped) throw new CryptoError();
    known = { oldest: { generation, secret: await provider.unwrap(doc._id, { root, wrapped }) }, v };
    return known;
  }

  /** Makes the first generation, or leaves it to whoever was faster. */
  async function begin(): Promise<Stored<'keys'>> {
    try {
      await store.commit([
        { op: 'insert', in: 'keys', doc: await documentOf({ generation: 1, secret: randomKey() }) },
      ]);
    } catch (error) {
      if (!(error instanceof Duplicate)) throw error;
    }
    const doc = await stored();
    if (!doc) throw new Error(`the keys of ${line} have vanished`);
    return doc;
  }

  async function documentOf({ generation, secret }: Link) {
    const _id = `${line}.${generation}`;
    const { root, wrapped } = await provider.wrap(_id, secret);
    return { _id, line, generation, state: 'active' as const, root, wrapped: Buffer.from(wrapped) };
  }

  /** The link of a generation that is not before the oldest. */
  function linkAt(oldest: Link, generation: number): Link {
    let link = reached && reached.generation <= generation ? reached : oldest;
    while (link.generation < generation)
      link = { generation: link.generation + 1, secret: hkdf(link.secret, 'niem/ratchet-next/1') };
    reached = link;
    return link;
  }

  async function destroyBefore(generation: number): Promise<void> {
    const { oldest, v } = known ?? (await load());
    if (generation <= oldest.generation) return;
    const next = linkAt(oldest, generation);
    await store.commit([
      { op: 'delete', in: 'keys', id: `${line}.${oldest.generation}`, ifVersion: v },
      { op: 'insert', in: 'keys', doc: await documentOf(next) },
    ]);
    if (reached === oldest) reached = null;
    oldest.secret.fill(0);
    known = null;
  }

  return {
    async key(generation) {
      const { oldest } = known ?? (await load());
      if (generation < oldest.generation) return null;
      return hkdf(linkAt(oldest, generation).secret, 'niem/ratchet-wrap/1');
    },
    oldest: async () => (known ?? (await load())).oldest.generation,
    async destroyBefore(generation) {
      try {
        await destroyBefore(generation);
      } catch (error) {
        if (!(error instanceof Conflict || error instanceof Duplicate)) throw error;
        known = null;
        await destroyBefore(generation);
      }
    },
  };
}
