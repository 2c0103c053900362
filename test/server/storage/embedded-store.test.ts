import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createEmbeddedStore, schemas, Unavailable } from '#server/storage';
import { storeCases, testSchemas, type StoreSubject } from '#server/storage/contract';
import { testContract } from '../../support/contract.ts';
import { openTempStore, tempDir } from '../../support/temp.ts';

describe('embedded store', () => {
  const opened: { close(): Promise<void> }[] = [];
  const openAt: StoreSubject['openAt'] = async (dir, schemas) => {
    const store = await createEmbeddedStore({ dir, schemas });
    opened.push(store);
    return store;
  };

  afterAll(() => Promise.all(opened.map((store) => store.close())));

  testContract(storeCases, () => ({
    open: () => openAt(tempDir(), testSchemas),
    newPlace: tempDir,
    openAt,
    withoutTransactions: () => undefined,
    ordersTextByBytes: () => true,
  }));

  test.skipIf(process.platform === 'win32')(
    'keeps its files from other users (no modes on Windows)',
    async () => {
      const dir = join(tempDir(), 'store');
      await openAt(dir, testSchemas);
      const modes = [dir, ...readdirSync(dir).map((file) => join(dir, file))].map(
        (path) => statSync(path).mode,
      );
      expect(modes.map((mode) => mode & 0o077)).toEqual([0, 0, 0]);
    },
  );

  test('opens with the collections of this product', async () => {
    const store = await openTempStore();
    const schemaNames = Object.keys(schemas) as (keyof typeof schemas)[];
    const counts = await Promise.all(schemaNames.map((name) => store.count(name, { index: '_id' })));
    expect(counts).toEqual(schemaNames.map(() => 0));
  });

  test('says which folder cannot be opened', async () => {
    const file = join(tempDir(), 'file');
    writeFileSync(file, '');
    const error: unknown = await createEmbeddedStore({ dir: file }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Unavailable);
    expect((error as Error).message).toContain(file);
    const damaged = tempDir();
    writeFileSync(join(damaged, 'store.mdb'), Buffer.alloc(100_000, 7));
    await expect(createEmbeddedStore({ dir: damaged })).rejects.toThrow(damaged);
  });
});
