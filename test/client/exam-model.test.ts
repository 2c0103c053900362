import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Response } from '#bank/protocol';
import {
  announcement,
  canEdit,
  INITIAL,
  isEmpty,
  nextBatch,
  reduce,
  saveStatus,
  slotStatuses,
  timeLeft,
  type Batch,
  type Entry,
  type ExamEvent,
  type ExamState,
  type Lease,
  type ServerWord,
} from '../../client/core/index.ts';

const SLOTS = 4;
const SHAPE = {
  before: { slots: 0, questions: 0 },
  parts: [{ title: 'Phần I' }],
  slots: Array.from({ length: SLOTS }, () => ({
    kind: 'shortText' as const,
    part: 0,
    points: 25,
    wanted: 1,
  })),
};

/** A server as DESIGN §5 asks for: durable, idempotent, with leases, a deadline and a clock of its own. */
class ServerModel {
  now = 1_700_000_000_000;
  endsAt = this.now + 3_600_000;
  epoch = 1;
  owner = 'here';
  isPaused = false;
  records = new Map<number, Map<number, Entry>>();
  held: Entry[] = [];
  acknowledged: Entry[] = [];

  of(epoch: number): Map<number, Entry> {
    const found = this.records.get(epoch) ?? new Map<number, Entry>();
    this.records.set(epoch, found);
    return found;
  }

  watermark(epoch: number): number {
    let mark = 0;
    while (this.of(epoch).has(mark + 1)) mark++;
    return mark;
  }

  join(device: string) {
    if (device !== this.owner) {
      this.owner = device;
      this.epoch++;
    }
    const answers = new Map<number, Response>();
    for (const epoch of [...this.records.keys()].sort((a, b) => a - b)) {
      for (const [, entry] of [...this.of(epoch)].sort(([a], [b]) => a - b))
        answers.set(entry.slot, entry.response);
    }
    const watermark = this.watermark(this.epoch);
    return {
      epoch: this.epoch,
      nextSeq: watermark + 1,
      watermark,
      answers: [...answers].map(([slot, response]) => ({ slot, response })),
      word: this.word(),
    };
  }

  word(): ServerWord {
    return this.isPaused
      ? { state: 'paused', left: this.endsAt - this.now }
      : { state: 'running', endsAt: this.endsAt };
  }

  save({ epoch, entries }: Batch): 'stale' | number {
    if (epoch !== this.epoch) {
      this.held.push(...entries);
      return 'stale';
    }
    for (const entry of entries) {
      const known = this.of(epoch).get(entry.seq);
      if (known && JSON.stringify(known.response) !== JSON.stringify(entry.response))
        throw new Error('the same key came with other content');
      this.of(epoch).set(entry.seq, entry);
    }
    return this.watermark(epoch);
  }
}

/** The driver around the reducer, with a device that keeps what was stored and forgets the rest at a reload. */
class World {
  server = new ServerModel();
  state: ExamState = INITIAL;
  disk: Entry[] = [];
  floors: Readonly<Record<number, number>> = {};
  lease: Lease | null = null;
  endsAt: number | null = null;
  monotonic = 1000;
  deadlines = new Set<number | null>([null]);
  isLineUp = true;
  lateReplies: { epoch: number; watermark: number }[] = [];
  /** What the candidate last entered on this device and has not been overtaken by another device. */
  typed = new Map<number, Response>();

  constructor() {
    this.load();
  }

  dispatch(event: ExamEvent): void {
    const before = this.state;
    this.state = reduce(before, event);
    announcement(before, this.state);
    this.disk.push(...this.state.outbox.log.slice(this.disk.length));
    const { epoch, floors, nextSeq } = this.state.outbox;
    this.floors = floors;
    this.lease = epoch === null ? this.lease : { epoch, nextSeq };
    this.endsAt = this.state.endsAt ?? this.endsAt;
    this.check();
  }

  /** A new page on the same device; without a line it goes on by what is kept. */
  load(): void {
    const { disk, endsAt, floors, lease } = this;
    this.state = INITIAL;
    this.dispatch({ type: 'restored', log: [...disk], floors, lease, flags: [], slot: 0 });
    this.dispatch({ type: 'paper', paper: SHAPE });
    if (this.isLineUp) return;
    if (endsAt !== null) this.dispatch({ type: 'server', word: { state: 'running', endsAt } });
    this.dispatch({ type: 'offline' });
  }

  join(): void {
    const reply = this.server.join('here');
    this.deadlines.add(this.server.endsAt);
    const sample = { now: this.server.now, sentAt: this.monotonic, receivedAt: this.monotonic };
    this.dispatch({ type: 'joined', ...reply, sample });
  }

  send(fate: 'delivered' | 'lost' | 'unanswered'): void {
    if (this.state.link !== 'online' || !this.isLineUp) return;
    const batch = nextBatch(this.state.outbox);
    if (!batch) return;
    assert.ok(batch.entries.every(({ epoch }) => epoch === batch.epoch));
    this.dispatch({ type: 'sent', batch });
    assert.equal(nextBatch(this.state.outbox), null);
    if (fate === 'lost') return this.dispatch({ type: 'offline' });
    if (this.server.isPaused) return this.dispatch({ type: 'undelivered' });
    const reply = this.server.save(batch);
    if (reply === 'stale') {
      if (fate === 'delivered')
        this.dispatch({
          type: 'held',
          epoch: batch.epoch,
          last: batch.entries.at(-1)?.seq ?? 0,
          count: batch.entries.length,
        });
      else this.dispatch({ type: 'offline' });
      return;
    }
    this.lateReplies.push({ epoch: batch.epoch, watermark: reply });
    if (fate === 'unanswered') return this.dispatch({ type: 'offline' });
    this.acknowledge({ epoch: batch.epoch, watermark: reply });
  }

  acknowledge(reply: { epoch: number; watermark: number }): void {
    this.server.acknowledged.push(
      ...[...this.server.of(reply.epoch).values()].filter(({ seq }) => seq <= reply.watermark),
    );
    this.dispatch({ type: 'acknowledged', ...reply, at: this.server.now });
  }

  /** What must hold after every event. */
  check(): void {
    const { state, server } = this;
    if (state.phase === 'paused') {
      assert.equal(canEdit(state), false);
      assert.equal(state.endsAt, null);
      assert.ok(timeLeft(state) === null && state.left !== null);
    }
    if (saveStatus(state) === 'saved') {
      assert.ok(isEmpty(state.outbox));
      assert.ok(state.hasJoined);
      for (const [slot, response] of this.typed) assert.deepEqual(state.answers[slot], response);
    }
    assert.ok(this.deadlines.has(state.endsAt));
    for (const entry of server.acknowledged) {
      assert.deepEqual(server.of(entry.epoch).get(entry.seq), entry);
    }
    const seqs = state.outbox.log.map(({ epoch, seq }) => `${epoch}.${seq}`);
    assert.equal(new Set(seqs).size, seqs.length);
  }
}

const slot = fc.nat(SLOTS - 1);
type Step = (world: World) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ slot, x: fc.string({ minLength: 1, maxLength: 3 }), rest: fc.boolean() })
      .map(({ slot, x, rest }): Step => (world) => {
        const before = world.state;
        world.dispatch({ type: 'answer', slot, response: { x } });
        const isCurrent = world.state.outbox.epoch === world.server.epoch;
        if (world.state !== before && isCurrent) world.typed.set(slot, { x });
        else if (world.state !== before) world.typed.delete(slot);
        if (rest) world.dispatch({ type: 'settle' });
      }),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom('delivered', 'lost', 'unanswered').map(
      (fate): Step =>
        (world) =>
          world.send(fate as 'delivered'),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Step>((world) => {
      if (world.isLineUp) world.join();
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>((world) => {
      world.isLineUp = !world.isLineUp;
      if (!world.isLineUp) world.dispatch({ type: 'offline' });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>((world) => {
      world.dispatch({ type: 'settle' });
      world.load();
    }),
  },
  {
    weight: 1,
    arbitrary: fc.nat(20).map((index): Step => (world) => {
      const late = world.lateReplies[index % Math.max(1, world.lateReplies.length)];
      if (late) world.acknowledge(late);
    }),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -7_200_000, max: 7_200_000 }).map((jump): Step => (world) => {
      world.monotonic += Math.abs(jump) % 5000;
      world.server.now += Math.abs(jump) % 5000;
      const at = world.monotonic;
      world.dispatch({ type: 'clock', sample: { now: world.server.now + jump, sentAt: at, receivedAt: at } });
      world.dispatch({ type: 'tick', monotonic: world.monotonic });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-600_000, 600_000).map((change): Step => (world) => {
      world.server.endsAt = Math.max(world.server.endsAt + change, world.server.now + 600_000);
      if (world.state.link !== 'online') return;
      world.deadlines.add(world.server.endsAt);
      world.dispatch({ type: 'server', word: world.server.word() });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>((world) => {
      world.server.isPaused = !world.server.isPaused;
      if (world.state.link === 'online') world.dispatch({ type: 'server', word: world.server.word() });
    }),
  },
  {
    weight: 1,
    arbitrary: slot.map((slot): Step => (world) => {
      world.server.join('there');
      const epoch = world.server.epoch;
      const seq = world.server.watermark(epoch) + 1;
      world.server.save({ epoch, entries: [{ epoch, seq, slot, response: { x: 'there' } }] });
      world.dispatch({ type: 'settle' });
      world.dispatch({ type: 'offline' });
      world.typed.clear();
    }),
  },
);

describe('the exam page under any order of events', () => {
  it('loses no answer, claims nothing that is not so, and takes the deadline from the server', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const world = new World();
        for (const take of steps) take(world);

        world.isLineUp = true;
        world.server.isPaused = false;
        world.dispatch({ type: 'settle' });
        world.join();
        world.dispatch({ type: 'settle' });
        for (let turn = 0; turn < 300 && nextBatch(world.state.outbox); turn++) world.send('delivered');
        expect(saveStatus(world.state)).toBe('saved');
        const { server } = world;
        for (const entry of world.disk) {
          const isRecorded = server.of(entry.epoch).get(entry.seq);
          const isHeld = server.held.some(({ epoch, seq }) => epoch === entry.epoch && seq === entry.seq);
          expect(isRecorded !== undefined || isHeld).toBe(true);
        }
        const final = new Map(server.join('here').answers.map(({ slot, response }) => [slot, response]));
        for (const [slot, response] of world.typed) expect(final.get(slot)).toEqual(response);
      }),
      { numRuns: 400 },
    );
  });

  it('shows the answers of the device that holds the attempt, not what an earlier lease left unsent', () => {
    const log = [{ epoch: 1, seq: 1, slot: 0, response: { x: 'cũ' } }];
    let state = reduce(INITIAL, { type: 'restored', log, floors: {}, lease: null, flags: [], slot: 0 });
    state = reduce(state, {
      type: 'joined',
      epoch: 2,
      nextSeq: 5,
      watermark: 4,
      answers: [{ slot: 0, response: { x: 'mới' } }],
      word: { state: 'running' },
      sample: { now: 0, sentAt: 0, receivedAt: 0 },
    });
    expect(state.answers[0]).toEqual({ x: 'mới' });
    state = reduce(reduce(state, { type: 'answer', slot: 1, response: { x: 'b' } }), { type: 'settle' });
    expect(nextBatch(state.outbox)).toEqual({ epoch: 1, entries: log });
    state = reduce(state, { type: 'held', epoch: 1, last: 1, count: 1 });
    expect(nextBatch(state.outbox)).toMatchObject({ epoch: 2, entries: [{ seq: 5, slot: 1 }] });
    expect(state.outbox.held).toBe(1);
  });

  it('goes on after a reload without a server, with numbers that nobody has used', () => {
    const world = new World();
    world.join();
    world.dispatch({ type: 'answer', slot: 0, response: { x: '1' } });
    world.dispatch({ type: 'settle' });
    world.send('unanswered');
    world.isLineUp = false;
    world.load();
    expect([canEdit(world.state), saveStatus(world.state)]).toEqual([true, 'offline']);
    expect(world.state.answers).toEqual({ 0: { x: '1' } });
    world.dispatch({ type: 'answer', slot: 1, response: { x: '2' } });
    world.dispatch({ type: 'settle' });
    expect(world.disk.at(-1)).toMatchObject({ epoch: 1, seq: 2 });
    world.isLineUp = true;
    world.join();
    world.send('delivered');
    expect(saveStatus(world.state)).toBe('saved');
    expect([...world.server.of(1).keys()]).toEqual([1, 2]);
  });

  it('reads only while a reload is looking for the server, and on a device that never held the attempt', () => {
    const world = new World();
    world.join();
    world.load();
    expect(canEdit(reduce(world.state, { type: 'server', word: { state: 'running' } }))).toBe(false);
    const stranger = new World();
    stranger.isLineUp = false;
    stranger.endsAt = stranger.server.endsAt;
    stranger.deadlines.add(stranger.endsAt);
    stranger.load();
    expect([stranger.state.phase, canEdit(stranger.state)]).toEqual(['running', false]);
  });

  it('ends editing when the server time passes the deadline, and only then', () => {
    const world = new World();
    world.join();
    world.server.now = world.server.endsAt - 1;
    world.dispatch({ type: 'tick', monotonic: world.monotonic + 3_599_999 });
    expect(world.state.phase).toBe('running');
    expect(timeLeft(world.state)).toBe(1);
    world.dispatch({ type: 'answer', slot: 0, response: { x: 'kịp' } });
    world.dispatch({ type: 'tick', monotonic: world.monotonic + 3_600_000 });
    expect(world.state.phase).toBe('over');
    world.dispatch({ type: 'answer', slot: 0, response: { x: 'muộn' } });
    expect(world.state.answers[0]).toEqual({ x: 'kịp' });
    expect(world.disk.at(-1)).toMatchObject({ slot: 0, response: { x: 'kịp' } });
  });

  it('marks each question as waiting until its newest answer is acknowledged', () => {
    const world = new World();
    world.join();
    world.dispatch({ type: 'answer', slot: 2, response: { x: '1' } });
    expect(slotStatuses(world.state)[2]).toMatchObject({ progress: 'full', isUnsent: true });
    world.dispatch({ type: 'settle' });
    world.send('unanswered');
    expect(slotStatuses(world.state)[2]).toMatchObject({ isUnsent: true });
    world.join();
    expect(slotStatuses(world.state)[2]).toMatchObject({ progress: 'full', isUnsent: false });
  });
});

describe('what is said aloud', () => {
  const online = (): World => {
    const world = new World();
    world.join();
    return world;
  };
  const change = (world: World, event: ExamEvent) => {
    const before = world.state;
    world.dispatch(event);
    return announcement(before, world.state);
  };

  it('tells the loss and the return of the line once each, with what was sent', () => {
    const world = online();
    expect(change(world, { type: 'offline' })).toEqual({ key: 'offline', isUrgent: false });
    expect(change(world, { type: 'offline' })).toBeNull();
    world.dispatch({ type: 'answer', slot: 0, response: { x: 'a' } });
    world.dispatch({ type: 'answer', slot: 1, response: { x: 'b' } });
    world.dispatch({ type: 'settle' });
    world.join();
    const before = world.state;
    world.send('delivered');
    expect(announcement(before, world.state)).toEqual({ key: 'backSent', isUrgent: false, count: 2 });
  });

  it('warns at 15, 5 and 1 minute, the last one urgently, and never twice', () => {
    const world = online();
    const said = [];
    for (let second = 0; second < 3600; second++) {
      said.push(change(world, { type: 'tick', monotonic: 1000 + second * 1000 }));
    }
    expect(said.filter((one) => one !== null)).toEqual([
      { key: 'timeLeft', isUrgent: false, milliseconds: 900_000 },
      { key: 'timeLeft', isUrgent: false, milliseconds: 300_000 },
      { key: 'timeLeft', isUrgent: true, milliseconds: 60_000 },
    ]);
  });

  it('tells added time with the new end', () => {
    const world = online();
    const endsAt = world.server.endsAt + 600_000;
    world.deadlines.add(endsAt);
    expect(change(world, { type: 'server', word: { state: 'running', endsAt } })).toEqual({
      key: 'timeChange',
      isUrgent: false,
      minutes: 10,
      endsAt,
    });
  });

  it('tells urgently that another device has taken over and that time is over', () => {
    const world = online();
    expect(change(world, { type: 'superseded', by: 'device' })).toEqual({
      key: 'otherDevice',
      isUrgent: true,
    });
    const other = online();
    expect(change(other, { type: 'tick', monotonic: 4_000_000 })).toEqual({
      key: 'timeOver',
      isUrgent: true,
    });
    other.dispatch({ type: 'offline' });
    expect(change(other, { type: 'server', word: { state: 'closed' } })).toEqual({
      key: 'closed',
      isUrgent: true,
    });
  });
});
