import { beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '#server/identity';
import type { Store } from '#server/storage';
import type { StaffActor } from '../../support/staff.ts';
import { CODE, invited, openWorld, PASSWORD, seat, type World } from './world.ts';

describe('identity', () => {
  let world: World;
  let store: Store;
  let identity: Identity;
  let released: string[];
  let admin: StaffActor;
  let setupLinks: string[];
  let setups: PromiseSettledResult<unknown>[];

  beforeAll(async () => {
    world = await openWorld();
    ({ store, identity, released } = world);
    setupLinks = await Promise.all(Array.from({ length: 3 }, () => identity.staff.createSetupToken()));
    const joined = await Promise.allSettled(
      setupLinks.map((token, i) =>
        identity.staff.acceptInvitation({ token, name: 'Quản trị', login: `setup${i}`, password: PASSWORD }),
      ),
    );
    setups = joined;
    const first = joined.find((result) => result.status === 'fulfilled');
    const info = await identity.sessions.find(first?.value.token ?? '');
    if (info?.actor.kind !== 'staff') throw new Error('no set-up link made an account');
    admin = info.actor;
  });

  const signIn = (parts: { exam?: string; number?: string; code?: string; ip?: string; device?: string }) =>
    identity.candidates.signIn({
      exam: 'THK123',
      number: '110001',
      code: CODE,
      ip: '10.0.0.1',
      device: null,
      ...parts,
    });

  /** What a device sends that has just opened the page. */
  const named = (ip: string) => {
    const cookie = identity.knownDevices.nameFor({ device: null, ip, baseUrl: 'https://thi.example' });
    return /^niem-device=([^;]+); .*Path=\/api\/v1\/candidate; HttpOnly; SameSite=Strict; Secure$/.exec(
      cookie ?? '',
    )?.[1];
  };
  const outcomes = async (tries: Promise<unknown>[]) =>
    (await Promise.allSettled(tries)).map((one) => (one.status === 'rejected' ? one.reason.code : 'in'));

  const newLink = async () => (await identity.staff.invite(admin, ['admin'])).token;
  const addAdmin = async (login: string) => (await invited(world, admin, login, ['admin'])).token;

  test('of all set-up links one makes an account, and then none', async () => {
    expect(setups.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const token of setupLinks)
      await expect(identity.accounts.checkLink(token)).rejects.toMatchObject({ code: 'link-used' });
  });

  test('a one-time link makes one account, however often it is used at once', async () => {
    const token = await newLink();
    const attempts = Array.from({ length: 5 }, (_, i) =>
      identity.staff.acceptInvitation({ token, name: 'Quản trị', login: `admin${i}`, password: PASSWORD }),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refusals).toEqual(Array(4).fill(expect.objectContaining({ code: 'link-used', status: 410 })));
    await expect(identity.accounts.checkLink(token)).rejects.toMatchObject({ code: 'link-used' });
  });

  test('an expired link makes no account', async () => {
    const token = await newLink();
    world.clock.time += 8 * 24 * 3_600_000;
    await expect(identity.accounts.checkLink(token)).rejects.toMatchObject({ code: 'link-used' });
  });

  test.each([
    ['short', 'password-too-short'],
    ['aaaaaaaaaaaaaaaaaaaa', 'password-too-plain'],
    ['tên là co.lan.toan và thế thôi', 'password-too-plain'],
    ['ậ'.repeat(120) + 'bcdefgh', 'password-too-long'],
  ])('the password %s is refused with %s', async (password, code) => {
    const token = await newLink();
    const refused = identity.staff.acceptInvitation({ token, name: 'Lan', login: 'co.lan.toan', password });
    await expect(refused).rejects.toMatchObject({ code });
  });

  test('names and sign-in names are found again in any case and written form, and never twice', async () => {
    await addAdmin('Cô.Lan');
    const decomposed = 'cô.lan'.normalize('NFD');
    const session = await identity.staff.signIn({ login: decomposed, password: PASSWORD.normalize('NFD') });
    const info = await identity.sessions.find(session.token);
    expect(info?.actor).toMatchObject({ kind: 'staff', roles: ['admin'] });
    await expect(addAdmin('CÔ.LAN')).rejects.toMatchObject({ code: 'login-taken' });
  });

  test('unknown name and wrong password are refused alike, and guessing is slowed for both', async () => {
    await addAdmin('thay.minh');
    for (const login of ['thay.minh', 'khong.co.ai']) {
      for (let i = 0; i < 5; i++) {
        const refused = identity.staff.signIn({ login, password: 'sai mật khẩu rồi nhé' });
        await expect(refused).rejects.toMatchObject({ code: 'wrong-credentials', status: 401 });
      }
      const slowed = identity.staff.signIn({ login, password: PASSWORD });
      await expect(slowed).rejects.toMatchObject({ code: 'too-many-requests', values: { seconds: 30 } });
    }
    world.clock.time += 31_000;
    await expect(identity.staff.signIn({ login: 'thay.minh', password: PASSWORD })).resolves.toBeDefined();
  });

  test('an ended or disabled session opens nothing', async () => {
    const token = await addAdmin('co.hoa');
    const info = await identity.sessions.find(token);
    if (!info || info.actor.kind !== 'staff') throw new Error('no session');
    const user = await store.get('users', info.actor.user);
    if (!user) throw new Error('no user');
    const { v, ...doc } = user;
    await store.commit([{ op: 'replace', in: 'users', doc: { ...doc, status: 'disabled' }, ifVersion: v }]);
    expect(await identity.sessions.find(token)).toBeNull();
    await expect(identity.staff.signIn({ login: 'co.hoa', password: PASSWORD })).rejects.toMatchObject({
      code: 'wrong-credentials',
    });
  });

  test('colleagues are told by name and role, without sign-in names', async () => {
    const { people } = await identity.people.colleagues();
    expect(people.length).toBeGreaterThan(0);
    for (const person of people) expect(Object.keys(person).sort()).toEqual(['id', 'name', 'roles']);
  });

  test('a candidate signs in on one device; a second needs the proctor', async () => {
    const session = await signIn({ exam: 'thk123', code: 'k7m2-q9tx' });
    const info = await identity.sessions.find(session.token);
    expect(info?.actor).toEqual({
      kind: 'candidate',
      candidate: seat.candidate,
      exam: seat.exam,
      attempt: seat.attempt,
    });
    await expect(signIn({})).rejects.toMatchObject({ code: 'second-sign-in' });
    expect(await identity.candidates.release({ kind: 'system' }, seat.candidate, 'device-failed')).toBe(1);
    expect(await identity.sessions.find(session.token)).toBeNull();
    expect(released).toEqual([seat.attempt]);
    await expect(signIn({})).resolves.toBeDefined();
  });

  test('a wrong code says nothing of whether the number exists', async () => {
    for (const number of ['110001', '999999']) {
      const refused = signIn({ number, code: 'AAAAAAAA' });
      await expect(refused).rejects.toMatchObject({ code: 'wrong-credentials', values: {} });
    }
  });

  test('guesses are counted together however the seat is written, and when they come at once', async () => {
    const exams = ['KHAC99', 'khac99', 'KHA-C99', 'K HAC 99', '-KHAC99-', 'KHAC-99', ' khac 99', 'KHAC9-9'];
    const guesses = exams.map((exam) => signIn({ exam, number: 'a1', code: 'AAAAAAAA', ip: '10.0.0.9' }));
    const codes = (await Promise.allSettled(guesses)).map((guess) =>
      guess.status === 'rejected' ? guess.reason.code : 'in',
    );
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'too-many-requests')).toHaveLength(3);
    const staff = Array.from({ length: 8 }, () =>
      identity.staff.signIn({ login: 'ai.do', password: 'sai mật khẩu rồi nhé' }),
    );
    const refused = (await Promise.allSettled(staff)).map((guess) =>
      guess.status === 'rejected' ? guess.reason.code : 'in',
    );
    expect(refused.filter((code) => code === 'wrong-credentials')).toHaveLength(5);
  });

  test('a classmate who guesses keeps nobody out, and is slowed by a minute at most', async () => {
    await identity.candidates.release({ kind: 'system' }, seat.candidate, 'device-failed');
    const guess = () => signIn({ code: 'AAAAAAAA', ip: '10.0.0.8' });
    for (let i = 0; i < 12; i++) {
      await expect(guess()).rejects.toMatchObject({ code: 'wrong-credentials' });
      world.clock.time += 60_000;
    }
    await expect(guess()).rejects.toMatchObject({ code: 'wrong-credentials' });
    await expect(guess()).rejects.toMatchObject({ code: 'too-many-requests', values: { seconds: 60 } });
    await expect(signIn({})).resolves.toBeDefined();
  });

  test('a device that walks through the numbers is slowed, and no other behind its address', async () => {
    await identity.candidates.release({ kind: 'system' }, seat.candidate, 'device-failed');
    const ip = '10.0.1.1';
    const [cheat = '', honest = ''] = [named(ip), named(ip)];
    const guess = (number: number, device?: string) =>
      signIn({ number: `${number}`, code: 'AAAAAAAA', ip, ...(device !== undefined && { device }) });
    const walked = await outcomes(Array.from({ length: 30 }, (_, i) => guess(500 + i, cheat)));
    expect(walked.filter((code) => code === 'wrong-credentials')).toHaveLength(20);
    expect(walked.filter((code) => code === 'too-many-requests')).toHaveLength(10);
    const strange = await outcomes(Array.from({ length: 201 }, (_, i) => guess(1000 + i)));
    expect(strange).toContain('too-many-requests');
    await expect(signIn({ ip })).rejects.toMatchObject({ code: 'too-many-requests' });
    await expect(signIn({ ip, device: honest })).resolves.toBeDefined();
    world.clock.time += 15_000;
    await expect(guess(2000, cheat)).rejects.toMatchObject({ code: 'wrong-credentials' });
    await expect(guess(2001, cheat)).rejects.toMatchObject({ code: 'too-many-requests' });
  });

  test('a name that this server did not give is that of a stranger, and an address gets no end of them', () => {
    const ip = '10.0.1.2';
    const name = named(ip) ?? '';
    expect(identity.knownDevices.read(name)).toMatch(/./);
    expect(identity.knownDevices.nameFor({ device: name, ip, baseUrl: 'https://thi.example' })).toBeNull();
    for (const forged of [`x${name}`, name.slice(0, -2), '', '.', 'a.b'])
      expect(identity.knownDevices.read(forged)).toBeNull();
    const more = Array.from({ length: 3000 }, () => named(ip));
    expect(more.filter((one) => one !== undefined)).toHaveLength(2999);
  });

  test('of two sign-ins at the same moment one is the second', async () => {
    await identity.candidates.release({ kind: 'system' }, seat.candidate, 'device-failed');
    const both = await Promise.allSettled([signIn({ ip: '10.0.0.1' }), signIn({ ip: '10.0.0.2' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await identity.sessions.of(seat.candidate)).toHaveLength(1);
  });

  test('only candidates can be released', async () => {
    const info = await identity.sessions.find(await addAdmin('co.thu'));
    if (info?.actor.kind !== 'staff') throw new Error('no session');
    const released = identity.candidates.release(admin, info.actor.user, 'wrong-person');
    await expect(released).rejects.toMatchObject({ code: 'not-found', status: 404 });
    expect(await identity.sessions.of(info.actor.user)).toHaveLength(1);
  });

  test('failures that no longer count are forgotten', async () => {
    await expect(signIn({ number: 'B7', code: 'AAAAAAAA' })).rejects.toMatchObject({
      code: 'wrong-credentials',
    });
    world.clock.time += 25 * 3_600_000;
    await identity.sweep();
    expect(await store.count('throttles', { index: '_id' })).toBe(0);
  });
});
