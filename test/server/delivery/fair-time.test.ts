import { createHash } from 'node:crypto';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { describe, expect, it } from 'vitest';
import { newId } from '#bank/vault';
import type { ExtendTime, Response } from '#bank/protocol';
import { DECISION_TYPE } from '#server/delivery';
import { leavesOf } from '../../support/ports.ts';
import {
  DURATION_MS,
  openSheet,
  proctor,
  runningExam,
  seat,
  seatExam,
  startOn,
  type Candidate,
  type World,
} from './world.ts';

const FIVE_MINUTES = 5 * 60_000;

function more(changes: Partial<ExtendTime> = {}): ExtendTime {
  return { decision: newId(), minutes: 5, reason: 'outage', ...changes };
}

async function answer({ delivery }: World, candidate: Candidate, x: string) {
  const { epoch, nextSeq } = await delivery.join(candidate, { device: 'A' });
  const response: Response = { x };
  return delivery.save(candidate, { epoch, entries: [{ seq: nextSeq, slot: 5, response }] });
}

async function stateOf(world: World, exam: string) {
  return (await world.store.get('exams', exam))?.state;
}

describe('more time', () => {
  it('is for whom it was decided: everybody else ends with the exam', async () => {
    const world = await runningExam(3);
    const { exam } = world.sitting;
    const [usual, slow, absent] = [0, 1, 2].map((place) => seat(world.sitting, place)) as [
      Candidate,
      Candidate,
      Candidate,
    ];
    await answer(world, usual, 'một');
    await answer(world, slow, 'hai');
    const body = more({ candidates: [slow.candidate, absent.candidate] });
    expect(await world.proctoring.extendTime(proctor, exam, body)).toMatchObject({ changed: 2, over: 0 });

    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    await expect(answer(world, usual, 'muộn')).rejects.toMatchObject({ code: 'after-deadline' });
    expect(await stateOf(world, exam)).toBe('open');
    await answer(world, slow, 'kịp giờ');
    expect(await world.delivery.join(absent, { device: 'B' })).toMatchObject({ state: 'running' });

    world.clock.time += FIVE_MINUTES;
    await expect(answer(world, slow, 'muộn')).rejects.toMatchObject({ code: 'after-deadline' });
    await world.delivery.closeDue();
    expect(await stateOf(world, exam)).toBe('closed');
    const sheet = await openSheet(world, slow.attempt);
    expect(sheet?.answers.map(({ response }) => response)).toEqual([{ x: 'kịp giờ' }]);
    expect(sheet?.times).toMatchObject([{ ms: FIVE_MINUTES, reason: 'outage', by: proctor.user }]);
    expect((await openSheet(world, usual.attempt))?.times).toBeUndefined();
  });

  it('is told to the candidate and to the proctor with its reason, and stays after a crash', async () => {
    const world = await runningExam(2);
    const { exam } = world.sitting;
    const candidate = seat(world.sitting);
    const before = await world.delivery.join(candidate, { device: 'A' });
    const body = more({ candidates: [candidate.candidate], reason: 'health' });
    await world.proctoring.extendTime(proctor, exam, body);
    const told = {
      endsAt: (before.endsAt ?? 0) + FIVE_MINUTES,
      because: [{ decision: body.decision, ms: FIVE_MINUTES, reason: 'health', at: world.clock.time }],
    };
    await world.journal.close();
    const again = await startOn(world);
    expect(await again.delivery.join(candidate, { device: 'A' })).toMatchObject(told);
    const { candidates } = await again.proctoring.presence(proctor, exam);
    expect(candidates[0]).toMatchObject(told);
    expect(candidates[1]).toMatchObject({ endsAt: before.endsAt, because: [] });
    again.clock.time += DURATION_MS;
    await again.delivery.closeDue();
    await answer(again, candidate, 'sau khi sập');
  });

  it('comes once for one decision, adds up over several, and never after the end', async () => {
    const world = await runningExam(2);
    const { exam } = world.sitting;
    const [writes, hasHandedIn] = [seat(world.sitting, 0), seat(world.sitting, 1)];
    const { endsAt = 0 } = await world.delivery.join(writes, { device: 'A' });
    await world.delivery.join(hasHandedIn, { device: 'B' });
    await world.delivery.submit(hasHandedIn, { epoch: 1, lastSeq: 0 });
    const first = more();
    for (let i = 0; i < 3; i++) {
      expect(await world.proctoring.extendTime(proctor, exam, first)).toMatchObject({ changed: 1, over: 1 });
    }
    await world.proctoring.extendTime(proctor, exam, more({ minutes: 2 }));
    expect(await world.delivery.join(writes, { device: 'A' })).toMatchObject({ endsAt: endsAt + 7 * 60_000 });
    world.clock.time = endsAt + 7 * 60_000;
    expect(await world.proctoring.extendTime(proctor, exam, more())).toMatchObject({ changed: 0, over: 2 });
  });

  it('needs an exam that is running and candidates of that exam', async () => {
    const world = await runningExam();
    const { exam } = world.sitting;
    const other = await seatExam(world, 1);
    const stranger = more({ candidates: [seat(other).candidate] });
    await expect(world.proctoring.extendTime(proctor, exam, stranger)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(world.proctoring.extendTime(proctor, other.exam, more())).rejects.toMatchObject({
      code: 'exam-not-open',
    });
  });

  it('is signed, and the signature says for whom', async () => {
    const world = await runningExam(2);
    const { exam } = world.sitting;
    const candidate = seat(world.sitting);
    const body = more({ candidates: [candidate.candidate] });
    await world.proctoring.extendTime(proctor, exam, body);
    world.clock.time += DURATION_MS + FIVE_MINUTES;
    await world.delivery.closeDue();
    const [time] = (await openSheet(world, candidate.attempt))?.times ?? [];
    const keys = createLocalJWKSet(world.delivery.receiptKeys as JSONWebKeySet);
    const { payload, protectedHeader } = await compactVerify(time?.jws ?? '', keys);
    expect(protectedHeader.typ).toBe(DECISION_TYPE);
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual({
      act: 'time',
      decision: body.decision,
      ms: FIVE_MINUTES,
      reason: body.reason,
      at: time?.at,
      by: proctor.user,
      exam,
      attempts: createHash('sha256').update(candidate.attempt).digest('base64url'),
    });
  });

  it('leaves a leaf for the decision and one for each attempt', async () => {
    const world = await runningExam(2);
    const { exam } = world.sitting;
    const body = more();
    await world.proctoring.extendTime(proctor, exam, body);
    await world.delivery.stop();
    const leaves = (await leavesOf(world.audit)).filter(({ action }) => action.endsWith('.time'));
    expect(leaves.map(({ action, object }) => `${action} ${object}`).toSorted()).toEqual(
      [
        ...world.sitting.candidates.map(({ attempt }) => `attempt.time attempt:${attempt}`),
        `exam.time exam:${exam}`,
      ].toSorted(),
    );
    for (const { data } of leaves) {
      expect(data).toMatchObject({ decision: body.decision, ms: FIVE_MINUTES, reason: 'outage' });
    }
  });
});
