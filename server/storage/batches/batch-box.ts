import type { BoxContext } from '#bank/protocol';
import { openBox, sealBox } from '#bank/vault';
import type { PositionedRecord } from '../journal.ts';
import { plaintextBytes, readPlaintext, writePlaintext, type EncodedRecord } from './record-codec.ts';

/** Name of every segment key inside its boxes; which key it is follows from the segment. */
const KEY_ID = 'segment';

/** Where a batch stands in the chain; its box opens there and nowhere else. */
export interface BatchPlace {
  batch: number;
  firstPosition: number;
  count: number;
  /** Hash of the batch before it. */
  previousHash: Buffer;
}

/** Encrypts records (from `encodeRecord`), bound to their place in the chain. */
export function sealBatch(key: Uint8Array, place: BatchPlace, records: readonly EncodedRecord[]): Uint8Array {
  const plaintext = Buffer.allocUnsafe(plaintextBytes(records));
  return sealBox(key, KEY_ID, contextOf(place), plaintext.subarray(0, writePlaintext(records, plaintext)));
}

/**
 * The records of a batch; with `attempt` only those of one, which spares parsing the others.
 *
 * @throws CryptoError when the box was changed or belongs to another place
 */
export function openBatch(
  key: Uint8Array,
  place: BatchPlace,
  box: Uint8Array,
  attempt?: string,
): PositionedRecord[] {
  const plaintext = Buffer.from(openBox(key, contextOf(place), box).buffer);
  return readPlaintext(plaintext, place.count, place.firstPosition, attempt);
}

function contextOf({ batch, firstPosition, count, previousHash }: BatchPlace): BoxContext {
  const field = `${firstPosition}+${count} after ${previousHash.toString('hex')}`;
  return { type: 'batch', tenant: '', object: 'journal', version: batch, field };
}
