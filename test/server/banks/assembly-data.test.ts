import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ERROR_STATUS, type AssemblyData, type ItemSummary } from '#bank/protocol';
import type { ItemInput } from '#server/banks';
import { CHOICE, workbookOf, type RowCells } from '../../bank/formats/support.ts';
import { ended } from '../../support/ports.ts';
import { staff, type StaffActor } from '../../support/staff.ts';
import { choiceInput, descriptionInput, newBank, openWorld, type World } from './world.ts';

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

const DATA: AssemblyData = {
  facility: 650,
  seconds: 90,
  information: [120, 250, 180],
  enemies: ['chu kì'],
  embargoUntil: '2020-06-30',
  lastUsed: '2020-01-31',
};

const save = (input: ItemInput, id?: string) => world.banks.items.save(owner, bank, input, id);
const withData = (code: string, assembly: AssemblyData, changes: Partial<ItemInput> = {}) =>
  choiceInput(code, { assembly, ...changes });
const approve = ({ id, version }: ItemSummary) =>
  world.banks.review.approve(owner, bank, [{ item: id, version }]);
const pool = () => world.banks.poolMetadata(owner, bank);
const dataOf = async (id: string) => (await world.banks.items.get(owner, bank, id)).assembly;

/** A day so many days from today. */
const dayFromNow = (days: number) =>
  new Date(world.clock.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('data for assembly', () => {
  it('belong to a version, and reach the pool once it is approved', async () => {
    const item = await save(withData('C1', DATA));
    expect(await dataOf(item.id)).toEqual(DATA);
    expect(await pool()).toEqual([]);
    await approve(item);
    const [entry] = await pool();
    const { facility, seconds, information, enemies } = DATA;
    expect(entry).toMatchObject({ facility, seconds, information, enemies });
    expect(entry).not.toHaveProperty('embargoUntil');
    expect(entry).toMatchObject({ lastUsed: '2020-01-31' });
  });

  it('make a new version when they change, and none when they do not', async () => {
    const item = await save(withData('C1', DATA));
    await approve(item);
    expect(await save(withData('C1', { ...DATA }, { base: 1 }), item.id)).toMatchObject({ version: 1 });
    const next = await save(withData('C1', { facility: 300 }, { base: 1 }), item.id);
    expect(next).toMatchObject({ version: 2, status: 'draft' });
    expect(await pool()).toMatchObject([{ facility: 650 }]);
    await approve(next);
    expect((await pool())[0]).toMatchObject({ facility: 300 });
    expect((await pool())[0]).not.toHaveProperty('enemies');
  });

  it('stay as they are when a new version does not tell them, and go when it tells that there are none', async () => {
    const { id } = await save(withData('C1', DATA));
    const other = await save(choiceInput('C1', { base: 1, topic: 'Sóng' }), id);
    expect([other.version, await dataOf(id)]).toEqual([2, DATA]);
    expect((await save(choiceInput('C1', { base: 2, topic: 'Sóng' }), id)).version).toBe(2);
    await save(choiceInput('C1', { base: 2, topic: 'Sóng', assembly: {} }), id);
    expect(await dataOf(id)).toBeUndefined();
  });

  it('are absent from items that carry none, as before', async () => {
    const item = await save(choiceInput('C1'));
    expect(await dataOf(item.id)).toBeUndefined();
    expect(await save(choiceInput('C1', { base: 1, assembly: { enemies: [] } }), item.id)).toMatchObject({
      version: 1,
    });
  });

  it('tell of an embargo until the day, also where it is that of the description', async () => {
    await approve(await save(withData('C1', { embargoUntil: dayFromNow(2) })));
    const description = await save({ ...descriptionInput('D1'), assembly: { embargoUntil: dayFromNow(2) } });
    await approve(description);
    await approve(await save(choiceInput('C2', { stimulus: description.id })));
    const released = await save(withData('C3', { embargoUntil: dayFromNow(-1) }));
    await approve(released);
    const free = async () =>
      (await pool()).filter(({ embargoUntil }) => embargoUntil === undefined).map(({ item }) => item);
    expect(await pool()).toHaveLength(4);
    expect(await free()).toEqual([released.id]);
    world.clock.time += 3 * 86_400_000;
    expect(await free()).toHaveLength(4);
  });

  it('are refused by name when they contradict themselves', async () => {
    const refuses = (code: string, input: ItemInput) =>
      expect(save(input)).rejects.toMatchObject({ code, status: ERROR_STATUS[code] });
    await refuses('item-enemy-repeated', withData('C9', { enemies: ['Chu kì', 'chu-ki'] }));
    await refuses('item-enemy-circular', withData('C9', { enemies: ['c9'] }));
    await refuses('item-enemy-unnamed', withData('C9', { enemies: ['?'] }));
    await refuses('item-data-description', { ...descriptionInput('D1'), assembly: { seconds: 5 } });
    const description = await save({ ...descriptionInput('D2'), assembly: { embargoUntil: '2027-06-30' } });
    const stimulus = description.id;
    await refuses('item-enemy-circular', withData('C9', { enemies: ['d2'] }, { stimulus }));
    await refuses('item-embargo-overlap', withData('C9', { embargoUntil: '2027-06-29' }, { stimulus }));
    await save(withData('C9', { embargoUntil: '2027-06-30' }, { stimulus }));
  });
});

describe('an import', () => {
  async function importRow(cells: RowCells): Promise<void> {
    const bytes = Buffer.from(await workbookOf([{ ...CHOICE, ...cells }]));
    const started = await world.banks.imports.start(owner, bank, {
      file: { bytes, name: 'câu hỏi.xlsx' },
      language: 'vi',
    });
    await ended(world.jobs, owner, started.job);
    const taken = await world.banks.imports.commit(owner, bank, started.import);
    await ended(world.jobs, owner, taken.job);
  }
  const onlyItem = async () => (await world.banks.items.list(owner, bank)).items[0]?.id ?? '';

  it('keeps what the file does not tell, and takes away what has a dash', async () => {
    await importRow({ facility: '65%', enemies: 'chu kì' });
    expect(await dataOf(await onlyItem())).toEqual({ facility: 650, enemies: ['chu kì'] });
    await importRow({ optionA: 'phút' });
    expect(await dataOf(await onlyItem())).toEqual({ facility: 650, enemies: ['chu kì'] });
    await importRow({ optionA: 'phút', facility: '-', seconds: '40' });
    expect(await dataOf(await onlyItem())).toEqual({ seconds: 40, enemies: ['chu kì'] });
  });

  it('brings nothing back that was cleared in the editor', async () => {
    const { id } = await save(withData('C1', DATA));
    await save(choiceInput('C1', { base: 1, assembly: {} }), id);
    await importRow({ optionA: 'phút' });
    expect(await dataOf(id)).toBeUndefined();
  });
});
