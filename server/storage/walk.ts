import type { CollectionName, RangeQuery, Store, Stored } from './store.ts';
import { turn } from './turn.ts';

/** Documents read at once where the caller takes them one by one. */
const AT_ONCE = 50;

/** A whole range page by page; no page is empty. Between two pages there is time for others. */
export async function* eachPage<C extends CollectionName>(
  store: Store,
  collection: C,
  query: Omit<RangeQuery, 'after'>,
): AsyncGenerator<Stored<C>[], void> {
  let after: string | undefined;
  do {
    const page = await store.range(collection, { ...query, ...(after !== undefined && { after }) });
    if (page.docs.length > 0) yield page.docs;
    after = page.next;
    if (after !== undefined) await turn();
  } while (after !== undefined);
}

/** Every document of a range, one by one. */
export async function* eachDocument<C extends CollectionName>(
  store: Store,
  collection: C,
  query: Omit<RangeQuery, 'after' | 'limit'>,
): AsyncGenerator<Stored<C>, void> {
  for await (const docs of eachPage(store, collection, { ...query, limit: AT_ONCE })) yield* docs;
}
