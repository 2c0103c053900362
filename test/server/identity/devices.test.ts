import { beforeEach, describe, expect, test } from 'vitest';
import { leavesOf } from '../../support/ports.ts';
import { staff } from '../../support/staff.ts';
import { CODE, openWorld, seat, type World } from './world.ts';

const PHONE =
  'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36';
const right = { exam: 'THK123', number: '110001', code: CODE, ip: '10.1.2.34', device: null };
const proctor = staff('proctor');

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
const signIn = () => world.identity.candidates.signIn(right);

describe('a second device', () => {
  const ask = () => world.identity.candidates.askForDevice(right, PHONE);
  const only = () => {
    const [request] = world.identity.devices.waiting(seat.exam);
    if (!request) throw new Error('no device waits');
    return request;
  };
  const decide = (id: string, verdict: 'approve' | 'refuse') =>
    world.identity.devices.decide(proctor, id, { verdict, reason: 'device-failed' });

  test('waits for the proctor, who sees what it is and not who asks from where exactly', async () => {
    await expect(ask()).rejects.toMatchObject({ code: 'device-free' });
    await signIn();
    const { request, expiresAt } = await ask();
    expect(await world.identity.devices.claim(request)).toEqual({ expiresAt, session: null });
    expect(only()).toMatchObject({
      candidate: seat.candidate,
      askedAt: world.clock.time,
      device: { kind: 'phone', system: 'Android', network: '10.1.2.*' },
    });
    expect(JSON.stringify(only())).not.toContain(request);
    expect(world.asked).toEqual([seat.exam]);
    const guess = world.identity.candidates.askForDevice({ ...right, code: 'AAAAAAAA' }, PHONE);
    await expect(guess).rejects.toMatchObject({ code: 'wrong-credentials' });
  });

  test('goes on when it is approved; the first is signed out, cut off, and it is on the record', async () => {
    const first = await signIn();
    const { request } = await ask();
    await decide(only().id, 'approve');
    expect(await world.identity.sessions.find(first.token)).toBeNull();
    expect(world.released).toEqual([seat.attempt]);
    const { session } = await world.identity.devices.claim(request);
    expect((await world.identity.devices.claim(request)).session).toEqual(session);
    expect((await world.identity.sessions.find(session?.token ?? ''))?.actor).toMatchObject({
      attempt: seat.attempt,
    });
    expect(world.identity.devices.waiting(seat.exam)).toEqual([]);
    await expect(signIn()).rejects.toMatchObject({ code: 'second-sign-in' });
    const leaf = (await leavesOf(world.audit)).find(({ action }) => action === 'device.approve');
    expect(leaf?.data).toEqual({ reason: 'device-failed' });
  });

  test('is told when it is refused, on the record, and the first goes on', async () => {
    const first = await signIn();
    const { request } = await ask();
    await decide(only().id, 'refuse');
    await expect(world.identity.devices.claim(request)).rejects.toMatchObject({ code: 'device-refused' });
    expect(await world.identity.sessions.find(first.token)).not.toBeNull();
    expect(world.released).toEqual([]);
    expect((await leavesOf(world.audit)).map(({ action }) => action)).toContain('device.refuse');
  });

  test('is decided on once, also when two proctors do it at once', async () => {
    await signIn();
    await ask();
    const { id } = only();
    const decisions = await Promise.allSettled([decide(id, 'approve'), decide(id, 'refuse')]);
    expect(decisions.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(decide(id, 'approve')).rejects.toMatchObject({ code: 'device-request-over' });
  });

  test('waits five minutes, and steps back for one that asks later', async () => {
    await signIn();
    const early = await ask();
    const late = await ask();
    await expect(world.identity.devices.claim(early.request)).rejects.toMatchObject({
      code: 'device-request-over',
    });
    const { id } = only();
    world.clock.time += 5 * 60_000;
    await expect(world.identity.devices.claim(late.request)).rejects.toMatchObject({
      code: 'device-request-over',
    });
    expect(world.identity.devices.waiting(seat.exam)).toEqual([]);
    await expect(decide(id, 'approve')).rejects.toMatchObject({ code: 'device-request-over' });
  });

  test('goes on waiting when the server has been restarted, and is decided on then', async () => {
    await signIn();
    const early = await ask();
    const { request } = await ask();
    const before = only();
    world.identity = await world.restarted();
    expect(world.identity.devices.waiting(seat.exam)).toEqual([]);
    world.asked.length = 0;
    await world.identity.devices.claim(early.request);
    expect(await world.identity.devices.claim(request)).toEqual({
      expiresAt: before.expiresAt,
      session: null,
    });
    expect(world.asked).toEqual([seat.exam, seat.exam]);
    expect(only()).toEqual(before);
    await decide(before.id, 'approve');
    expect((await world.identity.devices.claim(request)).session).not.toBeNull();
    await expect(world.identity.devices.claim(early.request)).rejects.toMatchObject({
      code: 'device-request-over',
    });
  });

  test('that was approved before the server was restarted gets its session afterwards, for a minute at least', async () => {
    await signIn();
    const { request, expiresAt } = await ask();
    world.clock.time = expiresAt - 1;
    await decide(only().id, 'approve');
    world.identity = await world.restarted();
    world.clock.time += 59_000;
    const { session } = await world.identity.devices.claim(request);
    expect((await world.identity.sessions.find(session?.token ?? ''))?.actor).toMatchObject({
      attempt: seat.attempt,
    });
    expect(world.identity.devices.waiting(seat.exam)).toEqual([]);
    world.clock.time += 2_000;
    await expect(world.identity.devices.claim(request)).rejects.toMatchObject({
      code: 'device-request-over',
    });
  });

  test('cannot make a request up, nor change one', async () => {
    await signIn();
    const { request } = await ask();
    const [told = '', proof = ''] = request.split('.');
    const later = { ...JSON.parse(Buffer.from(told, 'base64url').toString()), expiresAt: 9e15 };
    const forged = `${Buffer.from(JSON.stringify(later)).toString('base64url')}.${proof}`;
    for (const secret of [forged, `${told}.${'A'.repeat(43)}`])
      await expect(world.identity.devices.claim(secret)).rejects.toMatchObject({
        code: 'device-request-over',
      });
    expect(world.identity.devices.waiting(seat.exam)).toHaveLength(1);
  });
});
