import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timePolicyAt, type DomainError, type Play, type Played, type PlayRule } from '#bank/protocol';
import { newId } from '#bank/vault';
import type { Journal } from '#server/storage';
import { openPorts } from '../../support/ports.ts';
import {
  DURATION_MS,
  newWorld,
  openSheet,
  proctor,
  seat,
  seatExam,
  startOn,
  type Candidate,
  type World,
} from './world.ts';

const LENGTH = 10_000;
const GRACE = timePolicyAt(0).playGraceMs;
const REPEATS = 5;
const twice = (): PlayRule => ({ media: newId(), section: 0, plays: 2, length: LENGTH });

async function running(rules: PlayRule[], sections?: number[]) {
  const world = await newWorld();
  const sitting = await seatExam(world, 1, { media: rules, ...(sections && { sections }) });
  await world.proctoring.startExam(proctor, sitting.exam);
  const me = seat(sitting);
  await world.delivery.join(me, { device: 'A' });
  return { world, sitting, me };
}

const ask = (world: World, me: Candidate, body: Omit<Play, 'epoch'> & { epoch?: number }) =>
  world.delivery.play(me, { epoch: 1, ...body });
const keyOf = ({ custody }: World, { exam }: Candidate, media: string) =>
  Buffer.from(custody.mediaKey(exam, media)).toString('base64url');
const decision = () => ({ decision: newId() });

describe('a recording', () => {
  it('is played as often as its question says, and not once more', async () => {
    const rule = twice();
    const { world, me } = await running([rule]);
    const { media } = rule;
    for (const number of [1, 2])
      expect(await ask(world, me, { media, play: newId() })).toMatchObject({
        number,
        offset: 0,
        key: keyOf(world, me, media),
      });
    await expect(ask(world, me, { media, play: newId() })).rejects.toMatchObject({
      code: 'plays-used',
      values: { plays: 2 },
    });
    expect(await ask(world, me, { media })).not.toHaveProperty('key');
  });

  it('without a limit is noted once, however often it is played', async () => {
    const { plays: _plays, ...rule } = twice();
    const { world, me } = await running([rule]);
    for (let times = 0; times < 20; times++)
      expect(await ask(world, me, { media: rule.media, play: newId() })).toMatchObject({ number: 1 });
    const records = await world.journal.read(me.attempt);
    expect(records.filter(({ type }) => type === 'play')).toHaveLength(1);
  });

  it('has its key given only once the play is durable, and not at all where it cannot be', async () => {
    const disk = await openPorts();
    const rule = twice();
    const plain = await startOn(disk);
    const sitting = await seatExam(plain, 1, { media: [rule] });
    await plain.proctoring.startExam(proctor, sitting.exam);
    const me = seat(sitting);
    await plain.delivery.join(me, { device: 'A' });
    let isFull = false;
    const held: (() => void)[] = [];
    const { journal } = plain;
    const append: Journal['append'] = async (records) => {
      if (isFull) throw new Error('the disk is full');
      await new Promise<void>((resolve) => held.push(resolve));
      return journal.append(records);
    };
    const slow = Object.assign(Object.create(journal) as Journal, { append, close: async () => {} });
    const world = await startOn(disk, { journal: slow });
    let given: Played | null = null;
    const asked = ask(world, me, { media: rule.media, play: newId() }).then((reply) => (given = reply));
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(given).toBeNull();
    held[0]?.();
    expect(await asked).toHaveProperty('key');
    isFull = true;
    await expect(ask(world, me, { media: rule.media, play: newId() })).rejects.not.toHaveProperty('key');
  });

  it('goes on after a pause where it was stopped, and is not given during it', async () => {
    const rule = twice();
    const { world, me, sitting } = await running([rule]);
    const { media } = rule;
    const play = newId();
    await ask(world, me, { media, play });
    world.clock.time += 4000;
    const pause = { ...decision(), candidates: [me.candidate], reason: 'health' as const };
    await world.proctoring.pauseTime(proctor, sitting.exam, pause);
    await expect(ask(world, me, { media, play, resume: true })).rejects.toMatchObject({
      code: 'attempt-paused',
    });
    world.clock.time += 10 * LENGTH;
    await world.proctoring.resumeTime(proctor, sitting.exam, { ...decision(), candidates: [me.candidate] });
    expect(await ask(world, me, { media })).toMatchObject({ number: 1, play, offset: 4000 });
    expect(await ask(world, me, { media, play, resume: true })).toMatchObject({ number: 1, offset: 4000 });
  });

  it('is given to the device with the lease alone, and to nobody after the end', async () => {
    const rule = twice();
    const { world, me } = await running([rule]);
    const { media } = rule;
    await world.delivery.join(me, { device: 'B' });
    await expect(ask(world, me, { media, play: newId() })).rejects.toMatchObject({ code: 'superseded' });
    await expect(ask(world, me, { media, play: newId(), epoch: 3 })).rejects.toMatchObject({
      code: 'not-joined',
    });
    await expect(ask(world, me, { media: newId(), play: newId(), epoch: 2 })).rejects.toMatchObject({
      code: 'no-such-media',
    });
    expect(await ask(world, me, { media, play: newId(), epoch: 2 })).toMatchObject({ number: 1 });
    world.clock.time += DURATION_MS;
    await expect(ask(world, me, { media, play: newId(), epoch: 2 })).rejects.toMatchObject({
      code: 'after-deadline',
    });
  });

  it('of a section is given in its section alone', async () => {
    const rules = [0, 1].map((section) => ({ ...twice(), section }));
    const { world, me } = await running(rules, [30, 20, 10]);
    const [first = '', second = ''] = rules.map(({ media }) => media);
    await ask(world, me, { media: first, play: newId() });
    await expect(ask(world, me, { media: second, play: newId() })).rejects.toMatchObject({
      code: 'section-not-begun',
    });
    await world.delivery.next(me, { epoch: 1, lastSeq: 0, section: 0 });
    await expect(ask(world, me, { media: first, play: newId() })).rejects.toMatchObject({
      code: 'section-over',
    });
    expect(await ask(world, me, { media: second, play: newId() })).toMatchObject({ number: 1 });
  });

  it('has every play of it on the answer sheet', async () => {
    const rule = twice();
    const { world, me } = await running([rule]);
    const { media } = rule;
    const plays = [newId(), newId()];
    for (const play of plays) await ask(world, me, { media, play });
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    const sheet = await openSheet(world, me.attempt);
    expect(sheet?.plays).toMatchObject(plays.map((play, at) => ({ media, play, number: at + 1 })));
  });
});

type Step =
  | { do: 'play' | 'again' | 'resume' | 'old' | 'peek'; media: number }
  | { do: 'restart' | 'device' | 'pause' }
  | { do: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'play' as const,
        'again' as const,
        'resume' as const,
        'old' as const,
        'peek' as const,
      ),
      media: fc.nat(2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 2 * LENGTH }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'device' as const, 'pause' as const) }),
  },
);

/** What the counter of one recording must say, kept as plainly as possible. */
class Counter {
  readonly ids: string[] = [];
  /** How often the last play was given. */
  times = 0;
  from = 0;
  readonly rule: PlayRule;

  constructor(rule: PlayRule) {
    this.rule = rule;
  }

  get last(): string | undefined {
    return this.ids.at(-1);
  }

  runningFor(now: number): number | null {
    const offset = now - this.from;
    return this.last !== undefined && offset < LENGTH + GRACE ? offset : null;
  }

  /** The code and what is told of a play. */
  play(id: string, now: number): string {
    const { plays } = this.rule;
    if (plays === undefined) {
      if (this.ids.length === 0) this.take(id, now);
      return `1 0 ${this.last}`;
    }
    const isKnown = this.ids.includes(id);
    if (isKnown && id !== this.last) return 'play-over';
    if (isKnown ? this.times > REPEATS : this.ids.length === plays) return 'plays-used';
    this.take(id, now);
    return `${this.ids.length} 0 ${id}`;
  }

  private take(id: string, now: number): void {
    this.times = id === this.last ? this.times + 1 : 1;
    if (id !== this.last) this.ids.push(id);
    this.from = now;
  }
}

it('counts what a plain count counts, over reloads, lost answers, pauses, other devices and kills', async () => {
  const disk = await openPorts();
  let world = await startOn(disk);
  const now = () => disk.clock.time;
  const { plays: _plays, ...unlimited } = twice();

  /** One attempt, and what its counters must say. */
  interface Attempt {
    me: Candidate;
    epoch: number;
    counters: Counter[];
  }
  /** What was told of a play, and what had to be. */
  type Told = readonly [got: unknown, expected: unknown];

  async function given({ me, epoch }: Attempt, body: Omit<Play, 'epoch'>): Promise<string> {
    try {
      const { number, offset, play, key } = await ask(world, me, { ...body, epoch });
      return key === keyOf(world, me, body.media) ? `${number} ${offset} ${play}` : 'another key';
    } catch (error) {
      return (error as DomainError).code;
    }
  }

  async function pause({ me, counters }: Attempt): Promise<void> {
    const { proctoring } = world;
    const only = () => ({ ...decision(), candidates: [me.candidate] });
    await proctoring.pauseTime(proctor, me.exam, { ...only(), reason: 'health' });
    disk.clock.time += LENGTH;
    await proctoring.resumeTime(proctor, me.exam, only());
    for (const counter of counters) counter.from += LENGTH;
  }

  async function happen(attempt: Attempt, event: 'restart' | 'device' | 'pause'): Promise<void> {
    if (event === 'pause') await pause(attempt);
    else if (event === 'device')
      attempt.epoch = (await world.delivery.join(attempt.me, { device: `${attempt.epoch}` })).epoch;
    else {
      await world.journal.close();
      world = await startOn(disk);
    }
  }

  async function take(attempt: Attempt, one: Extract<Step, { media: number }>): Promise<Told> {
    const counter = attempt.counters[one.media] ?? new Counter(unlimited);
    const { ids, last } = counter;
    const { media } = counter.rule;
    const offset = counter.runningFor(now());
    if (one.do === 'peek') {
      const running = offset !== null && { play: last, offset };
      const reply = await ask(world, attempt.me, { media, epoch: attempt.epoch });
      return [reply, { ok: true, number: ids.length, ...running }];
    }
    if (one.do === 'resume') {
      const play = last ?? newId();
      const expected = offset === null ? 'play-over' : `${ids.length} ${offset} ${play}`;
      return [await given(attempt, { media, play, resume: true }), expected];
    }
    const known = { play: undefined, again: last, old: ids[0] }[one.do];
    const play = known ?? newId();
    const expected = counter.play(play, now());
    return [await given(attempt, { media, play }), expected];
  }

  const runs = fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
    const rules = [twice(), { ...twice(), plays: 1 }, { ...unlimited, media: newId() }];
    const sitting = await seatExam(disk, 1, { media: rules, durationSeconds: 3600 });
    await world.proctoring.startExam(proctor, sitting.exam);
    const me = seat(sitting);
    const { epoch } = await world.delivery.join(me, { device: '0' });
    const attempt = { me, epoch, counters: rules.map((rule) => new Counter(rule)) };
    const told: Told[] = [];
    for (const one of steps) {
      if ('media' in one) told.push(await take(attempt, one));
      else if (one.do === 'wait') disk.clock.time += one.ms;
      else await happen(attempt, one.do);
    }
    expect(told.map(([got]) => got)).toEqual(told.map(([, expected]) => expected));
    const plays = (await world.journal.read(me.attempt)).filter(({ type }) => type === 'play');
    const recorded = new Set(plays.map(({ data }) => (data as { play: string }).play));
    expect(recorded.size).toBe(attempt.counters.reduce((sum, { ids }) => sum + ids.length, 0));
  });
  await fc.assert(runs, { numRuns: 60, endOnFailure: true });
}, 120_000);
