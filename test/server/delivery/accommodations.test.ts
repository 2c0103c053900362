import { describe, expect, it } from 'vitest';
import { DURATION_MS, newWorld, openSheet, proctor, seat, seatExam, startOn, teacher } from './world.ts';

describe('extra time of the class list', () => {
  async function begun() {
    const world = await newWorld();
    const sitting = await seatExam(world, 3, {}, [{ percent: 25 }, undefined, { minutes: 10 }]);
    const { endsAt } = await world.proctoring.startExam(proctor, sitting.exam);
    const ends = async (from = world) =>
      (await from.proctoring.presence(proctor, sitting.exam)).candidates.map(
        (one) => (one.endsAt ?? 0) - endsAt,
      );
    return { world, sitting, endsAt, ends };
  }

  it('moves the end of those who have it, with the reason, also of who never comes', async () => {
    const { world, sitting, ends } = await begun();
    expect(await ends()).toEqual([DURATION_MS / 4, 0, 600_000]);
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    const told = await world.delivery.join(seat(sitting, 0), { device: 'A' });
    expect(told).toMatchObject({ state: 'running', because: [{ reason: 'accommodation' }] });
    world.clock.time += 600_000;
    await world.delivery.closeDue();
    expect((await openSheet(world, seat(sitting, 2).attempt))?.times).toMatchObject([
      { ms: 600_000, reason: 'accommodation', by: teacher.user },
    ]);
    expect((await openSheet(world, seat(sitting, 1).attempt))?.times).toBeUndefined();
  });

  it('is given once, however often the exam is started or the server looks for what is missing', async () => {
    const { world, sitting, ends } = await begun();
    await world.proctoring.startExam(proctor, sitting.exam);
    await world.proctoring.grantMissing();
    await world.journal.close();
    const again = await startOn(world);
    await again.proctoring.grantMissing();
    expect(await ends(again)).toEqual([DURATION_MS / 4, 0, 600_000]);
  });

  it('is given by the next start of the server when it died between the start and the granting', async () => {
    const world = await newWorld();
    const sitting = await seatExam(world, 1, {}, [{ percent: 100 }]);
    const { proctoring } = await startOn(world, {
      journal: {
        ...world.journal,
        append: () => Promise.reject(new Error('the power is off')),
      },
    });
    await expect(proctoring.startExam(proctor, sitting.exam)).rejects.toThrow('the power is off');
    await world.journal.close();
    const again = await startOn(world);
    await again.proctoring.grantMissing();
    const [only] = (await again.proctoring.presence(proctor, sitting.exam)).candidates;
    expect(only?.because).toMatchObject([{ ms: DURATION_MS, reason: 'accommodation' }]);
  });
});
