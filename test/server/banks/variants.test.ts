import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { VariantsInput } from '#bank/item/parametric';
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

const INPUT: VariantsInput = {
  code: 'DD-7',
  topic: 'dao dong',
  level: 'APPLY',
  item: {
    kind: 'choice',
    stem: [[{ t: 'math', tex: 'x @{+a} = @{b}' }]],
    parameters: ['a', 'b'].map((name) => ({ name, from: '1', to: '4', step: '1' })),
    derived: [],
    constraints: ['a < b'],
    key: 'b - a',
    distractors: ['a + b', '-a - b'],
  },
};

const itemsOf = async () => (await world.banks.items.list(owner, bank, { limit: 200 })).items;

it('variants become drafts that are reviewed and drawn as any other item, one on a paper at most', async () => {
  expect(await world.banks.variants.make(owner, bank, INPUT)).toEqual({ code: 'DD-7', count: 6 });
  const items = await itemsOf();
  expect(items.map(({ code }) => code)).toEqual([1, 2, 3, 4, 5, 6].map((at) => `DD-7-00${at}`));
  expect(items[0]).toMatchObject({ topic: 'Dao động', level: 'APPLY', status: 'draft', kind: 'choice' });
  expect((await actions(world)).at(-1)).toBe('item.variants');
  const versions = items.map(({ id, version }) => ({ item: id, version }));
  expect(await world.banks.review.approve(owner, bank, versions)).toEqual({ done: 6, refused: [] });
  const pool = await world.banks.poolMetadata(owner, bank);
  expect(pool.map(({ enemies }) => enemies)).toEqual(items.map(() => ['DD-7']));
  const [view] = await world.banks.openViews(bank, versions.slice(0, 1));
  expect(JSON.stringify(view?.toView((part) => part))).not.toContain('@{');
});

it('the template stays, sealed, and makes more variants with other ranges, without those that there are', async () => {
  await world.banks.variants.make(owner, bank, INPUT);
  const listed = await world.banks.templates.list(owner, bank);
  const topic = INPUT.topic;
  expect(listed).toEqual({ templates: [{ ...INPUT, topic, made: 6, updatedAt: world.clock.now() }] });
  expect((await actions(world)).at(-1)).toBe('item.templates');
  const stored = await world.store.range('itemTemplates', { index: 'by_code', equals: [bank], limit: 10 });
  expect(JSON.stringify(stored.docs)).not.toContain('b - a');
  const parameters = ['a', 'b'].map((name) => ({ name, from: '1', to: '5', step: '1' }));
  const wider = { ...INPUT, item: { ...INPUT.item, parameters } };
  expect(await world.banks.variants.make(owner, bank, wider)).toEqual({ code: 'DD-7', count: 4 });
  const codes = (await itemsOf()).map(({ code }) => code);
  expect(codes).toEqual(Array.from({ length: 10 }, (_, at) => `DD-7-${String(at + 1).padStart(3, '0')}`));
  expect((await world.banks.templates.list(owner, bank)).templates).toMatchObject([
    { made: 10, item: { parameters } },
  ]);
  await expect(world.banks.variants.make(owner, bank, INPUT)).rejects.toMatchObject({
    code: 'parametric-all-made',
    status: 409,
  });
  const reviewer = staff('reviewer');
  await world.banks.setMember(owner, bank, reviewer.user, ['reviewer']);
  await expect(world.banks.templates.list(reviewer, bank)).rejects.toMatchObject({
    code: 'bank-role-missing',
  });
  await expect(world.banks.templates.list(staff(), bank)).rejects.toMatchObject({ code: 'not-found' });
});

it('what is wrong with one choice of numbers leaves nothing behind', async () => {
  const wrong = { ...INPUT, item: { ...INPUT.item, constraints: [], key: '1 / (b - a)' } };
  await expect(world.banks.variants.make(owner, bank, wrong)).rejects.toMatchObject({
    code: 'parametric-division',
    status: 422,
  });
  expect(await itemsOf()).toEqual([]);
});

it('a code that is taken is refused, and none of them is made', async () => {
  await world.banks.items.save(owner, bank, choiceInput('DD-7-004'));
  await expect(world.banks.variants.make(owner, bank, INPUT)).rejects.toMatchObject({
    code: 'item-code-taken',
    values: { code: 'DD-7' },
  });
  expect(await itemsOf()).toHaveLength(1);
});

it('is not for members who only draw or review', async () => {
  const reviewer = staff('reviewer');
  await world.banks.setMember(owner, bank, reviewer.user, ['reviewer']);
  await expect(world.banks.variants.make(reviewer, bank, INPUT)).rejects.toMatchObject({
    code: 'bank-role-missing',
  });
});
