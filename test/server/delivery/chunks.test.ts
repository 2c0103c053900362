import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS, type Chunk, type DomainError, type SentEntry } from '#bank/protocol';
import { openPorts } from '../../support/ports.ts';
import { inChunks } from './essay-support.ts';
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

const SLOT = 0;
const LONG = 'Đêm đông, gió bấc thổi. '.repeat(5_000);

async function essayExam(world: World): Promise<Candidate> {
  const sitting = await seatExam(world, 1, { kinds: ['essay'] });
  await world.proctoring.startExam(proctor, sitting.exam);
  return seat(sitting);
}

const codeOf = (reply: Promise<object>) =>
  reply.then(
    () => 'ok',
    (error: DomainError) => error.code,
  );

type Step =
  | { do: 'chunk'; index: number }
  | { do: 'save' }
  | { do: 'inline' }
  | { do: 'restart' }
  | { do: 'device' }
  | { do: 'next' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ do: fc.constant('chunk' as const), index: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.constant({ do: 'save' as const }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step>({ do: 'restart' }, { do: 'device' }, { do: 'next' }, { do: 'inline' }),
  },
);

describe('an essay in chunks', () => {
  it('is acknowledged only when all of it is durable, in whatever order, how often and across whatever its chunks come', async () => {
    const disk = await openPorts();
    let world: World = await startOn(disk);
    const runs = fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const candidate = await essayExam(world);
      let device = 0;
      let joined = await world.delivery.join(candidate, { device: 'd0' });
      let seq = joined.nextSeq;
      let shown: string | null = null;
      let here = new Set<number>();
      let isSaved = false;
      const text = () => `Bài ${seq} của máy ${device}: ${'ếch 𠀋 ngồi đáy giếng. '.repeat(20)}`;
      const sent = () => inChunks({ epoch: joined.epoch, seq, slot: SLOT }, text(), 3);
      const begin = (next: number) => {
        seq = next;
        here = new Set();
        isSaved = false;
      };
      const saving = (response: SentEntry['response']) =>
        codeOf(
          world.delivery.save(candidate, { epoch: joined.epoch, entries: [{ seq, slot: SLOT, response }] }),
        );
      const acts: { [D in Step['do']]: (one: Extract<Step, { do: D }>) => Promise<void> } = {
        async chunk({ index }) {
          const chunk = sent().chunks[index] as Chunk;
          expect(await codeOf(world.delivery.chunk(candidate, chunk))).toBe('ok');
          const records = await world.journal.read(candidate.attempt);
          const isKept = records.some(
            ({ type, data }) => type === 'chunk' && (data as Chunk).text === chunk.text,
          );
          expect(isKept || isSaved).toBe(true);
          here.add(index);
        },
        async save() {
          const code = await saving({ k: sent().digest });
          expect(code).toBe(isSaved || here.size === 3 ? 'ok' : 'chunks-missing');
          if (code !== 'ok') return;
          isSaved = true;
          shown = text();
        },
        async inline() {
          expect(await saving({ e: text() })).toBe('ok');
          isSaved = true;
          shown = text();
        },
        async restart() {
          await world.journal.close();
          world = await startOn(disk);
        },
        async device() {
          device++;
          joined = await world.delivery.join(candidate, { device: `d${device}` });
          begin(joined.nextSeq);
        },
        async next() {
          if (isSaved) begin(seq + 1);
        },
      };
      for (const one of steps) await acts[one.do](one as never);
      const { answers } = await world.delivery.join(candidate, { device: `d${device}` });
      expect(answers.map(({ response }) => response)).toEqual(shown === null ? [] : [{ e: shown }]);
    });
    await fc.assert(runs, { numRuns: 40, endOnFailure: true });
  }, 120_000);

  it('is refused when its chunks do not give what its hash says, and may be sent again', async () => {
    const world = await newWorld();
    const candidate = await essayExam(world);
    const { epoch } = await world.delivery.join(candidate, { device: 'A' });
    const { digest, chunks } = inChunks({ epoch, seq: 1, slot: SLOT }, LONG, 8);
    const save = () =>
      codeOf(
        world.delivery.save(candidate, {
          epoch,
          entries: [{ seq: 1, slot: SLOT, response: { k: digest } }],
        }),
      );
    for (const chunk of chunks)
      await world.delivery.chunk(candidate, chunk.index === 3 ? { ...chunk, text: 'khác' } : chunk);
    expect(await save()).toBe('chunks-do-not-fit');
    for (const chunk of chunks) await world.delivery.chunk(candidate, chunk);
    expect(await save()).toBe('ok');
    const other = { ...(chunks[0] as Chunk), hash: 'x'.repeat(43) };
    expect(await codeOf(world.delivery.chunk(candidate, other))).toBe('sequence-conflict');
  });

  it('that is not whole at the close is on the sheet as incomplete, and does not count', async () => {
    const world = await newWorld();
    const candidate = await essayExam(world);
    const { epoch } = await world.delivery.join(candidate, { device: 'A' });
    await world.delivery.save(candidate, {
      epoch,
      entries: [{ seq: 1, slot: SLOT, response: { e: 'Mở bài' } }],
    });
    const { digest, chunks } = inChunks({ epoch, seq: 2, slot: SLOT }, LONG, 8);
    for (const chunk of chunks.slice(0, 5)) await world.delivery.chunk(candidate, chunk);
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    const sheet = await openSheet(world, candidate.attempt);
    expect(sheet?.answers.map(({ response }) => response)).toEqual([{ e: 'Mở bài' }]);
    expect(sheet?.incomplete).toMatchObject([{ slot: SLOT, seq: 2, epoch, received: 5, count: 8 }]);
    for (const chunk of chunks.slice(5)) await world.delivery.chunk(candidate, chunk);
    const late = world.delivery.save(candidate, {
      epoch,
      entries: [{ seq: 2, slot: SLOT, response: { k: digest } }],
    });
    expect(await codeOf(late)).toBe('after-deadline');
    const [undecided] = await world.delivery.late.undecided([candidate.attempt]);
    expect(undecided).toMatchObject({ count: 1, slots: [SLOT] });
  });

  it('is whole on the sheet also when it came late, and its journal has been retired', async () => {
    const disk = await openPorts();
    const world = await startOn(disk);
    const candidate = await essayExam(world);
    const { epoch } = await world.delivery.join(candidate, { device: 'A' });
    const { digest, chunks } = inChunks({ epoch, seq: 1, slot: SLOT }, LONG, 8);
    for (const chunk of chunks) await world.delivery.chunk(candidate, chunk);
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    world.clock.time += 2 * 24 * 60 * 60_000;
    await world.delivery.retire();
    const save = () =>
      codeOf(
        world.delivery.save(candidate, {
          epoch,
          entries: [{ seq: 1, slot: SLOT, response: { k: digest } }],
        }),
      );
    expect(await save()).toBe('after-deadline');
    world.clock.time += 2 * 24 * 60 * 60_000;
    await world.delivery.retire();
    const sheet = await openSheet(world, candidate.attempt, 2);
    expect(
      sheet?.late.map(({ response }) => JSON.stringify(response) === JSON.stringify({ e: LONG })),
    ).toEqual([true]);
    expect(sheet?.answers).toEqual([]);
  });

  it('stays within the room of its attempt: what is too long or too much at once is refused', async () => {
    const world = await newWorld();
    const candidate = await essayExam(world);
    const { epoch } = await world.delivery.join(candidate, { device: 'A' });
    const [first] = inChunks({ epoch, seq: 1, slot: SLOT }, LONG, 8).chunks as [Chunk];
    const chunk = (changes: Partial<Chunk>) =>
      codeOf(world.delivery.chunk(candidate, { ...first, ...changes }));
    expect(await chunk({ bytes: LIMITS.essayBytes + 1 })).toBe('essay-too-long');
    expect(await chunk({ index: 8 })).toBe('chunks-do-not-fit');
    const codes: string[] = [];
    for (let seq = 1; seq <= LIMITS.incompleteAnswers + 1; seq++) codes.push(await chunk({ seq }));
    expect(codes.slice(0, -1).every((code) => code === 'ok')).toBe(true);
    expect(codes.at(-1)).toBe('chunks-too-many');
  });

  it('leaves one text on the sheet, however often it was changed', async () => {
    const world = await newWorld();
    const candidate = await essayExam(world);
    const { epoch } = await world.delivery.join(candidate, { device: 'A' });
    for (let seq = 1; seq <= 100; seq++) {
      const entries = [{ seq, slot: SLOT, response: { e: `${LONG.slice(0, 20_000)}${seq}` } }];
      expect(await codeOf(world.delivery.save(candidate, { epoch, entries }))).toBe('ok');
    }
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    const sheet = await openSheet(world, candidate.attempt);
    expect(sheet?.history.map(({ response }) => Object.keys(response ?? {})[0])).toEqual([
      ...Array.from({ length: 99 }, () => 'k'),
      'e',
    ]);
    expect(JSON.stringify(sheet).length).toBeLessThan(120_000);
  }, 60_000);
});
