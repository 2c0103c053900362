import { describe, expect, it } from 'vitest';
import { LIMITS } from '#bank/protocol';
import type { Store } from '#server/storage';
import { DURATION_MS, newWorld, openSheet, proctor, runningExam, seat, seatExam, startOn } from './world.ts';

/** As long as a typed answer may be, in letters of three bytes. */
const LONGEST = 'ế'.repeat(LIMITS.shortAnswer);

describe('a candidate who writes without end', () => {
  it('is told when the attempt is full, and keeps neither the own answers nor the exam from being closed', async () => {
    const world = await runningExam(2);
    const candidate = seat(world.sitting);
    const { epoch } = await world.delivery.join(candidate, { device: 'A' });
    const entry = (seq: number) => ({ seq, slot: 5, response: { x: LONGEST } });
    const lot = (first: number) => Array.from({ length: LIMITS.entriesPerSave }, (_, i) => entry(first + i));
    const refusal = { code: 'attempt-full', values: { megabytes: LIMITS.attemptBytes / 1024 ** 2 } };
    const enough = Math.ceil((1.2 * LIMITS.attemptBytes) / Buffer.byteLength(JSON.stringify(lot(1))));
    let saved = 0;
    const refusals: unknown[] = [];
    for (let i = 0; i < enough; i++) {
      await world.delivery.save(candidate, { epoch, entries: lot(saved + 1) }).then(
        ({ watermark }) => (saved = watermark),
        (error: unknown) => refusals.push(error),
      );
    }
    expect(saved * LONGEST.length * 3).toBeGreaterThan(LIMITS.attemptBytes / 2);
    expect(refusals.length).toBeGreaterThan(0);
    for (const refused of refusals) expect(refused).toMatchObject(refusal);
    expect(await world.delivery.save(candidate, { epoch, entries: [entry(saved)] })).toMatchObject({
      watermark: saved,
    });

    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    expect(await world.store.get('exams', world.sitting.exam)).toMatchObject({ state: 'closed' });
    const sheet = await openSheet(world, candidate.attempt);
    expect(sheet?.history).toHaveLength(saved);
    expect(sheet?.answers).toMatchObject([{ seq: saved, response: { x: LONGEST } }]);
  }, 120_000);
});

describe('a disk that is behind', () => {
  it('is told with the acknowledgement, so that pages send fewer and larger messages, and only then', async () => {
    const before = await runningExam();
    const candidate = seat(before.sitting);
    await before.delivery.stop();
    let oldestMs = 251;
    const journal = { ...before.journal, pressure: () => ({ queued: 1, oldestMs }) };
    const { delivery } = await startOn(before, { journal });
    const { epoch } = await delivery.join(candidate, { device: 'A' });
    const save = (seq: number) =>
      delivery.save(candidate, { epoch, entries: [{ seq, slot: 5, response: { x: `${seq}` } }] });
    expect(await save(1)).toMatchObject({ watermark: 1, slow: true });
    oldestMs = 249;
    expect(await save(2)).not.toHaveProperty('slow');
  });
});

describe('an exam that cannot be closed', () => {
  it('keeps no other from being closed, and no server from starting', async () => {
    const world = await newWorld();
    for (let i = 0; i < 2; i++) await world.proctoring.startExam(proctor, (await seatExam(world, 1)).exam);
    const open = { index: 'by_state', equals: ['open'], limit: 2 } as const;
    const [stuck, sound] = (await world.store.range('exams', open)).docs.map(({ _id }) => _id);
    await world.delivery.stop();
    await world.journal.close();
    world.clock.time += DURATION_MS;
    let isBroken = true;
    const store: Store = {
      get: world.store.get.bind(world.store),
      getMany: world.store.getMany.bind(world.store),
      range: world.store.range.bind(world.store),
      count: world.store.count.bind(world.store),
      close: world.store.close.bind(world.store),
      async commit(writes) {
        const isSheetOfStuck = writes.some(
          (write) => write.op === 'insert' && write.in === 'sheets' && write.doc.exam === stuck,
        );
        if (isBroken && isSheetOfStuck) throw new RangeError('this sheet is not to be had');
        await world.store.commit(writes);
      },
    };
    const again = await startOn(world, { store });
    expect(await store.get('exams', stuck!)).toMatchObject({ state: 'open' });
    expect(await store.get('exams', sound!)).toMatchObject({ state: 'closed' });
    await expect(again.delivery.closeDue()).rejects.toThrow('this sheet is not to be had');
    isBroken = false;
    await again.delivery.closeDue();
    expect(await store.get('exams', stuck!)).toMatchObject({ state: 'closed' });
  });
});
