import { describe, expect, it } from 'vitest';
import type { SealedPaper, StateWord } from '#bank/protocol';
import { newId } from '#bank/vault';
import { createClock } from '#server/http';
import type { Journal } from '#server/storage';
import { openPorts } from '../../support/ports.ts';
import { connect, entry, http, join, next, served } from './sockets.ts';
import { proctor, seat, seatExam, serve, startOn, type Candidate } from './world.ts';

describe('the start of the exam', () => {
  it('sends the section key to who is there and gives it to who comes later, and to nobody before', async () => {
    const world = await served(2);
    const [early, late] = [seat(world.sitting, 0), seat(world.sitting, 1)];
    const socket = await connect(world, early);
    const joined = await join(socket);
    expect(joined).toMatchObject({
      ok: true,
      state: 'waiting',
      epoch: 1,
      nextSeq: 1,
      watermark: 0,
      answers: [],
    });
    expect(JSON.stringify(joined)).not.toMatch(/sectionKey/);
    expect(await http(world, early, 'me')).not.toHaveProperty('sectionKey');
    const refused = await socket.emitWithAck('save', { epoch: 1, entries: [entry(1)] });
    expect(refused).toMatchObject({ ok: false, code: 'not-started' });

    const pushed = next<StateWord>(socket, 'state');
    const times = await world.proctoring.startExam(proctor, world.sitting.exam);
    const word = await pushed;
    const key = Buffer.from(world.custody.sectionKey(world.sitting.exam, early.attempt)).toString(
      'base64url',
    );
    expect(word).toEqual({
      state: 'running',
      now: times.now,
      startsAt: times.startsAt,
      endsAt: times.endsAt,
      sectionKey: key,
    });
    const joinedLate = await join(await connect(world, late));
    expect(joinedLate).toMatchObject({ state: 'running', endsAt: times.endsAt });
    expect(joinedLate.sectionKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(joinedLate.sectionKey).not.toBe(key);
  });
});

describe('a second device', () => {
  it('takes the attempt over; the first is told, cut off, and no longer acknowledged', async () => {
    const world = await served();
    await world.proctoring.startExam(proctor, world.sitting.exam);
    const first = await connect(world);
    await join(first, 'A');
    await first.emitWithAck('save', { epoch: 1, entries: [entry(1), entry(3)] });
    const told = next(first, 'superseded');
    const gone = next(first, 'disconnect');
    const second = await connect(world);
    const joined = await join(second, 'B');
    await Promise.all([told, gone]);
    expect(joined).toMatchObject({ epoch: 2, nextSeq: 4, watermark: 3, answers: [{ slot: 5, seq: 3 }] });
    const stale = await http(world, seat(world.sitting), 'save', { epoch: 1, entries: [entry(2)] });
    expect(stale).toEqual({ ok: false, code: 'superseded', values: { watermark: 1 } });
    const records = await world.journal.read(seat(world.sitting).attempt);
    expect(records.filter(({ type }) => type === 'late')).toMatchObject([
      { data: { seq: 2, reason: 'superseded' } },
    ]);
    expect(records.filter(({ type }) => type === 'lease').at(-1)).toMatchObject({
      data: { voided: [[2, 2]] },
    });
  });

  it('is not what a page that comes back is: it keeps its epoch and its place', async () => {
    const world = await served();
    await world.proctoring.startExam(proctor, world.sitting.exam);
    const first = await connect(world);
    await join(first);
    await first.emitWithAck('save', { epoch: 1, entries: [entry(1)] });
    const gone = next(first, 'disconnect');
    const joined = await join(await connect(world));
    await gone;
    expect(joined).toMatchObject({ epoch: 1, nextSeq: 2, watermark: 1 });
  });
});

describe('without a socket', () => {
  it('the same verbs work over HTTP, and cut off a socket that holds the attempt', async () => {
    const world = await served();
    const candidate = seat(world.sitting);
    const socket = await connect(world);
    await join(socket);
    await world.proctoring.startExam(proctor, world.sitting.exam);
    const told = next(socket, 'superseded');
    expect(await http(world, candidate, 'join', { device: 'B' })).toMatchObject({ ok: true, epoch: 2 });
    await told;
    const body = { epoch: 2, entries: [entry(1)] };
    expect(await http(world, candidate, 'save', body)).toMatchObject({ ok: true, watermark: 1 });
    const submitted = await http<{ receipt: string }>(world, candidate, 'submit', { epoch: 2, lastSeq: 1 });
    const me = await http(world, candidate, 'me');
    expect(me).toMatchObject({
      attempt: candidate.attempt,
      title: 'Kiểm tra giữa kì',
      name: 'Trần Thị 0',
      number: '1000',
      spreadMs: 1,
      state: 'submitted',
      receipt: submitted.receipt,
    });
    expect(me).not.toHaveProperty('sectionKey');
  });

  it('the sealed paper can be fetched before the start', async () => {
    const world = await served();
    const candidate = seat(world.sitting);
    const paper = await http<SealedPaper>(world, candidate, 'paper');
    expect(paper).toMatchObject({ attempt: candidate.attempt, exam: world.sitting.exam });
    expect(paper.addresses).toHaveLength(1);
  });

  it('a box is the same for every candidate of the sitting, and nothing to others', async () => {
    const world = await served(2);
    const other = await seatExam(world, 1);
    const { url } = await serve(world, { exam: '', candidates: [...world.sitting.candidates, seat(other)] });
    const { addresses } = await http<SealedPaper>({ url }, seat(world.sitting), 'paper');
    const box = async (candidate: Candidate | null, address = addresses[0]) => {
      const headers: Record<string, string> = candidate ? { cookie: `niem=${candidate.attempt}` } : {};
      const answer = await fetch(`${url}/api/v1/candidate/boxes/${address}`, { headers });
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    };
    // also from memory, where the first has put it
    for (const candidate of [seat(world.sitting), seat(world.sitting), seat(world.sitting, 1)]) {
      const { status, text, headers } = await box(candidate);
      expect({ status, text }).toEqual({ status: 200, text: 'view' });
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('etag')).toBe(`"${addresses[0]}"`);
    }
    expect(await box(null)).toMatchObject({ status: 401 });
    expect(await box(seat(other))).toMatchObject({ status: 404 });
    expect(await box(seat(world.sitting), newId())).toMatchObject({ status: 404 });
  });

  it('strangers get nothing', async () => {
    const world = await served();
    for (const path of ['ticket', 'save', 'submit', 'join']) {
      const response = await fetch(`${world.url}/api/v1/candidate/${path}`, {
        method: 'POST',
        headers: { 'x-niem': '1', 'content-type': 'application/json' },
        body: '{}',
      });
      expect(response.status).toBe(401);
    }
  });
});

describe('the end', () => {
  it("is pushed by the server's own timer, with the receipt, and the sheets are written", async () => {
    const disk = { ...(await openPorts()), clock: { time: 0, now: createClock().now } };
    const world = await startOn(disk);
    const sitting = await seatExam(disk, 1, { durationSeconds: 1 });
    const { url } = await serve(world, sitting);
    const socket = await connect({ ...world, sitting, url });
    await join(socket);
    const words: StateWord[] = [];
    const closed = new Promise<void>((resolve) => {
      socket.on('state', (word: StateWord) => {
        words.push(word);
        if (word.state === 'closed') resolve();
      });
    });
    const { endsAt } = await world.proctoring.startExam(proctor, sitting.exam);
    await closed;
    expect(words.map(({ state }) => state)).toEqual(['running', 'closed']);
    expect(words[1]).toMatchObject({
      endsAt,
      receipt: expect.any(String),
      proof: { jws: expect.any(String) },
    });
    expect(words[1]?.now).toBeGreaterThanOrEqual(endsAt);
    expect(words[1]).not.toHaveProperty('sectionKey');
    await world.delivery.closeDue();
    expect(await world.store.get('exams', sitting.exam)).toMatchObject({ state: 'closed' });
    expect(await world.store.get('sheets', `${seat(sitting).attempt}.1`)).not.toBeNull();
  });

  it('of the server is told to everybody, after what was accepted has been acknowledged', async () => {
    const disk = await openPorts();
    const { journal } = await startOn(disk);
    let arrived = () => {};
    let release = () => {};
    const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
    const mayGoOn = new Promise<void>((resolve) => (release = resolve));
    const slow: Journal = {
      ...journal,
      async append(records) {
        if (records.some(({ type }) => type === 'answer')) {
          arrived();
          await mayGoOn;
        }
        return journal.append(records);
      },
    };
    const world = await startOn(disk, { journal: slow });
    const sitting = await seatExam(disk, 1);
    await world.proctoring.startExam(proctor, sitting.exam);
    const { url } = await serve(world, sitting);
    const socket = await connect({ ...world, sitting, url });
    await join(socket);
    const [bye, gone] = [next(socket, 'bye'), next(socket, 'disconnect')];
    const saving = socket.emitWithAck('save', { epoch: 1, entries: [entry(1)] });
    await hasArrived;
    const stopped = world.delivery.stop();
    expect(await bye).toEqual({ reason: 'restart' });
    release();
    expect(await saving).toMatchObject({ ok: true, watermark: 1 });
    await Promise.all([stopped, gone]);
  });

  it('of the disk is told as such, and nothing is acknowledged', async () => {
    const world = await served();
    await world.proctoring.startExam(proctor, world.sitting.exam);
    const socket = await connect(world);
    await join(socket);
    await world.journal.fence();
    const reply = await socket.emitWithAck('save', { epoch: 1, entries: [entry(1)] });
    expect(reply).toEqual({ ok: false, code: 'unavailable' });
  });

  it('of the server in the middle of writing loses nothing: the page joins again and goes on', async () => {
    const world = await served();
    await world.proctoring.startExam(proctor, world.sitting.exam);
    const socket = await connect(world);
    await join(socket);
    for (let seq = 1; seq <= 20; seq++) {
      expect(await socket.emitWithAck('save', { epoch: 1, entries: [entry(seq)] })).toMatchObject({
        watermark: seq,
      });
    }
    await world.journal.close();
    const again = await startOn(world);
    const { url } = await serve(again, world.sitting);
    const back = await connect({ ...again, sitting: world.sitting, url });
    const joined = await join(back);
    expect(joined).toMatchObject({ state: 'running', epoch: 1, watermark: 20, nextSeq: 21 });
    expect(joined.sectionKey).toMatch(/^.{43}$/);
    const more = await back.emitWithAck('save', { epoch: 1, entries: [entry(20), entry(21)] });
    expect(more).toMatchObject({ ok: true, watermark: 21 });
  });
});
