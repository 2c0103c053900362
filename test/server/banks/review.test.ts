import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { itemVersionId, LIMITS, type ImageRun, type ItemSummary } from '#bank/protocol';
import type { Store } from '#server/storage';
import { staff, type StaffActor } from '../../support/staff.ts';
import { actions, choiceInput, descriptionInput, newBank, openWorld, rich, type World } from './world.ts';

let world: World;
let author: StaffActor;
let reviewer: StaffActor;
let bank: string;

beforeAll(async () => {
  world = await openWorld();
});

beforeEach(async () => {
  author = staff();
  reviewer = staff('reviewer');
  bank = (await world.banks.create(author, newBank())).id;
  await world.banks.setMember(author, bank, reviewer.user, ['reviewer']);
});

const save = (code: string, changes = {}) => world.banks.items.save(author, bank, choiceInput(code, changes));
const ref = ({ id, version }: ItemSummary) => ({ item: id, version });

async function approve(item: ItemSummary): Promise<void> {
  await world.banks.review.submit(author, bank, [ref(item)]);
  expect(await world.banks.review.approve(reviewer, bank, [ref(item)])).toEqual({ done: 1, refused: [] });
}

describe('an item', () => {
  it('goes from draft through review to approved, each step in the ledger', async () => {
    const draft = await save('C1');
    expect(draft).toMatchObject({ code: 'C1', status: 'draft', version: 1 });
    await approve(draft);
    const { item, versions } = await world.banks.items.get(author, bank, draft.id);
    expect(item).toMatchObject({ status: 'approved', approvedVersion: 1, officialUse: true });
    expect(versions).toMatchObject([
      { version: 1, status: 'approved', author: author.user, reviewer: reviewer.user },
    ]);
    expect((await actions(world)).slice(-6)).toEqual([
      'bank.create',
      'bank.member',
      'item.save',
      'item.submit',
      'item.approve',
      'item.read',
    ]);
  });

  it('is read with content and key, in the normal form', async () => {
    const { id } = await save('C1', { topic: 'dao dong' });
    const detail = await world.banks.items.get(reviewer, bank, id);
    expect(detail.item.topic).toBe('Dao động');
    expect(detail.content).toEqual(choiceInput('C1').content);
    expect(detail.key).toEqual({ correct: ['b'] });
  });

  it('is returned with a comment, and comes back as a new version', async () => {
    const draft = await save('C1');
    await world.banks.review.submit(author, bank, [ref(draft)]);
    await world.banks.review.giveBack(reviewer, bank, draft.id, 1, '  Phương án C quá dễ.  ');
    expect(await world.banks.items.get(author, bank, draft.id)).toMatchObject({
      item: { status: 'returned' },
      comment: 'Phương án C quá dễ.',
    });
    const again = await world.banks.items.save(
      author,
      bank,
      choiceInput('C1', { base: 1, key: { correct: ['c'] } }),
      draft.id,
    );
    expect(again).toMatchObject({ status: 'draft', version: 2 });
    await approve(again);
  });

  it('keeps its approved version in the pool while a new one is written', async () => {
    const draft = await save('C1');
    await approve(draft);
    const next = await world.banks.items.save(
      author,
      bank,
      choiceInput('C1', { base: 1, level: 'APPLY' }),
      draft.id,
    );
    expect(next).toMatchObject({ status: 'draft', version: 2, approvedVersion: 1 });
    expect(await world.banks.poolMetadata(author, bank)).toMatchObject([{ version: 1, level: 'KNOW' }]);
    await approve(next);
    expect(await world.banks.poolMetadata(author, bank)).toMatchObject([{ version: 2, level: 'APPLY' }]);
  });

  it('tells the pool the level of each statement of a cluster', async () => {
    const statements = (['KNOW', undefined, 'APPLY', 'KNOW'] as const).map((level, index) => ({
      id: 'abcd'.charAt(index),
      text: rich(`ý ${index}`),
      ...(level && { level }),
    }));
    const key = { truth: { a: true, b: false, c: true, d: false } };
    for (const [code, own] of [
      ['C1', statements],
      ['C2', statements.map(({ id, text }) => ({ id, text }))],
    ] as const) {
      const content = { kind: 'tfCluster' as const, stem: rich('câu chùm'), statements: [...own] };
      await approve(await save(code, { level: 'UNDERSTAND', content, key }));
    }
    const pool = await world.banks.poolMetadata(author, bank);
    expect(pool.map(({ statementLevels }) => statementLevels)).toEqual([
      ['KNOW', 'UNDERSTAND', 'APPLY', 'KNOW'],
      undefined,
    ]);
  });

  it('never changes an approved version', async () => {
    const draft = await save('C1');
    await approve(draft);
    const before = await world.store.get('itemVersions', itemVersionId(draft.id, 1));
    await world.banks.items.save(
      author,
      bank,
      choiceInput('C1', { base: 1, key: { correct: ['c'] } }),
      draft.id,
    );
    await world.banks.review.approve(reviewer, bank, [ref(draft)]);
    await world.banks.review.retire(author, bank, draft.id);
    expect(await world.store.get('itemVersions', itemVersionId(draft.id, 1))).toEqual(before);
  });

  it('saved without a change stays as it is', async () => {
    const draft = await save('C1');
    const same = await world.banks.items.save(author, bank, choiceInput('C1', { base: 1 }), draft.id);
    expect(same.version).toBe(1);
  });

  it('retired leaves the pool, and a new version brings it back', async () => {
    const draft = await save('C1');
    await approve(draft);
    await world.banks.review.retire(author, bank, draft.id);
    await world.banks.review.retire(author, bank, draft.id);
    expect(await world.banks.poolMetadata(author, bank)).toEqual([]);
    const back = await world.banks.items.save(author, bank, choiceInput('C1', { base: 1 }), draft.id);
    expect(back).toMatchObject({ status: 'draft', version: 2 });
  });
});

describe('refusals of a review', () => {
  it('own-item: nobody approves what they wrote or worked on in a shared bank', async () => {
    const second = staff();
    await world.banks.setMember(author, bank, second.user, ['author', 'reviewer']);
    const draft = await save('C1');
    const next = await world.banks.items.save(
      second,
      bank,
      choiceInput('C1', { base: 1, level: 'APPLY' }),
      draft.id,
    );
    await world.banks.review.submit(author, bank, [ref(next)]);
    for (const actor of [author, second]) {
      expect(await world.banks.review.approve(actor, bank, [ref(next)])).toEqual({
        done: 0,
        refused: [{ ...ref(next), code: 'own-item', values: {} }],
      });
    }
    expect((await world.banks.review.approve(reviewer, bank, [ref(next)])).done).toBe(1);
  });

  it('item-not-in-review, item-not-latest, item-not-draft, not-found; the others go on', async () => {
    const [one, two, three] = [await save('C1'), await save('C2'), await save('C3')];
    await world.banks.items.save(author, bank, choiceInput('C2', { base: 1, level: 'APPLY' }), two.id);
    await world.banks.review.submit(author, bank, [ref(three)]);
    const unknown = { item: 'A'.repeat(22), version: 1 };
    const wanted = [ref(one), ref(two), ref(three), unknown];
    const { done, refused } = await world.banks.review.approve(reviewer, bank, wanted);
    expect(done).toBe(1);
    expect(refused.map(({ code }) => code)).toEqual(['item-not-in-review', 'item-not-latest', 'not-found']);
    expect((await world.banks.review.submit(author, bank, [ref(three)])).refused).toMatchObject([
      { code: 'item-not-draft' },
    ]);
  });

  it('item-too-large, for what no candidate could open; one picture less goes', async () => {
    const picture: ImageRun = {
      t: 'image',
      mime: 'image/png',
      data: 'A'.repeat(LIMITS.imageBase64),
      alt: 'Đồ thị',
    };
    const fitting = Math.floor(LIMITS.openedBoxBytes / LIMITS.imageBase64);
    const album = (count: number) => ({
      content: { kind: 'numeric' as const, stem: [Array.from({ length: count }, () => picture)] },
      key: { value: '1' },
    });
    const [large, good] = [await save('C1', album(fitting + 1)), await save('C2', album(fitting))];
    await world.banks.review.submit(author, bank, [ref(large), ref(good)]);
    expect(await world.banks.review.approve(reviewer, bank, [ref(large), ref(good)])).toEqual({
      done: 1,
      refused: [{ ...ref(large), code: 'item-too-large', values: { megabytes: 8 } }],
    });
  });

  it('asks for the role, and hides the bank from strangers', async () => {
    const draft = await save('C1');
    await expect(world.banks.items.save(reviewer, bank, choiceInput('C2'))).rejects.toMatchObject({
      code: 'bank-role-missing',
    });
    await expect(world.banks.review.retire(reviewer, bank, draft.id)).rejects.toMatchObject({
      code: 'bank-role-missing',
    });
    for (const attempt of [
      world.banks.items.get(staff(), bank, draft.id),
      world.banks.poolMetadata(staff(), bank),
      world.banks.get(staff(), bank),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'not-found', status: 404 });
    }
  });

  it('lets a member without roles draw, but not read', async () => {
    const drawer = staff();
    await world.banks.setMember(author, bank, drawer.user, []);
    const draft = await save('C1');
    await approve(draft);
    expect(await world.banks.poolMetadata(drawer, bank)).toHaveLength(1);
    expect((await world.banks.items.list(drawer, bank)).items).toHaveLength(1);
    await expect(world.banks.items.get(drawer, bank, draft.id)).rejects.toMatchObject({
      code: 'bank-role-missing',
    });
    await expect(world.banks.items.list(drawer, bank, { excerpts: true })).rejects.toMatchObject({
      code: 'bank-role-missing',
    });
  });
});

describe('a personal bank', () => {
  it('lets the owner approve her own drafts, which never become official', async () => {
    const { id } = await world.banks.create(author, newBank({ kind: 'personal' }));
    const draft = await world.banks.items.save(author, id, choiceInput('C1'));
    expect((await world.banks.review.approve(author, id, [ref(draft)])).done).toBe(1);
    expect(await world.banks.poolMetadata(author, id)).toMatchObject([{ officialUse: false }]);
  });

  it('makes official what somebody else approved', async () => {
    const { id } = await world.banks.create(author, newBank({ kind: 'personal' }));
    await world.banks.setMember(author, id, reviewer.user, ['reviewer']);
    const draft = await world.banks.items.save(author, id, choiceInput('C1'));
    await world.banks.review.approve(reviewer, id, [ref(draft)]);
    expect(await world.banks.poolMetadata(author, id)).toMatchObject([{ officialUse: true }]);
  });
});

describe('descriptions', () => {
  it('are approved before the items that belong to them, even in one list', async () => {
    const description = await world.banks.items.save(author, bank, descriptionInput('P1'));
    const item = await save('C1', { stimulus: description.id });
    await world.banks.review.submit(author, bank, [ref(item), ref(description)]);
    expect((await world.banks.review.approve(reviewer, bank, [ref(item)])).refused).toMatchObject([
      { code: 'stimulus-not-approved', values: { code: 'P1' } },
    ]);
    expect((await world.banks.review.approve(reviewer, bank, [ref(item), ref(description)])).done).toBe(2);
    const pool = await world.banks.poolMetadata(author, bank);
    expect(pool.find((entry) => entry.item === item.id)?.stimulus).toBe(description.id);
  });

  it('cannot be retired while approved items need them', async () => {
    const description = await world.banks.items.save(author, bank, descriptionInput('P1'));
    const item = await save('C1', { stimulus: description.id });
    await world.banks.review.submit(author, bank, [ref(item), ref(description)]);
    await world.banks.review.approve(reviewer, bank, [ref(item), ref(description)]);
    await expect(world.banks.review.retire(author, bank, description.id)).rejects.toMatchObject({
      code: 'item-in-use',
      values: { count: 1 },
    });
    await world.banks.review.retire(author, bank, item.id);
    await world.banks.review.retire(author, bank, description.id);
  });

  it('cannot be retired at the very moment an item of theirs is approved', async () => {
    const description = await world.banks.items.save(author, bank, descriptionInput('P1'));
    await approve(description);
    const item = await save('C1', { stimulus: description.id });
    await world.banks.review.submit(author, bank, [ref(item)]);
    const racing = world.over(interleaved(world.store, () => approveNow()));
    const approveNow = () => world.banks.review.approve(reviewer, bank, [ref(item)]);
    await expect(racing.review.retire(author, bank, description.id)).rejects.toMatchObject({
      code: 'item-changed',
    });
  });

  it('must be a description of the same bank', async () => {
    const other = await save('C1');
    for (const stimulus of [other.id, 'A'.repeat(22)]) {
      await expect(save('C2', { stimulus })).rejects.toMatchObject({ code: 'item-stimulus-unknown' });
    }
  });
});

/** The same store, where something else happens just before the first commit. */
function interleaved(store: Store, first: () => Promise<unknown>): Store {
  let done = false;
  return new Proxy(store, {
    get(target, name) {
      const read: unknown = Reflect.get(target, name);
      if (name !== 'commit') return typeof read === 'function' ? read.bind(target) : read;
      return async (writes: Parameters<Store['commit']>[0]) => {
        if (!done) {
          done = true;
          await first();
        }
        return target.commit(writes);
      };
    },
  });
}

describe('refusals of a draft', () => {
  it.each<[string, object, string]>([
    ['unknown topic', { topic: 'Quang học' }, 'topic-unknown'],
    ['no key', { key: { correct: [] } }, 'item-key-missing'],
    ['key without option', { key: { correct: ['z'] } }, 'item-key-unknown-part'],
    [
      'bad formula',
      { content: { ...choiceInput('x').content, stem: [[{ t: 'math', tex: '\\frac{1' }]] } },
      'item-formula',
    ],
    ['empty stem', { content: { ...choiceInput('x').content, stem: rich(' ') } }, 'item-stem-empty'],
  ])('%s', async (_name, changes, code) => {
    await expect(save('C1', changes)).rejects.toMatchObject({ code, status: 422 });
  });

  it('a code that is taken, a stale base, another kind, another code', async () => {
    const draft = await save('C1');
    await expect(save('C1', { level: 'APPLY' })).rejects.toMatchObject({
      code: 'item-code-taken',
      values: { code: 'C1' },
    });
    const change = (changes: object) =>
      world.banks.items.save(author, bank, choiceInput('C1', changes), draft.id);
    await expect(change({ base: 7 })).rejects.toMatchObject({ code: 'item-changed' });
    await expect(change({ base: 1, code: 'C9' })).rejects.toMatchObject({ code: 'item-invalid' });
    await expect(
      world.banks.items.save(author, bank, { ...descriptionInput('C1'), base: 1 }, draft.id),
    ).rejects.toMatchObject({ code: 'item-kind-fixed' });
  });

  it('of two who save at once one is told', async () => {
    const draft = await save('C1');
    const level = (is: 'APPLY' | 'UNDERSTAND') =>
      world.banks.items.save(author, bank, choiceInput('C1', { base: 1, level: is }), draft.id);
    const both = await Promise.allSettled([level('APPLY'), level('UNDERSTAND')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'item-changed' } });
  });
});
