import { beforeEach, describe, expect, test } from 'vitest';
import { array, assert, asyncProperty, boolean, nat, record } from 'fast-check';
import type { Role } from '#bank/protocol';
import type { StaffActor } from '../../support/staff.ts';
import { foundedBy, invited, openWorld, PASSWORD, type World } from './world.ts';

const OTHER = 'một câu khác hẳn, cũng dễ nhớ';

let world: World;
let admin: StaffActor;
let lan: { actor: StaffActor; token: string };

beforeEach(async () => {
  world = await openWorld();
  admin = await foundedBy(world);
  lan = await invited(world, admin, 'co.lan', ['teacher']);
});

const accounts = () => world.identity.accounts;
const session = (token: string) => world.identity.sessions.find(token);
const signIn = (password = PASSWORD) => world.identity.staff.signIn({ login: 'co.lan', password });
const refusal = (code: string) => expect.objectContaining({ code });

describe('an account that is locked', () => {
  test('is signed out at once and stays out, and comes back only by signing in', async () => {
    const second = await signIn();
    expect(await accounts().disable(admin, lan.actor.user)).toMatchObject({ active: false });
    for (const { token } of [lan, second]) expect(await session(token)).toBeNull();
    expect(world.changed).toEqual([lan.actor.user]);
    await expect(signIn()).rejects.toEqual(refusal('wrong-credentials'));
    expect(await accounts().enable(admin, lan.actor.user)).toMatchObject({ active: true });
    for (const { token } of [lan, second]) expect(await session(token)).toBeNull();
    expect(await session((await signIn()).token)).not.toBeNull();
  });

  test('is not entered by a sign-in that was under way', async () => {
    const [entering] = await Promise.allSettled([signIn(), accounts().disable(admin, lan.actor.user)]);
    await accounts().enable(admin, lan.actor.user);
    const opened = entering.status === 'fulfilled' ? await session(entering.value.token) : null;
    expect(opened).toBeNull();
  });

  test('can be locked and unlocked again without another entry in the ledger', async () => {
    await accounts().enable(admin, lan.actor.user);
    await accounts().disable(admin, lan.actor.user);
    await accounts().disable(admin, lan.actor.user);
    expect((await acts()).filter(({ action }) => action.startsWith('person.'))).toHaveLength(5);
  });
});

describe('roles', () => {
  test('change what an open session may do', async () => {
    await accounts().setRoles(admin, lan.actor.user, ['proctor', 'auditor']);
    expect((await session(lan.token))?.actor).toMatchObject({ roles: ['proctor', 'auditor'] });
    expect(world.changed).toEqual([lan.actor.user]);
  });

  test('are changed by administrators as they are now, not as their session began', async () => {
    const other = await invited(world, admin, 'quan.tri.2', ['admin']);
    await accounts().setRoles(admin, other.actor.user, ['teacher']);
    for (const act of changes(other.actor, lan.actor.user))
      await expect(act()).rejects.toEqual(refusal('forbidden'));
  });

  test('of oneself are changed by somebody else', async () => {
    for (const act of changes(admin, admin.user)) await expect(act()).rejects.toEqual(refusal('own-account'));
    for (const act of changes(admin, 'A'.repeat(22)))
      await expect(act()).rejects.toEqual(refusal('not-found'));
  });

  test('never leave a school without an administrator, whatever is done at once', async () => {
    const admins = [admin];
    for (const login of ['hai', 'ba', 'bon'])
      admins.push((await invited(world, admin, login, ['admin'])).actor);
    const someone = nat(admins.length - 1);
    const act = record({ by: someone, on: someone, lock: boolean() });
    await assert(
      asyncProperty(array(act, { minLength: 2, maxLength: 8 }), async (list) => {
        const done = await Promise.allSettled(
          list.map(({ by, on, lock }) => {
            const [actor, user] = [admins[by]!, admins[on]!.user];
            return lock ? accounts().disable(actor, user) : accounts().setRoles(actor, user, ['teacher']);
          }),
        );
        const codes = done.map((result) =>
          result.status === 'rejected' ? (result.reason as { code: string }).code : 'done',
        );
        for (const code of codes) expect(['done', 'own-account', 'forbidden']).toContain(code);
        const left = await administrators();
        expect(left.length).toBeGreaterThan(0);
        await restore(admins, left[0]!);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a link for a new password', () => {
  const newLink = async () => (await accounts().passwordLink(admin, lan.actor.user)).token;

  test('says whose it is, sets the password, ends the sessions of before and signs in', async () => {
    const token = await newLink();
    expect(await accounts().checkLink(token)).toEqual({
      account: { name: 'Nguyễn Thị Lan', login: 'co.lan' },
    });
    const entered = await accounts().setPassword({ token, password: OTHER });
    expect((await session(entered.token))?.actor).toEqual(lan.actor);
    expect(await session(lan.token)).toBeNull();
    await expect(signIn()).rejects.toEqual(refusal('wrong-credentials'));
    expect(await session((await signIn(OTHER)).token)).not.toBeNull();
  });

  test('works once, also when it is used at once', async () => {
    const token = await newLink();
    const uses = Array.from({ length: 4 }, () => accounts().setPassword({ token, password: OTHER }));
    const done = await Promise.allSettled(uses);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(accounts().checkLink(token)).rejects.toEqual(refusal('link-used'));
  });

  test('ends with the next link, with the lock, and in time', async () => {
    const spent: string[] = [await newLink(), await newLink()];
    expect(await accounts().checkLink(spent[1]!)).toMatchObject({ account: { login: 'co.lan' } });
    await accounts().disable(admin, lan.actor.user);
    await accounts().enable(admin, lan.actor.user);
    spent.push(await newLink());
    world.clock.time += 49 * 3_600_000;
    for (const token of spent) {
      await expect(accounts().checkLink(token)).rejects.toEqual(refusal('link-used'));
      await expect(accounts().setPassword({ token, password: OTHER })).rejects.toEqual(refusal('link-used'));
    }
  });

  test('takes no poor password, and is still good after one', async () => {
    const token = await newLink();
    const poor = accounts().setPassword({ token, password: 'co.lan dạy Vật lí ở đây' });
    await expect(poor).rejects.toEqual(refusal('password-too-plain'));
    await expect(accounts().setPassword({ token, password: OTHER })).resolves.toBeDefined();
  });

  test('is made for nobody who is locked', async () => {
    await accounts().disable(admin, lan.actor.user);
    await expect(newLink()).rejects.toEqual(refusal('account-disabled'));
  });

  test('makes no account, and an invitation sets no password', async () => {
    const input = { name: 'Ai đó', login: 'ai.do', password: OTHER };
    const forPassword = world.identity.staff.acceptInvitation({ ...input, token: await newLink() });
    await expect(forPassword).rejects.toEqual(refusal('link-used'));
    const { token } = await world.identity.staff.invite(admin, ['teacher']);
    await expect(accounts().setPassword({ token, password: OTHER })).rejects.toEqual(refusal('link-used'));
  });

  test('lets in who was slowed down for guessing', async () => {
    for (let i = 0; i < 6; i++) await signIn('không phải câu này đâu').catch(() => undefined);
    await expect(signIn()).rejects.toEqual(refusal('too-many-requests'));
    await accounts().setPassword({ token: await newLink(), password: OTHER });
    await expect(signIn(OTHER)).resolves.toBeDefined();
  });
});

test('links are worth no more than who made them', async () => {
  const other = await invited(world, admin, 'quan.tri.2', ['admin']);
  const invitation = await world.identity.staff.invite(other.actor, ['admin']);
  const link = await accounts().passwordLink(other.actor, lan.actor.user);
  await accounts().setRoles(admin, other.actor.user, ['teacher']);
  for (const { token } of [invitation, link])
    await expect(accounts().checkLink(token)).rejects.toEqual(refusal('link-used'));
});

test('every act is in the ledger, and no name is', async () => {
  await accounts().setRoles(admin, lan.actor.user, ['teacher', 'reviewer']);
  await accounts().disable(admin, lan.actor.user);
  await accounts().enable(admin, lan.actor.user);
  const { token } = await accounts().passwordLink(admin, lan.actor.user);
  await accounts().setPassword({ token, password: OTHER });
  const leaves = (await acts()).slice(-5);
  expect(leaves.map(({ action, data }) => [action, data])).toEqual([
    ['person.roles', { roles: ['teacher', 'reviewer'], before: ['teacher'] }],
    ['person.disable', undefined],
    ['person.enable', undefined],
    ['person.link', undefined],
    ['person.password', undefined],
  ]);
  expect(new Set(leaves.map(({ object }) => object)).size).toBe(1);
  for (const secret of ['Lan', 'co.lan', token, lan.actor.user])
    expect(JSON.stringify(leaves)).not.toContain(secret);
});

/** What an administrator may do with an account. */
function changes(actor: StaffActor, user: string): (() => Promise<unknown>)[] {
  return [
    () => accounts().disable(actor, user),
    () => accounts().enable(actor, user),
    () => accounts().setRoles(actor, user, ['teacher']),
    () => accounts().passwordLink(actor, user),
  ];
}

async function acts() {
  await world.audit.drained();
  return world.audit.leaves({ order: 'asc', limit: 1000 });
}

async function administrators(): Promise<string[]> {
  const { people } = await world.identity.people.list();
  return people.filter(({ active, roles }) => active && roles.includes('admin')).map(({ id }) => id);
}

/** Makes administrators of all of them again. */
async function restore(admins: readonly StaffActor[], left: string): Promise<void> {
  const actor = admins.find(({ user }) => user === left)!;
  for (const { user } of admins.filter((one) => one.user !== left)) {
    await accounts().enable(actor, user);
    await accounts().setRoles(actor, user, ['admin'] satisfies Role[]);
  }
}
