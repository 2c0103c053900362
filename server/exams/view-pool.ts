import { viewBoxContext, type PoolItem, type PoolMapEntry } from '#bank/protocol';
import { newId, newToken, packJson, randomKey, sealBox } from '#bank/vault';
import type { BankPool, OpenedView } from '#server/banks';

/** Views opened at once. */
const BATCH = 50;

/** A pool item of this sitting: where its box lies, what opens it, and what its parts are called. */
export interface SealedView {
  address: string;
  key: Uint8Array;
  /** Part id → token. */
  tokens: ReadonlyMap<string, string>;
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
  const value = source.toView((part) => {
    const token = tokens.get(part);
    if (token === undefined) throw new Error('a view names a part that its item does not have');
    return token;
  });
  const [address, key] = [newId(), randomKey()];
  const plain = packJson(value);
  const box = sealBox(key, 'view', viewBoxContext(tenant, address), plain);
  plain.fill(0);
  return { view: { address, key, tokens }, box };
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
export function poolMapEntry({ item, version }: PoolItem, { address, tokens }: SealedView): PoolMapEntry {
  return {
    address,
    item,
    version,
    tokens: Object.fromEntries([...tokens].map(([part, token]) => [token, part])),
  };
}
