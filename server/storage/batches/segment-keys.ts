import type { BoxContext } from '#bank/protocol';
import type { Sealed } from '../models/index.ts';

/** Wraps the random key of a segment for its header, and takes it out again after a start. */
export interface SegmentKeys {
  wrap(key: Uint8Array): Promise<Uint8Array>;
  /** @throws when it was not wrapped by the same keys */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

/** What is needed of a keyring: seal and open under one line. */
interface Sealer {
  seal(line: string, context: BoxContext, plaintext: Uint8Array): Promise<Sealed>;
  open(line: string, context: BoxContext, sealed: Sealed): Promise<Uint8Array>;
}

/** Segment keys wrapped under the key line `journal` of a keyring. */
export function segmentKeys(keyring: Sealer, tenant: string): SegmentKeys {
  const context: BoxContext = { type: 'segment', tenant, object: 'journal', version: 1, field: 'key' };
  return {
    async wrap(key) {
      const { kid, key: wrapped, box } = await keyring.seal('journal', context, key);
      return Buffer.from(JSON.stringify([kid, wrapped.toString('base64'), box.toString('base64')]));
    },
    unwrap(wrapped) {
      const [kid, key, box] = JSON.parse(Buffer.from(wrapped).toString()) as [string, string, string];
      const sealed = { kid, key: Buffer.from(key, 'base64'), box: Buffer.from(box, 'base64') };
      return keyring.open('journal', context, sealed);
    },
  };
}
