import { expect, it } from 'vitest';
import { leavesOf } from '../../support/ports.ts';
import { connect, join, outcome, dial, served, ticketOf } from './sockets.ts';
import { newWorld, proctor, seat, seatExam, teacher } from './world.ts';

const postponed = { reason: 'postponed' } as const;

it('a sealed exam is cancelled by its owner, on the record with its reason, once and for good', async () => {
  const world = await newWorld();
  const { proctoring, audit } = world;
  const { exam } = await seatExam(world, 1);
  await expect(proctoring.cancelExam(proctor, exam, postponed)).rejects.toMatchObject({ code: 'not-found' });
  for (let i = 0; i < 2; i++)
    expect(await proctoring.cancelExam(teacher, exam, postponed)).toEqual({ exam, state: 'cancelled' });
  const leaves = (await leavesOf(audit)).filter(({ action }) => action === 'exam.cancel');
  expect(leaves).toMatchObject([{ object: `exam:${exam}`, data: postponed }]);
  await expect(proctoring.startExam(proctor, exam)).rejects.toMatchObject({ code: 'exam-not-sealed' });
});

it('an exam that was started is never cancelled, and of a start and a cancellation at once one is done', async () => {
  const world = await newWorld();
  const [first, second] = [await seatExam(world, 1), await seatExam(world, 1)];
  const { proctoring } = world;
  await proctoring.startExam(proctor, first.exam);
  const cancelled = proctoring.cancelExam(teacher, first.exam, postponed);
  await expect(cancelled).rejects.toMatchObject({ code: 'exam-not-sealed' });
  const both = await Promise.allSettled([
    proctoring.startExam(proctor, second.exam),
    proctoring.cancelExam(teacher, second.exam, postponed),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('who waits for an exam that is cancelled is cut off, and is told why when the page comes back', async () => {
  const world = await served(1);
  const candidate = seat(world.sitting);
  const socket = await connect(world);
  expect(await join(socket)).toMatchObject({ state: 'waiting' });
  const old = await ticketOf(world, candidate);
  const cut = new Promise((resolve) => socket.once('disconnect', resolve));
  const superseded = new Promise((resolve) => socket.once('superseded', () => resolve('superseded')));
  await world.proctoring.cancelExam(teacher, world.sitting.exam, postponed);
  expect(await Promise.race([superseded, cut])).toBe('io server disconnect');
  await expect(ticketOf(world, candidate)).rejects.toMatchObject({ code: 'exam-cancelled', status: 410 });
  const late = dial(world.url, old);
  expect(await outcome(late)).toBe('connect');
  expect(await join(late)).toMatchObject({ ok: false, code: 'exam-cancelled' });
});

it('keeps the journal back no more', async () => {
  const world = await newWorld();
  const { exam, candidates } = await seatExam(world, 1);
  const candidate = seat({ exam, candidates });
  await world.delivery.join(candidate, { device: 'A' });
  await world.delivery.retire();
  expect(await world.journal.read(candidate.attempt)).toHaveLength(1);
  await world.proctoring.cancelExam(teacher, exam, postponed);
  await world.delivery.retire();
  expect(await world.journal.read(candidate.attempt)).toEqual([]);
  expect(await world.delivery.presence(candidate.attempt)).toMatchObject({ state: 'waiting' });
});
