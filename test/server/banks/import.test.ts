import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ITEM_KINDS, type ImportCounts, type ImportRowView } from '#bank/protocol';
import { readQuestions } from '#bank/formats';
import type { ImportInput } from '#server/banks';
import type { Store, Write } from '#server/storage';
import { CHOICE, workbookOf, type RowCells } from '../../bank/formats/support.ts';
import { ended } from '../../support/ports.ts';
import { staff, type StaffActor } from '../../support/staff.ts';
import { actions, choiceInput, newBank, openWorld, type World } from './world.ts';

let world: World;
let owner: StaffActor;
let bank: string;

beforeAll(async () => {
  world = await openWorld();
});

beforeEach(async () => {
  owner = staff();
  bank = (await world.banks.create(owner, newBank({ kind: 'personal' }))).id;
});

const row = (code: string, changes: RowCells = {}): RowCells => ({ ...CHOICE, code, ...changes });

async function fileOf(rows: readonly RowCells[]): Promise<ImportInput> {
  return { file: { bytes: Buffer.from(await workbookOf(rows)), name: 'câu hỏi.xlsx' }, language: 'vi' };
}

async function preview(
  input: ImportInput,
): Promise<{ id: string; counts: ImportCounts; rows: ImportRowView[] }> {
  const started = await world.banks.imports.start(owner, bank, input);
  const job = await ended(world.jobs, owner, started.job);
  expect(job.error).toBeUndefined();
  const rows: ImportRowView[] = [];
  for (let after: number | undefined = 0; after !== undefined;) {
    const page = await world.banks.imports.rows(owner, bank, started.import, { after }, 'vi');
    rows.push(...page.rows);
    after = page.next;
  }
  return { id: started.import, counts: job.result as ImportCounts, rows };
}

async function commit(id: string): Promise<ImportCounts> {
  const started = await world.banks.imports.commit(owner, bank, id);
  const job = await ended(world.jobs, owner, started.job);
  expect(job.error).toBeUndefined();
  return job.result as ImportCounts;
}

async function importFile(rows: readonly RowCells[]): Promise<ImportCounts> {
  return commit((await preview(await fileOf(rows))).id);
}

const codes = async () =>
  (await world.banks.items.list(owner, bank, { limit: 200 })).items.map(({ code }) => code);

describe('a preview', () => {
  it('tells every row with a sentence, and changes nothing', async () => {
    const { counts, rows } = await preview(
      await fileOf([row('C1'), row('C2', { topic: 'Quang học' }), row('C3', { unit: 'm' })]),
    );
    expect(counts).toEqual({ rows: 3, warnings: 1, refused: 1, added: 2, changed: 0, same: 0 });
    expect(rows[0]).toEqual({
      row: 2,
      cell: 'A2',
      code: 'C1',
      excerpt: 'Đơn vị của tần số là gì?',
      status: 'ok',
      action: 'added',
      problems: [],
    });
    expect(rows[1]).toMatchObject({ status: 'refused', action: 'refused', cell: 'C3' });
    expect(rows[1]?.problems).toEqual([
      {
        code: 'topic-unknown',
        severity: 'refused',
        cell: 'C3',
        text: 'Ngân hàng không có chủ đề “Quang học”. Hãy sửa theo danh sách (Dao động; Sóng), hoặc thêm chủ đề này vào ngân hàng.',
      },
    ]);
    expect(await codes()).toEqual([]);
  });

  it('can be filtered, told in English, and dropped', async () => {
    const { id } = await preview(await fileOf([row('C1'), row('C2', { key: 'Z' })]));
    const page = await world.banks.imports.rows(owner, bank, id, { status: 'refused' }, 'en');
    expect(page.rows).toHaveLength(1);
    expect(page.rows[0]?.problems[0]?.text).toMatch(/^The key “Z” cannot be read/);
    expect(await world.banks.imports.get(owner, bank, id, 'vi')).toMatchObject({
      state: 'ready',
      format: 'workbook',
    });
    await world.banks.imports.discard(owner, bank, id);
    await expect(world.banks.imports.get(owner, bank, id, 'vi')).rejects.toMatchObject({ code: 'not-found' });
    expect(await world.store.count('importRows', { index: 'by_import', equals: [id] })).toBe(0);
  });

  it('of a file that cannot be read leaves nothing behind, and the job says why', async () => {
    const before = await world.store.count('imports', { index: '_id' });
    const started = await world.banks.imports.start(owner, bank, {
      file: { bytes: Buffer.from('%PDF-1.7'), name: 'đề.pdf' },
      language: 'vi',
    });
    const job = await ended(world.jobs, owner, started.job);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'file-type', values: { found: 'PDF' } } });
    expect(await world.store.count('imports', { index: '_id' })).toBe(before);
  });

  it('finds the few refused rows of a long file at once', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => row(`C${i}`, i === 450 ? { key: 'Z' } : {}));
    const { id } = await preview(await fileOf(rows));
    const page = await world.banks.imports.rows(owner, bank, id, { status: 'refused' }, 'vi');
    expect(page.rows.map(({ row: number }) => number)).toEqual([452]);
    expect(page.next).toBeUndefined();
  });

  it('belongs to who sent the file', async () => {
    const { id } = await preview(await fileOf([row('C1')]));
    const other = staff();
    await world.banks.setMember(owner, bank, other.user, ['manager']);
    for (const attempt of [
      world.banks.imports.get(other, bank, id, 'vi'),
      world.banks.imports.commit(other, bank, id),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('is forgotten after a day', async () => {
    const { id } = await preview(await fileOf([row('C1')]));
    world.clock.time += 25 * 3_600_000;
    await world.banks.imports.recover();
    await expect(world.banks.imports.get(owner, bank, id, 'vi')).rejects.toMatchObject({ code: 'not-found' });
    expect(await world.store.count('importRows', { index: 'by_import', equals: [id] })).toBe(0);
  });
});

describe('taking over', () => {
  it('lets the others in when some are refused', async () => {
    expect(await importFile([row('C1'), row('C2', { key: 'Z' }), row('C3')])).toEqual({
      rows: 3,
      warnings: 0,
      refused: 1,
      added: 2,
      changed: 0,
      same: 0,
    });
    expect(await codes()).toEqual(['C1', 'C3']);
    const { items } = await world.banks.items.list(owner, bank);
    const detail = await world.banks.items.get(owner, bank, items[0]?.id ?? '');
    expect(detail).toMatchObject({ item: { status: 'draft' }, key: { correct: ['b'] } });
    expect((await actions(world)).slice(-3)).toEqual(['import.commit', 'item.import', 'item.read']);
  });

  it('can be repeated without doubling', async () => {
    const rows = [row('C1'), row('C2')];
    const first = await preview(await fileOf(rows));
    await commit(first.id);
    expect(await commit(first.id)).toMatchObject({ added: 2 });
    const again = await preview(await fileOf(rows));
    expect(again.counts).toMatchObject({ added: 0, changed: 0, same: 2 });
    expect(await commit(again.id)).toMatchObject({ added: 0, changed: 0, same: 2 });
    expect(await codes()).toEqual(['C1', 'C2']);
  });

  it('makes a new draft version of what has changed, and leaves approved versions in use', async () => {
    await importFile([row('C1'), row('C2')]);
    const { items } = await world.banks.items.list(owner, bank);
    const wanted = items.map(({ id, version }) => ({ item: id, version }));
    await world.banks.review.approve(owner, bank, wanted);
    expect(await importFile([row('C1'), row('C2', { level: 'Vận dụng' })])).toMatchObject({
      changed: 1,
      same: 1,
    });
    const after = (await world.banks.items.list(owner, bank)).items;
    expect(after).toMatchObject([
      { code: 'C1', status: 'approved', version: 1 },
      { code: 'C2', status: 'draft', version: 2, approvedVersion: 1 },
    ]);
    expect(await world.banks.poolMetadata(owner, bank)).toMatchObject([{ level: 'KNOW' }, { level: 'KNOW' }]);
  });

  it('knows an item that was written by hand', async () => {
    await world.banks.items.save(owner, bank, {
      ...choiceInput('C1'),
      content: { kind: 'description', stem: [[{ t: 'text', v: 'x' }]] },
      key: {},
    });
    const { rows } = await preview(await fileOf([row('C1')]));
    expect(rows[0]).toMatchObject({ action: 'refused', problems: [{ code: 'item-kind-fixed' }] });
  });

  it('joins items to descriptions of the file and of the bank', async () => {
    const passage = row('P1', { kind: 'Đoạn dẫn', level: null, optionA: null, optionB: null, key: null });
    await importFile([row('C1', { stimulus: 'P1' }), passage]);
    await importFile([row('C2', { stimulus: 'P1' })]);
    const { items } = await world.banks.items.list(owner, bank);
    const description = items.find(({ code }) => code === 'P1')?.id;
    expect(items.filter(({ stimulus }) => stimulus === description).map(({ code }) => code)).toEqual([
      'C1',
      'C2',
    ]);
  });

  it('takes GIFT with a topic and a level for all', async () => {
    const gift =
      '// [id:G1]\nTrái Đất tròn?{T}\n\n// [id:G2]\nHai cộng hai? {#4}\n\n// [id:G3]\nKể lại. {}\n';
    const { id, counts } = await preview({
      file: { bytes: Buffer.from(gift), name: 'cau-hoi.gift' },
      topic: 'Sóng',
      level: 'KNOW',
      language: 'vi',
    });
    expect(counts).toMatchObject({ added: 2, refused: 1 });
    await commit(id);
    expect(await codes()).toEqual(['G1', 'G2']);
  });

  it('goes on after a crash in the middle, without doubling', async () => {
    const rows = Array.from({ length: 450 }, (_, i) => row(`C${String(i).padStart(3, '0')}`));
    const { id } = await preview(await fileOf(rows));
    const broken = world.over(failingAfter(world.store, 2));
    const started = await broken.imports.commit(owner, bank, id);
    expect(await ended(world.jobs, owner, started.job)).toMatchObject({ state: 'failed' });
    const half = await world.store.count('items', { index: 'by_code', equals: [bank] });
    expect(half).toBe(200);
    await expect(world.banks.imports.commit(owner, bank, id)).rejects.toMatchObject({
      code: 'import-not-ready',
    });
    expect((await world.banks.imports.recover()).resumed).toBe(1);
    expect(await world.store.count('items', { index: 'by_code', equals: [bank] })).toBe(450);
    expect(await world.banks.imports.get(owner, bank, id, 'vi')).toMatchObject({ state: 'done' });
  });

  it('of two files with the same codes at once doubles nothing', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => row(`C${i + 10}`));
    const [one, two] = [await preview(await fileOf(rows)), await preview(await fileOf(rows))];
    const counts = await Promise.all([commit(one.id), commit(two.id)]);
    expect(counts[0].added + counts[1].added).toBe(30);
    expect(await codes()).toHaveLength(30);
  });
});

/** The same store, in which every commit after so many fails, as when the disk is gone. */
function failingAfter(store: Store, commits: number): Store {
  let left = commits;
  return new Proxy(store, {
    get(target, name) {
      const read: unknown = Reflect.get(target, name);
      if (name !== 'commit') return typeof read === 'function' ? read.bind(target) : read;
      return (writes: readonly Write[]) =>
        left-- > 0 ? target.commit(writes) : Promise.reject(new Error('disk gone'));
    },
  });
}

it('knows every kind in the template, and gives back as files what was approved', async () => {
  const template = await world.banks.template();
  const { id, counts } = await preview({
    file: { bytes: Buffer.from(template.bytes), name: template.name },
    language: 'vi',
  });
  expect(counts).toMatchObject({ refused: 0, warnings: 0, added: ITEM_KINDS.length + 1 });
  await commit(id);
  await expect(world.banks.exportItems(owner, bank, 'workbook')).rejects.toMatchObject({
    code: 'export-empty',
  });
  const { items } = await world.banks.items.list(owner, bank);
  const wanted = items.map((item) => ({ item: item.id, version: item.version }));
  expect((await world.banks.review.approve(owner, bank, wanted)).done).toBe(ITEM_KINDS.length + 1);

  const workbook = await world.banks.exportItems(owner, bank, 'workbook');
  expect(workbook.name).toBe('Vật lí 11.xlsx');
  const again = await preview({
    file: { bytes: Buffer.from(workbook.bytes), name: 'x.xlsx' },
    language: 'vi',
  });
  expect(again.counts).toMatchObject({ same: ITEM_KINDS.length + 1, refused: 0, warnings: 0 });

  const gift = await world.banks.exportItems(owner, bank, 'gift');
  const text = Buffer.from(gift.bytes).toString('utf8');
  expect(text).toContain('// Câu VD-03 không xuất được');
  expect(text).toContain('// Câu VD-10 không xuất được');
  for (const code of ['VD-11', 'VD-12', 'VD-13', 'VD-14', 'VD-15'])
    expect(text).toContain(`// Câu ${code} không xuất được`);
  expect(text).toContain('// Câu VD-08 mất đoạn dẫn');
  const { rows } = await readQuestions(gift.bytes, 'x.gift');
  expect(rows.map(({ code, status }) => `${code} ${status}`)).toEqual([
    'VD-01 ok',
    'VD-02 warning',
    'VD-04 ok',
    'VD-05 ok',
    'VD-06 ok',
    'VD-07 ok',
    'VD-08 ok',
  ]);
  expect((await actions(world)).filter((action) => action === 'bank.export')).toHaveLength(2);
});

it('takes 5,000 questions, telling progress', async () => {
  const rows = Array.from({ length: 5_000 }, (_, i) => row(`C${i}`, { stem: `Câu ${i}: $x_{${i % 50}}$` }));
  const { id, counts } = await preview(await fileOf(rows));
  expect(counts).toMatchObject({ added: 5_000 });
  expect(await commit(id)).toMatchObject({ added: 5_000 });
  expect(await world.store.count('items', { index: 'by_code', equals: [bank] })).toBe(5_000);
});
