import { describe, expect, it } from 'vitest';
import { leavesOf } from '../../support/ports.ts';
import { connect, entry, join, served } from '../delivery/sockets.ts';
import { DURATION_MS, newWorld, proctor, seatExam, teacher } from '../delivery/world.ts';

describe('proctoring', () => {
  it('starts an exam once, on the record, and shows who is there', async () => {
    const world = await served(2);
    const { exam } = world.sitting;
    const socket = await connect(world);
    await join(socket);
    const [first, second] = await Promise.all([
      world.proctoring.startExam(proctor, exam),
      world.proctoring.startExam(proctor, exam),
    ]);
    expect(second).toEqual(first);
    world.clock.time += 5000;
    expect(await world.proctoring.startExam(proctor, exam)).toMatchObject({
      startsAt: first.startsAt,
      endsAt: first.startsAt + DURATION_MS,
    });
    await socket.emitWithAck('save', { epoch: 1, entries: [entry(1), { seq: 2, slot: 4, response: null }] });
    const page = await world.proctoring.presence(proctor, exam);
    expect(page).toMatchObject({ exam, state: 'open', startsAt: first.startsAt });
    expect(page.candidates).toMatchObject([
      {
        number: '1000',
        name: 'Trần Thị 0',
        state: 'running',
        connected: true,
        watermark: 2,
        answered: 1,
        devices: 1,
      },
      { number: '1001', name: 'Trần Thị 1', state: 'admitted', connected: false, watermark: 0, answered: 0 },
    ]);
    expect((await leavesOf(world.audit)).filter(({ action }) => action === 'exam.start')).toHaveLength(1);
  });

  it('shows an exam to proctors and to its owner only', async () => {
    const world = await served();
    const { exam } = world.sitting;
    const stranger = { kind: 'staff', user: 'someone-else', roles: ['teacher'] } as const;
    await expect(world.proctoring.presence(stranger, exam)).rejects.toMatchObject({ code: 'not-found' });
    expect((await world.proctoring.presence(teacher, exam)).candidates).toHaveLength(1);
  });

  it('refuses an exam that is not sealed, or whose deadline is past, and shortens one that comes near it', async () => {
    const world = await newWorld();
    const now = world.clock.time;
    const past = await seatExam(world, 1, { deadline: new Date(now) });
    await expect(world.proctoring.startExam(proctor, past.exam)).rejects.toMatchObject({
      code: 'deadline-past',
    });
    const near = await seatExam(world, 1, { deadline: new Date(now + 10_000) });
    expect(await world.proctoring.startExam(proctor, near.exam)).toMatchObject({ endsAt: now + 10_000 });
    world.clock.time += 10_000;
    await world.delivery.closeDue();
    await expect(world.proctoring.startExam(proctor, near.exam)).rejects.toMatchObject({
      code: 'exam-not-sealed',
      values: { state: 'closed' },
    });
  });
});
