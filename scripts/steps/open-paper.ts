import { webcrypto } from 'node:crypto';
import type { ItemView } from '#bank/item';
import {
  boxAad,
  indexBoxContext,
  parseBox,
  viewBoxContext,
  type BoxContext,
  type FetchedPaper,
  type PaperIndex,
  type SealedPaper,
} from '#bank/protocol';
import { unpackJson } from '#bank/vault';

export interface OpenedSlot {
  slot: number;
  points: number;
  order: string[];
  view: ItemView;
}

/** Opens a paper as a browser does: WebCrypto, the section key, and nothing else. */
export async function openPaper(paper: FetchedPaper, sectionKey: string): Promise<OpenedSlot[]> {
  const { slots } = await openIndex(paper, sectionKey);
  return Promise.all(
    slots.map(async ({ address, key, points, order }, slot) => {
      const view = await openView(paper, address, key);
      return { slot, points, order, view };
    }),
  );
}

export function openIndex(paper: SealedPaper, sectionKey: string): Promise<PaperIndex> {
  const box = Buffer.from(paper.index, 'base64');
  return openJson<PaperIndex>(sectionKey, indexBoxContext(paper.tenant, paper.attempt, 0), box);
}

/** Opens the view box at an address with the key that the index has for it. */
export function openView({ tenant, boxes }: FetchedPaper, address: string, key: string): Promise<ItemView> {
  const box = boxes.get(address);
  if (!box) throw new Error(`The box ${address} was not delivered.`);
  return openJson<ItemView>(key, viewBoxContext(tenant, address), box);
}

async function openJson<T>(key: string, context: BoxContext, box: Uint8Array): Promise<T> {
  const parts = parseBox(box);
  if (!parts) throw new Error('These bytes are no box.');
  const imported = await webcrypto.subtle.importKey('raw', Buffer.from(key, 'base64url'), 'AES-GCM', false, [
    'decrypt',
  ]);
  const plain = await webcrypto.subtle.decrypt(
    { name: 'AES-GCM', iv: parts.iv, additionalData: boxAad(context, parts.keyId), tagLength: 128 },
    imported,
    parts.sealed,
  );
  return unpackJson<T>(new Uint8Array(plain));
}
