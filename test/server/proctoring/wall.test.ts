import { io, type Socket } from 'socket.io-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { STAFF_NAMESPACE, STAFF_PUSHES, type Beat, type PresencePush, type Standing } from '#bank/protocol';
import { newId } from '#bank/vault';
import { validator } from '#server/http';
import { staff, type StaffActor } from '../../support/staff.ts';
import { connect, entry, join, next, outcome, served, type Served } from '../delivery/sockets.ts';
import { proctor, seat, seatExam, teacher } from '../delivery/world.ts';

const isPush = validator(STAFF_PUSHES.presence, 'body');
const isBeat = validator(STAFF_PUSHES.beat, 'body');

/** A connection as the page of somebody opens it who has this session cookie. */
function dialWall(url: string, cookie: string | null, origin = url): Socket {
  const socket = io(`${url}${STAFF_NAMESPACE}`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin, ...(cookie !== null && { cookie: `niem=${cookie}` }) },
  });
  onTestFinished(() => void socket.disconnect());
  return socket;
}

function signIn(world: Served, actor: StaffActor): string {
  const token = newId();
  world.signedIn.set(token, actor);
  return token;
}

async function wallOf(world: Served, actor: StaffActor): Promise<Socket> {
  const socket = dialWall(world.url, signIn(world, actor));
  expect(await outcome(socket)).toBe('connect');
  return socket;
}

const watch = (socket: Socket, exam: string) => socket.emitWithAck('watch', { exam });

/** The next push in which somebody stands so. */
function pushOf(socket: Socket, wanted: Partial<Standing>): Promise<PresencePush> {
  const fits = (standing: Standing) =>
    Object.entries(wanted).every(([field, value]) => standing[field as keyof Standing] === value);
  return new Promise((resolve) => {
    socket.on('presence', (push: PresencePush) => {
      isPush(push);
      if (push.standings.some(fits)) resolve(push);
    });
  });
}

describe('who may watch a room', () => {
  it('are signed-in proctors and the owner of the exam, from a page of this server', async () => {
    const world = await served();
    const { exam } = world.sitting;
    for (const actor of [proctor, teacher]) {
      const reply = await watch(await wallOf(world, actor), exam);
      expect(reply).toEqual({ ok: true, now: world.clock.time });
    }
  });

  it('is nobody without a session, no candidate, and nobody without the role', async () => {
    const world = await served();
    const candidate = newId();
    world.signedIn.set(candidate, seat(world.sitting));
    for (const [cookie, code] of [
      [null, 'sign-in-required'],
      ['x'.repeat(43), 'sign-in-required'],
      [candidate, 'forbidden'],
      [signIn(world, staff('auditor')), 'forbidden'],
    ] as const)
      expect(await outcome(dialWall(world.url, cookie))).toBe(code);
  });

  it('is no page of another host, whoever is signed in there', async () => {
    const world = await served();
    const token = signIn(world, proctor);
    expect(await outcome(dialWall(world.url, token, 'https://evil.example'))).toBe('websocket error');
    expect(await outcome(dialWall(world.url, token))).toBe('connect');
  });

  it('is no teacher of another exam: to them it does not exist, and the line ends', async () => {
    const world = await served();
    const stranger = await wallOf(world, staff('teacher'));
    const gone = next(stranger, 'disconnect');
    expect(await watch(stranger, world.sitting.exam)).toMatchObject({ ok: false, code: 'not-found' });
    await gone;
  });

  it('ends with the first event that is not in the protocol, and with a second exam', async () => {
    const world = await served();
    const { exam } = world.sitting;
    for (const send of [
      (socket: Socket) => socket.emit('join', { device: 'A' }, () => {}),
      (socket: Socket) => socket.emit('__proto__', {}, () => {}),
      (socket: Socket) => socket.emit('watch', { exam }),
      (socket: Socket) => socket.emit('watch', { exam, more: 1 }, () => {}),
      (socket: Socket) => socket.emit('watch', { exam }, () => socket.emit('watch', { exam }, () => {})),
    ]) {
      const socket = await wallOf(world, proctor);
      const gone = next<string>(socket, 'disconnect');
      send(socket);
      expect(await gone).toMatch(/server disconnect|transport close/);
    }
  });

  it('is nobody any more whose session has ended, or who has lost the role', async () => {
    const world = await served();
    const { exam } = world.sitting;
    const token = signIn(world, proctor);
    const leaving = dialWall(world.url, token);
    expect(await outcome(leaving)).toBe('connect');
    const demoted = staff('proctor');
    const demotedToken = signIn(world, demoted);
    const other = dialWall(world.url, demotedToken);
    expect(await outcome(other)).toBe('connect');
    const staying = await wallOf(world, proctor);
    for (const socket of [leaving, other, staying]) await watch(socket, exam);
    const gone = [next(leaving, 'disconnect'), next(other, 'disconnect')];
    world.ended.add(token);
    world.signedIn.set(demotedToken, { ...demoted, roles: ['auditor'] });
    await Promise.all([world.wall.recheck(proctor.user), world.wall.recheck(demoted.user)]);
    await Promise.all(gone);
    expect(staying.connected).toBe(true);
  });

  it('is looked at again with every beat', async () => {
    const world = await served();
    const token = signIn(world, proctor);
    const socket = dialWall(world.url, token);
    expect(await outcome(socket)).toBe('connect');
    await watch(socket, world.sitting.exam);
    const gone = next<string>(socket, 'disconnect');
    world.ended.add(token);
    expect(await gone).toMatch(/server disconnect|transport close/);
  });
});

describe('what is pushed', () => {
  it('is how candidates stand when they come, save, leave and are closed, without their names', async () => {
    const world = await served(2);
    const { exam } = world.sitting;
    const wall = await wallOf(world, proctor);
    await watch(wall, exam);
    const { attempt } = seat(world.sitting);

    const came = pushOf(wall, { attempt, connected: true, state: 'waiting' });
    const socket = await connect(world);
    await join(socket);
    expect(await came).toMatchObject({ exam, state: 'sealed' });

    const began = pushOf(wall, { attempt, state: 'running' });
    await world.proctoring.startExam(proctor, exam);
    expect(await began).toMatchObject({ state: 'open' });

    const saved = pushOf(wall, { attempt, watermark: 2, answered: 1 });
    await socket.emitWithAck('save', { epoch: 1, entries: [entry(1), { seq: 2, slot: 4, response: null }] });
    const push = await saved;
    expect(JSON.stringify(push)).not.toContain('Trần');
    expect(push.standings.map((one) => one.attempt)).toEqual([attempt]);

    const left = pushOf(wall, { attempt, connected: false });
    socket.disconnect();
    await left;

    const closed = pushOf(wall, { attempt, state: 'closed' });
    world.clock.time += 3_600_000;
    await world.delivery.closeDue();
    await closed;
  });

  it('gathers what changes at once, and says of each candidate the last only', async () => {
    const world = await served(3);
    const { exam, candidates } = world.sitting;
    await world.proctoring.startExam(proctor, exam);
    const wall = await wallOf(world, proctor);
    await watch(wall, exam);
    const pushes: PresencePush[] = [];
    wall.on('presence', (push: PresencePush) => pushes.push(push));
    const sockets = await Promise.all(candidates.map((candidate) => connect(world, candidate)));
    await Promise.all(sockets.map((socket) => join(socket)));
    const last = pushOf(wall, { attempt: seat(world.sitting, 2).attempt, watermark: 20 });
    for (let seq = 1; seq <= 20; seq++) {
      const saves = sockets.map((socket) => socket.emitWithAck('save', { epoch: 1, entries: [entry(seq)] }));
      await Promise.all(saves);
    }
    await last;
    for (const { standings } of pushes)
      expect(new Set(standings.map(({ attempt }) => attempt)).size).toBe(standings.length);
    expect(pushes.length).toBeLessThan(60);
  });

  it('is nothing of other exams, and a beat when nothing happens', async () => {
    const world = await served();
    const other = await seatExam(world, 1);
    const wall = await wallOf(world, proctor);
    await watch(wall, other.exam);
    const pushes: PresencePush[] = [];
    wall.on('presence', (push: PresencePush) => pushes.push(push));
    await join(await connect(world));
    await world.proctoring.startExam(proctor, world.sitting.exam);
    const beat = await next<Beat>(wall, 'beat');
    isBeat(beat);
    expect(beat).toEqual({ now: world.clock.time });
    expect(pushes).toEqual([]);
  });
});
