import { afterAll } from 'vitest';
import { createEmbeddedStore, type Store } from '#server/storage';
import { tempDir } from './temp-dir.ts';

export { tempDir } from './temp-dir.ts';

const stores: Store[] = [];

afterAll(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});

/** The product's collections in an embedded store of their own, closed and removed after the tests of this file. */
export async function openTempStore(): Promise<Store> {
  const store = await createEmbeddedStore({ dir: tempDir() });
  stores.push(store);
  return store;
}
