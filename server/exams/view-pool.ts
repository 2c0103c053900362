import {
  sittingMediaContext,
  viewBoxContext,
  type PlayRule,
  type PoolItem,
  type PoolMapEntry,
} from '#bank/protocol';
import { newId, newToken, packJson, randomKey, sealBox } from '#bank/vault';
import type { BankPool, OpenedMedia, OpenedView } from '#server/banks';

/** Recordings come in steps of this many bytes. */
const MEDIA_STEP = 64 * 1024;

/** Views opened at once. */
const BATCH = 50;

/** A pool item of this sitting: where its box lies, what opens it, and what its parts are called. */
export interface SealedView {
  address: string;
  key: Uint8Array;
  /** Part id → token. */
  tokens: ReadonlyMap<string, string>;
  /** Its recordings, without the section in which a paper has them. */
  media: readonly SealedMedia[];
}

/** A recording of a pool item in this sitting: what a paper keeps of it, and where it comes from. */
export interface SealedMedia extends Omit<PlayRule, 'section'> {
  pieces: readonly string[];
  /** Its id in the bank. */
  source: string;
}

/** A view box ready to be stored. */
interface ViewBox {
  item: PoolItem;
  view: SealedView;
  box: Uint8Array;
}

/** Encrypts the pool anew for one sitting: fresh keys, addresses and tokens, so that no other sitting helps. */
export async function* sealViews(
  banks: BankPool,
  tenant: string,
  bank: string,
  snapshot: readonly PoolItem[],
): AsyncGenerator<ViewBox, void> {
  const freshToken = tokenSource();
  for (let start = 0; start < snapshot.length; start += BATCH) {
    const items = snapshot.slice(start, start + BATCH);
    const opened = await banks.openViews(
      bank,
      items.map(({ item, version }) => ({ item, version })),
    );
    for (const [index, item] of items.entries()) {
      const source = opened[index];
      if (source?.item !== item.item || source.version !== item.version)
        throw new Error('the bank gave another view than was asked for');
      yield { item, ...sealView(tenant, source, freshToken) };
    }
  }
}

function sealView(
  tenant: string,
  source: OpenedView,
  freshToken: () => string,
): { view: SealedView; box: Uint8Array } {
  const tokens = new Map(source.parts.map((part) => [part, freshToken()]));
  const tokenOf = (part: string) => {
    const token = tokens.get(part);
    if (token === undefined) throw new Error('a view names a part that its item does not have');
    return token;
  };
  const media = source.media.map(sittingMedia);
  const value = source.toView(tokenOf, (id) => mediaView(source, media, id));
  const [address, key] = [newId(), randomKey()];
  const plain = packJson(value);
  const box = sealBox(key, 'view', viewBoxContext(tenant, address), plain);
  plain.fill(0);
  return { view: { address, key, tokens, media }, box };
}

/** Every item has its recordings for itself, so that each is counted for itself. */
function sittingMedia({ id, plays, length, pieces }: OpenedMedia): SealedMedia {
  const addresses = Array.from({ length: pieces }, newId);
  return { media: newId(), source: id, length, pieces: addresses, ...(plays !== undefined && { plays }) };
}

function mediaView({ media: opened }: OpenedView, media: readonly SealedMedia[], id: string) {
  const place = opened.findIndex((one) => one.id === id);
  const [source, sitting] = [opened[place], media[place]];
  if (!source || !sitting) throw new Error('a view names a recording that its item does not have');
  const { type, bytes, length } = source;
  return { media: sitting.media, file: { type, bytes, length, pieces: [...sitting.pieces] } };
}

/**
 * The boxes of a recording, each with its address. The last piece is filled up to a multiple of `MEDIA_STEP`, because
 * the size of a recording tells which one it is.
 */
export async function* sealMedia(
  banks: BankPool,
  tenant: string,
  bank: string,
  { media, source, pieces }: SealedMedia,
  key: Uint8Array,
): AsyncGenerator<{ address: string; box: Uint8Array }, void> {
  let n = 0;
  for await (const piece of banks.openMedia(bank, source)) {
    const address = pieces[n];
    if (address === undefined) throw new Error('the bank gave more of a recording than it told');
    const plain = new Uint8Array(Math.ceil(piece.length / MEDIA_STEP) * MEDIA_STEP);
    plain.set(piece);
    piece.fill(0);
    const context = sittingMediaContext(tenant, media, n++, pieces.length);
    yield { address, box: sealBox(key, 'media', context, plain) };
    plain.fill(0);
  }
}

/** Random tokens, no two alike in one sitting. */
function tokenSource(): () => string {
  const given = new Set<string>();
  return () => {
    for (;;) {
      const token = newToken();
      if (given.has(token)) continue;
      given.add(token);
      return token;
    }
  };
}

/** What the pool's map keeps of an item. */
export function poolMapEntry(
  { item, version }: PoolItem,
  { address, tokens, media }: SealedView,
): PoolMapEntry {
  return {
    address,
    item,
    version,
    tokens: Object.fromEntries([...tokens].map(([part, token]) => [token, part])),
    ...(media.length > 0 && { media: Object.fromEntries(media.map((one) => [one.media, one.source])) }),
  };
}
