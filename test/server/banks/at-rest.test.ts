import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createBanks } from '#server/banks';
import { createEmbeddedStore } from '#server/storage';
import { tempDir } from '../../support/temp.ts';
import { CHOICE, workbookOf } from '../../bank/formats/support.ts';
import { ended } from '../../support/ports.ts';
import { staff } from '../../support/staff.ts';
import { choiceInput, newBank, openWorld, rich } from './world.ts';

const SECRETS = [
  'Vận tốc truyền sóng là Ω-bí-mật',
  'phương án mật số một',
  'câu nhập từ tệp kín',
  'lời phê riêng tư',
];

/** Every way in which a text could lie in a file. */
function forms(text: string): Buffer[] {
  return ['NFC', 'NFD'].flatMap((form) => {
    const plain = Buffer.from(text.normalize(form), 'utf8');
    const base64 = [0, 1, 2].map((shift) => {
      const shifted = Buffer.concat([Buffer.alloc(shift), plain]).toString('base64');
      return shifted.slice(shift === 0 ? 0 : 4, -4);
    });
    return [
      plain,
      Buffer.from(text.normalize(form), 'utf16le'),
      Buffer.from(plain.toString('hex')),
      ...base64.map((part) => Buffer.from(part)),
    ];
  });
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it('no stem, option, key or comment is found in any file of the store', async () => {
  const world = await openWorld();
  const dir = tempDir();
  const store = await createEmbeddedStore({ dir });
  const banks = createBanks({ ...world, store, tenant: 'main' });
  const owner = staff();
  const reviewer = staff('reviewer');
  const bank = (await banks.create(owner, newBank())).id;
  await banks.setMember(owner, bank, reviewer.user, ['reviewer']);
  const [stem = '', option = '', imported = '', comment = ''] = SECRETS;
  const input = choiceInput('C1');
  const content = {
    ...input.content,
    stem: rich(stem),
    options: [
      { id: 'a', text: rich(option) },
      { id: 'b', text: rich('x') },
    ],
  };
  const item = await banks.items.save(owner, bank, { ...input, content } as typeof input);
  const wanted = [{ item: item.id, version: 1 }];
  await banks.review.submit(owner, bank, wanted);
  await banks.review.giveBack(reviewer, bank, item.id, 1, comment);
  const bytes = await workbookOf([{ ...CHOICE, stem: imported }]);
  const started = await banks.imports.start(owner, bank, {
    file: { bytes: Buffer.from(bytes), name: 'x.xlsx' },
    language: 'vi',
  });
  expect((await ended(world.jobs, owner, started.job)).state).toBe('done');
  const committed = await banks.imports.commit(owner, bank, started.import);
  expect((await ended(world.jobs, owner, committed.job)).state).toBe('done');
  await store.close();

  const files = filesBelow(dir).map((path) => readFileSync(path));
  expect(files.reduce((sum, file) => sum + file.length, 0)).toBeGreaterThan(10_000);
  const found = SECRETS.filter((text) =>
    forms(text).some((form) => files.some((file) => file.includes(form))),
  );
  expect(found).toEqual([]);
  expect(files.some((file) => file.includes('Vật lí 11'))).toBe(true);
});
