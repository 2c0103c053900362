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
  const by = seat(sitting, 1).attempt;
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

it('extra time and pauses are the candidate’s: the attempt that takes the place has them too', async () => {
  const world = await runningExam(2);
  const [former, next] = [seat(world.sitting), seat(world.sitting, 1)];
  const time = {
    act: 'time',
    decision: newId(),
    ms: 300_000,
    reason: 'outage',
    at: world.clock.time,
  } as const;
  const pause = { act: 'pause', decision: newId(), reason: 'alarm', at: world.clock.time } as const;
  await world.delivery.decide(world.sitting.exam, [former.attempt], time, proctor.user);
  await world.delivery.decide(world.sitting.exam, [former.attempt], pause, proctor.user);
  world.clock.time += 10_000;
  await world.delivery.supersede(former.attempt, next.attempt);
  expect((await world.delivery.page(next)).state).toBe('paused');
  const resume = { act: 'resume', decision: newId(), at: world.clock.time } as const;
  await world.delivery.decide(world.sitting.exam, [next.attempt], resume, proctor.user);
  const { state, endsAt, startsAt } = await world.delivery.page(next);
  expect([state, (endsAt ?? 0) - (startsAt ?? 0)]).toEqual(['running', DURATION_MS + 300_000 + 10_000]);
});

it('what a crash left undone is done at the next start', async () => {
  const world = await runningExam(1);
  const { attempt } = seat(world.sitting);
  await world.delivery.join(seat(world.sitting), { device: 'A' });
  const paper = (await world.store.get('papers', attempt))!;
  const { v, ...doc } = paper;
  const by = newId();
  await world.store.commit([
    { op: 'insert', in: 'papers', doc: { ...doc, _id: by } },
    { op: 'replace', in: 'papers', doc: { ...doc, replacedBy: by }, ifVersion: v },
  ]);
  await world.delivery.stop();
  await world.journal.close();
  const again = await startOn(world);
  expect(await again.delivery.mayBeSuperseded(attempt)).toBe(false);
});

it('an attempt that has ended is not replaced', async () => {
  const world = await newWorld();
  const sitting = await seatExam(world, 2);
  await world.proctoring.startExam(proctor, sitting.exam);
  const { attempt } = seat(sitting);
  world.clock.time += DURATION_MS + 1;
  await world.delivery.closeDue();
  expect(await world.delivery.mayBeSuperseded(attempt)).toBe(false);
  await world.delivery.supersede(attempt, seat(sitting, 1).attempt);
  expect((await ledger(world)).some((leaf) => leaf.startsWith('attempt.supersede'))).toBe(false);
});
