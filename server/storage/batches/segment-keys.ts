import type { BoxContext } from '#bank/protocol';
import { unwrapKey, wrapKey } from '#bank/vault';
import type { Sealed } from '../models/index.ts';

/** Wraps the random key of a segment for its header, and takes it out again after a start. */
export interface SegmentKeys {
  wrap(key: Uint8Array): Promise<Uint8Array>;
  /**
   * Null when it was destroyed: the segment is retired, wherever it comes from.
   *
   * @throws when it was not wrapped by the same keys
   */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array | null>;
  /**
   * Destroys what wraps the keys of all segments before these, for good: no copy of them opens any more.
   *
   * @param kept the wrapped keys of all segments that are still needed
   */
  keepOnly(kept: readonly Uint8Array[]): Promise<void>;
}

/** What is needed of a keyring: to open what was sealed under a line, and keys of generations. */
interface Keys {
  open(line: string, context: BoxContext, sealed: Sealed): Promise<Uint8Array>;
  ratchet(line: string): {
    key(generation: number): Promise<Uint8Array | null>;
    oldest(): Promise<number>;
    destroyBefore(generation: number): Promise<void>;
  };
}

/** A generation and a wrapped key, base64. */
type Wrapped = [generation: number, key: string];
/** A sealed box of the line `journal`: how it was before there were generations. */
type Boxed = [kid: string, key: string, box: string];

/**
 * Segment keys, each wrapped under a generation of its own. Of segments that two servers began at once both may have
 * the same; none is before one that was there when it began.
 */
export function segmentKeys(keyring: Keys, tenant: string): SegmentKeys {
  const generations = keyring.ratchet('segments');
  const context: BoxContext = { type: 'segment', tenant, object: 'journal', version: 1, field: 'key' };
  let newest = 0;

  return {
    async wrap(key) {
      newest = Math.max(newest, await generations.oldest()) + 1;
      const wrapping = await generations.key(newest);
      if (!wrapping) throw new Error('a generation of the journal was destroyed before it began');
      const wrapped: Wrapped = [newest, Buffer.from(wrapKey(wrapping, key)).toString('base64')];
      return Buffer.from(JSON.stringify(wrapped));
    },
    async unwrap(wrapped) {
      const found = read(wrapped);
      if (found.length === 3) return keyring.open('journal', context, sealedIn(found));
      const [generation, key] = found;
      newest = Math.max(newest, generation);
      const wrapping = await generations.key(generation);
      return wrapping && unwrapKey(wrapping, Buffer.from(key, 'base64'));
    },
    async keepOnly(kept) {
      const needed = kept.flatMap((wrapped) => {
        const found = read(wrapped);
        return found.length === 2 ? [found[0]] : [];
      });
      if (needed.length > 0) await generations.destroyBefore(Math.min(...needed));
    },
  };
}

function read(wrapped: Uint8Array): Wrapped | Boxed {
  return JSON.parse(Buffer.from(wrapped).toString()) as Wrapped | Boxed;
}

function sealedIn([kid, key, box]: Boxed): Sealed {
  return { kid, key: Buffer.from(key, 'base64'), box: Buffer.from(box, 'base64') };
}
