import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { staff, type StaffActor } from '../../support/staff.ts';
import { choiceInput, descriptionInput, newBank, openWorld, type World } from './world.ts';

let world: World;
let owner: StaffActor;

beforeAll(async () => {
  world = await openWorld();
});

beforeEach(() => {
  owner = staff();
});

describe('banks', () => {
  it('are listed to their members', async () => {
    const shared = await world.banks.create(owner, newBank());
    await world.banks.create(
      owner,
      newBank({ name: ' Toán   12 ', kind: 'personal', topics: ['Hàm số', 'ham so'] }),
    );
    const guest = staff('reviewer');
    await world.banks.setMember(owner, shared.id, guest.user, ['reviewer']);
    expect((await world.banks.list(owner)).banks.map(({ name }) => name).toSorted()).toEqual([
      'Toán 12',
      'Vật lí 11',
    ]);
    expect((await world.banks.list(guest)).banks).toEqual([{ ...shared, roles: ['reviewer'] }]);
    const { members } = await world.banks.members(guest, shared.id);
    expect(members).toHaveLength(2);
    await world.banks.removeMember(owner, shared.id, guest.user);
    expect((await world.banks.list(guest)).banks).toEqual([]);
  });

  it('keep a manager', async () => {
    const { id } = await world.banks.create(owner, newBank());
    for (const attempt of [
      () => world.banks.setMember(owner, id, owner.user, ['author']),
      () => world.banks.removeMember(owner, id, owner.user),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'bank-last-manager' });
    }
    const second = staff();
    await world.banks.setMember(owner, id, second.user, ['manager']);
    await world.banks.removeMember(second, id, owner.user);
    await expect(world.banks.get(owner, id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('do not lose a topic that items have', async () => {
    const { id } = await world.banks.create(owner, newBank());
    await world.banks.items.save(owner, id, choiceInput('C1'));
    await expect(world.banks.update(owner, id, { name: 'x', topics: ['Sóng'] })).rejects.toMatchObject({
      code: 'topic-in-use',
      values: { topic: 'Dao động' },
    });
    const updated = await world.banks.update(owner, id, { name: 'Lí 11', topics: ['Dao động', 'Từ trường'] });
    expect(updated).toMatchObject({ name: 'Lí 11', topics: ['Dao động', 'Từ trường'] });
  });

  it('without topics take any', async () => {
    const { id } = await world.banks.create(owner, newBank({ topics: [] }));
    const item = await world.banks.items.save(owner, id, choiceInput('C1', { topic: 'Bất kì' }));
    expect(item.topic).toBe('Bất kì');
  });
});

describe('lists', () => {
  let bank: string;

  beforeEach(async () => {
    bank = (await world.banks.create(owner, newBank({ kind: 'personal' }))).id;
    for (let i = 10; i < 40; i++) {
      const changes = {
        topic: i % 2 ? 'Sóng' : 'Dao động',
        level: i % 3 ? ('KNOW' as const) : ('APPLY' as const),
      };
      await world.banks.items.save(owner, bank, choiceInput(`C${i}`, changes));
    }
    await world.banks.items.save(owner, bank, descriptionInput('P1'));
  });

  async function codes(query: Parameters<typeof world.banks.items.list>[2]): Promise<string[]> {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await world.banks.items.list(owner, bank, { ...query, limit: 7, ...(after && { after }) });
      expect(page.items.length).toBeLessThanOrEqual(7);
      found.push(...page.items.map(({ code }) => code));
      after = page.next;
    } while (after !== undefined);
    return found;
  }

  it('page through filters without a gap or a repetition', async () => {
    const all = Array.from({ length: 30 }, (_, i) => i + 10);
    const named = (fits: (i: number) => boolean) => all.filter(fits).map((i) => `C${i}`);
    expect(await codes({})).toEqual([...named(() => true), 'P1']);
    expect(await codes({ topic: 'Sóng' })).toHaveLength(15);
    expect(await codes({ topic: 'Sóng', level: 'APPLY' })).toEqual(named((i) => i % 2 === 1 && i % 3 === 0));
    expect(await codes({ level: 'APPLY' })).toEqual(named((i) => i % 3 === 0));
    expect(await codes({ kind: 'description' })).toEqual(['P1']);
    const [first] = (await world.banks.items.list(owner, bank, { limit: 1 })).items;
    await world.banks.review.approve(owner, bank, [{ item: first?.id ?? '', version: 1 }]);
    expect(await codes({ status: 'approved' })).toEqual(['C10']);
    expect(await codes({ status: 'draft', topic: 'Sóng', level: 'KNOW', kind: 'choice' })).toHaveLength(10);
  });

  it('show excerpts when asked', async () => {
    const { items } = await world.banks.items.list(owner, bank, { limit: 1, excerpts: true });
    expect(items[0]?.excerpt).toBe('Câu C10: tính \\frac{1}{2}');
  });
});

describe('the pool', () => {
  it('gives views with fresh tokens, in the order of the tokens, without a word of the key', async () => {
    const { id } = await world.banks.create(owner, newBank({ kind: 'personal' }));
    const input = choiceInput('C1');
    const item = await world.banks.items.save(owner, id, input);
    await world.banks.review.approve(owner, id, [{ item: item.id, version: 1 }]);
    const [entry] = await world.banks.poolMetadata(owner, id);
    expect(entry).toEqual({
      item: item.id,
      version: 1,
      topic: 'Dao động',
      level: 'KNOW',
      kind: 'choice',
      parts: ['a', 'b', 'c'],
      pinned: [],
      officialUse: false,
    });
    const [view] = await world.banks.openViews(id, [{ item: item.id, version: 1 }]);
    expect(view?.parts).toEqual(['a', 'b', 'c']);
    const tokens: Record<string, string> = { a: 'zzz', b: 'mmm', c: 'aaa' };
    const shown = view?.toView((part) => tokens[part] ?? '');
    expect(shown).toMatchObject({
      kind: 'choice',
      stem: [[{ t: 'text' }, { t: 'math', tex: '\\frac{1}{2}', tree: expect.anything() }]],
      options: [
        { token: 'aaa', text: [[{ v: 'ba' }]] },
        { token: 'mmm', text: [[{ v: 'hai' }]] },
        { token: 'zzz', text: [[{ v: 'một' }]] },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain('correct');
  });

  it('opens no draft, and nothing of another bank', async () => {
    const { id } = await world.banks.create(owner, newBank({ kind: 'personal' }));
    const other = await world.banks.create(owner, newBank({ kind: 'personal' }));
    const draft = await world.banks.items.save(owner, id, choiceInput('C1'));
    const wanted = [{ item: draft.id, version: 1 }];
    await expect(world.banks.openViews(id, wanted)).rejects.toThrow('not an approved version');
    await world.banks.review.approve(owner, id, wanted);
    await expect(world.banks.openViews(other.id, wanted)).rejects.toThrow('not an approved version');
  });

  it('can be opened by who holds the content line alone', async () => {
    const { id } = await world.banks.create(owner, newBank({ kind: 'personal' }));
    const item = await world.banks.items.save(owner, id, choiceInput('C1'));
    const wanted = [{ item: item.id, version: 1 }];
    await world.banks.review.approve(owner, id, wanted);
    const { createBanks } = await import('#server/banks');
    const narrow = createBanks({
      ...world,
      tenant: 'main',
      keyring: world.keyring.onlyLines('bank/*/content'),
    });
    expect(await narrow.openViews(id, wanted)).toHaveLength(1);
    await expect(narrow.items.get(owner, id, item.id)).rejects.toMatchObject({ name: 'LineRefused' });
  });
});
