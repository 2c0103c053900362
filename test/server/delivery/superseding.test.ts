import { expect, it } from 'vitest';
import { newId } from '#bank/vault';
import {
  ledger,
  newWorld,
  openSheet,
  proctor,
  runningExam,
  seat,
  seatExam,
  startOn,
  DURATION_MS,
} from './world.ts';

it('an attempt that another takes the place of takes no more answers, and keeps those it has on its sheet', async () => {
  const world = await runningExam(2);
  const { delivery, sitting, clock } = world;
  const candidate = seat(sitting);
  const { epoch } = await delivery.join(candidate, { device: 'A' });
  const answer = { seq: 1, slot: 4, response: { x: '2' } };
  await delivery.save(candidate, { epoch, entries: [answer] });
  expect(await delivery.mayBeSuperseded(candidate.attempt)).toBe(true);
  const by = newId();
  await delivery.supersede(candidate.attempt, by);
  await delivery.supersede(candidate.attempt, by);
  expect(await delivery.mayBeSuperseded(candidate.attempt)).toBe(false);
  const late = delivery.save(candidate, { epoch, entries: [{ ...answer, seq: 2 }] });
  await expect(late).rejects.toMatchObject({ code: 'superseded' });
  expect((await delivery.page(candidate)).state).toBe('closed');
  expect((await delivery.page(candidate)).sectionKey).toBeUndefined();
  clock.time += DURATION_MS + 1;
  await delivery.closeDue();
  const sheet = await openSheet(world, candidate.attempt);
  expect(sheet?.transitions.at(-1)?.to).toBe('superseded');
  expect(sheet?.answers).toMatchObject([{ slot: 4, response: { x: '2' } }]);
  expect((await ledger(world)).filter((leaf) => leaf.startsWith('attempt.supersede'))).toEqual([
    `attempt.supersede attempt:${candidate.attempt}`,
  ]);
});

it('what a crash left undone is done at the next start', async () => {
  const world = await runningExam(1);
  const { attempt } = seat(world.sitting);
  await world.delivery.join(seat(world.sitting), { device: 'A' });
  const paper = (await world.store.get('papers', attempt))!;
  const { v, ...doc } = paper;
  await world.store.commit([
    { op: 'replace', in: 'papers', doc: { ...doc, replacedBy: newId() }, ifVersion: v },
  ]);
  await world.delivery.stop();
  await world.journal.close();
  const again = await startOn(world);
  expect(await again.delivery.mayBeSuperseded(attempt)).toBe(false);
});

it('an attempt that has ended is not replaced', async () => {
  const world = await newWorld();
  const sitting = await seatExam(world, 1);
  await world.proctoring.startExam(proctor, sitting.exam);
  const { attempt } = seat(sitting);
  world.clock.time += DURATION_MS + 1;
  await world.delivery.closeDue();
  expect(await world.delivery.mayBeSuperseded(attempt)).toBe(false);
  await world.delivery.supersede(attempt, newId());
  expect((await ledger(world)).some((leaf) => leaf.startsWith('attempt.supersede'))).toBe(false);
});
