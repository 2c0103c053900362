import { io, type Socket } from 'socket.io-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CANDIDATE_NAMESPACE, LIMITS } from '#bank/protocol';
import { connect, dial, entry, join, next, outcome, served, ticketOf } from './sockets.ts';
import { proctor, seat } from './world.ts';

describe('a connection', () => {
  it('is refused without a ticket, with an unknown one, and with one in the address', async () => {
    const world = await served();
    for (const ticket of [undefined, 'AAAAAAAAAAAAAAAAAAAAAA', { $ne: '' }, 7]) {
      expect(await outcome(dial(world.url, ticket))).toBe('ticket-invalid');
    }
    const ticket = await ticketOf(world, seat(world.sitting));
    expect(await outcome(dial(`${world.url}${CANDIDATE_NAMESPACE}?ticket=${ticket}`, undefined))).not.toBe(
      'connect',
    );
  });

  it('takes each ticket once, and only within its 30 seconds', async () => {
    const world = await served();
    const [used, old] = await Promise.all([0, 1].map(() => ticketOf(world, seat(world.sitting))));
    expect(await outcome(dial(world.url, used))).toBe('connect');
    expect(await outcome(dial(world.url, used))).toBe('ticket-invalid');
    world.clock.time += 30_000;
    expect(await outcome(dial(world.url, old))).toBe('ticket-invalid');
  });

  it('is refused with the ticket of a session that has ended, the others of the attempt are not', async () => {
    const world = await served();
    const actor = seat(world.sitting);
    const [ended, other] = await Promise.all(
      ['ended', 'other'].map((session) => world.delivery.ticket({ actor, session, origin: world.url })),
    );
    world.ended.add('ended');
    expect(await outcome(dial(world.url, ended))).toBe('ticket-invalid');
    expect(await outcome(dial(world.url, other))).toBe('connect');
  });

  it('is refused with a ticket from before another device came, and let in with a new one', async () => {
    const world = await served();
    await join(await connect(world), 'A');
    const before = await ticketOf(world, seat(world.sitting));
    await join(await connect(world), 'A');
    const same = await ticketOf(world, seat(world.sitting));
    expect(await outcome(dial(world.url, before))).toBe('connect');
    await join(await connect(world), 'B');
    expect(await outcome(dial(world.url, same))).toBe('ticket-superseded');
    const socket = await connect(world);
    expect(await join(socket, 'A')).toMatchObject({ ok: true, epoch: 3 });
  });

  it('is refused with the ticket of a page from elsewhere, though it comes from here', async () => {
    const world = await served();
    const elsewhere = await ticketOf(world, seat(world.sitting), world.url.replace('http:', 'https:'));
    expect(await outcome(dial(world.url, elsewhere))).toBe('ticket-invalid');
    const response = await fetch(`${world.url}/api/v1/candidate/ticket`, {
      method: 'POST',
      headers: {
        cookie: `niem=${seat(world.sitting).attempt}`,
        'x-niem': '1',
        'content-type': 'application/json',
        origin: world.url.replace('http:', 'https:'),
      },
    });
    const { ticket } = (await response.json()) as { ticket: string };
    expect(await outcome(dial(world.url, ticket))).toBe('ticket-invalid');
  });

  it('is refused from a page of another host and without an origin', async () => {
    const world = await served();
    const headers = [{ origin: 'https://evil.example' }, { origin: 'null' }, {}, { origin: `${world.url}0` }];
    for (const header of headers) {
      const socket = dial(
        world.url,
        await ticketOf(world, seat(world.sitting)),
        header as Record<string, string>,
      );
      expect(await outcome(socket)).toBe('websocket error');
    }
    const same = dial(world.url, await ticketOf(world, seat(world.sitting)));
    expect(await outcome(same)).toBe('connect');
  });

  it('is refused by polling and in any other namespace', async () => {
    const world = await served();
    const poll = await fetch(`${world.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: world.url },
    });
    expect(poll.status).toBe(400);
    const ticket = await ticketOf(world, seat(world.sitting));
    const other = io(world.url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: { ticket },
      extraHeaders: { origin: world.url },
    });
    onTestFinished(() => void other.disconnect());
    expect(await outcome(other)).toBe('not-found');
  });

  it('ends with the first event that is not in the protocol', async () => {
    const world = await served();
    for (const send of [
      (socket: Socket) => socket.emit('grade', {}),
      (socket: Socket) => socket.emit('__proto__', {}, () => {}),
      (socket: Socket) => socket.emit('join', { device: 'A' }),
    ]) {
      const socket = await connect(world);
      const gone = next<string>(socket, 'disconnect');
      send(socket);
      expect(await gone).toMatch(/server disconnect|transport close/);
    }
  });

  it('ends when a message is larger than allowed', async () => {
    const world = await served();
    const socket = await connect(world);
    const gone = next<string>(socket, 'disconnect');
    socket.emit('save', { epoch: 1, entries: [], padding: 'x'.repeat(LIMITS.socketMessageBytes) }, () => {});
    expect(await gone).toMatch(/transport/);
  });

  it('is slowed down and then cut off when it floods, without losing what it was told is saved', async () => {
    const world = await served();
    await world.proctoring.startExam(proctor, world.sitting.exam);
    const socket = await connect(world);
    const { epoch } = await join(socket);
    const replies: { ok: boolean; watermark?: number }[] = [];
    const gone = next(socket, 'disconnect');
    for (let seq = 1; seq <= 300; seq++) {
      socket.emit('save', { epoch, entries: [entry(seq)] }, (reply: { ok: boolean }) => replies.push(reply));
    }
    await gone;
    const told = Math.max(0, ...replies.map(({ watermark }) => watermark ?? 0));
    const saved = await world.journal.read(seat(world.sitting).attempt);
    expect(saved.filter(({ type }) => type === 'answer').length).toBeGreaterThanOrEqual(told);
    expect(replies.filter(({ ok }) => !ok).length).toBeGreaterThan(0);
  });

  it('is cut off when it goes on with messages that no page sends', async () => {
    const world = await served();
    for (const body of [{ junk: 'x' }, { epoch: 1, entries: [entry(1)] }]) {
      const socket = await connect(world);
      const cut = next(socket, 'disconnect');
      let answered = 0;
      for (let i = 0; i < 1_000; i++) socket.emit('save', body, () => answered++);
      await cut;
      expect(answered).toBeLessThan(1_000);
    }
  });

  it('takes the place of the oldest one when an attempt has too many', async () => {
    const world = await served();
    const first = await connect(world);
    const cut = next(first, 'disconnect');
    const later = [];
    for (let i = 0; i < 4; i++) later.push(await connect(world));
    await cut;
    expect(later.map(({ connected }) => connected)).toEqual([true, true, true, true]);
  });

  it('may bring text that was cut in the middle of a character', async () => {
    const world = await served();
    await world.proctoring.startExam(proctor, world.sitting.exam);
    const socket = await connect(world);
    const { epoch } = await join(socket);
    const save = () => socket.emitWithAck('save', { epoch, entries: [entry(1, 'a\ud835')] });
    expect(await save()).toMatchObject({ ok: true, watermark: 1 });
    expect(await save()).toMatchObject({ ok: true, watermark: 1 });
    expect((await join(socket)).answers).toMatchObject([{ response: { x: 'a\uFFFD' } }]);
    expect(await socket.emitWithAck('submit', { epoch, lastSeq: 1 })).toMatchObject({ ok: true });
  });

  it('gets a refusal that names what is wrong with a message, and goes on', async () => {
    const world = await served();
    await world.proctoring.startExam(proctor, world.sitting.exam);
    const socket = await connect(world);
    const save = (body: unknown) => socket.emitWithAck('save', body);
    expect(await save({ epoch: 1, entries: [entry(1)] })).toMatchObject({ ok: false, code: 'not-joined' });
    const { epoch } = await join(socket);
    const wrong = [
      {},
      null,
      { epoch, entries: [] },
      { epoch, entries: [{ ...entry(1), seq: 0 }] },
      { epoch, entries: [{ ...entry(1), seq: 1.5 }] },
      { epoch, entries: [{ ...entry(1), response: { x: 'a', c: 'b' } }] },
      { epoch, entries: [{ ...entry(1), response: { x: 'x'.repeat(LIMITS.shortAnswer + 1) } }] },
      { epoch, entries: [{ ...entry(1), at: 1 }] },
      { epoch, entries: Array.from({ length: LIMITS.entriesPerSave + 1 }, (_, i) => entry(i + 1)) },
    ];
    for (const body of wrong) expect(await save(body)).toMatchObject({ ok: false, code: 'invalid-input' });
    const slots = [
      { slot: 7, response: { x: 'a' }, code: 'no-such-slot' },
      { slot: 0, response: null, code: 'no-such-slot' },
      { slot: 1, response: { x: 'a' }, code: 'wrong-answer-form' },
      { slot: 5, response: { c: 'AAAAAAAA' }, code: 'wrong-answer-form' },
      {
        slot: 2,
        response: { m: ['AAAAAAA1', 'AAAAAAA2', 'AAAAAAA3', 'AAAAAAA4', 'AAAAAAA5'] },
        code: 'wrong-answer-form',
      },
    ];
    for (const { slot, response, code } of slots) {
      const reply = await save({ epoch, entries: [{ seq: 1, slot, response }] });
      expect(reply).toMatchObject({ ok: false, code, values: { number: slot + 1 } });
    }
    expect(await save({ epoch, entries: [entry(5000)] })).toMatchObject({ code: 'sequence-too-far' });
    expect(await save({ epoch, entries: [entry(1)] })).toMatchObject({ ok: true, watermark: 1 });
    expect(await save({ epoch, entries: [entry(1, 'other')] })).toMatchObject({ code: 'sequence-conflict' });
    const forms = [
      { slot: 1, response: { c: 'AAAAAAAA' } },
      { slot: 2, response: { m: [] } },
      { slot: 3, response: { t: { AAAAAAAA: true } } },
      { slot: 4, response: { x: '−2,5' } },
      { slot: 6, response: { p: { AAAAAAAA: 'BBBBBBBB' } } },
      { slot: 5, response: null },
    ].map((one, i) => ({ seq: i + 2, ...one }));
    expect(await save({ epoch, entries: forms })).toMatchObject({ ok: true, watermark: 7 });
  });
});
