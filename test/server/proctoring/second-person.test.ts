import { expect, it } from 'vitest';
import type { Actor, ExamProfile } from '#bank/protocol';
import { newId } from '#bank/vault';
import { openPorts } from '../../support/ports.ts';
import { sentencesOf } from '../../support/refusal.ts';
import { DURATION_MS, proctor, seat, seatExam, startOn, teacher } from '../delivery/world.ts';

/** Who made the exams, in both roles. */
const owner: Extract<Actor, { kind: 'staff' }> = {
  kind: 'staff',
  user: teacher.user,
  roles: ['teacher', 'proctor'],
};
const refused = expect.objectContaining({ code: 'profile-needs-second-person', status: 403 });

async function sealedOn(day: number, profile: ExamProfile) {
  const disk = await openPorts();
  disk.clock.time = day;
  const world = await startOn(disk, { secondDisk: { caughtUp: async () => undefined } });
  return { world, sitting: await seatExam(world, 1, { profile }) };
}

it('an exam of high stakes is neither started by who made it, nor are its candidates decided on', async () => {
  const { world, sitting } = await sealedOn(Date.UTC(2026, 11, 1), 'P3');
  const { proctoring, delivery } = world;
  const { exam } = sitting;
  const candidate = seat(sitting);
  await expect(proctoring.startExam(owner, exam)).rejects.toEqual(refused);
  await proctoring.startExam(proctor, exam);
  await delivery.join(candidate, { device: 'A' });
  const decided = { decision: newId(), candidates: [candidate.candidate] };
  await expect(
    proctoring.extendTime(owner, exam, { ...decided, minutes: 5, reason: 'alarm' }),
  ).rejects.toEqual(refused);
  await expect(proctoring.pauseTime(owner, exam, { ...decided, reason: 'alarm' })).rejects.toEqual(refused);
  await expect(proctoring.resumeTime(owner, exam, decided)).rejects.toEqual(refused);
  await expect(proctoring.creditOutages(owner, exam, decided)).rejects.toEqual(refused);
  await expect(proctoring.terminate(owner, exam, { ...decided, reason: 'health' })).rejects.toEqual(refused);
  expect(
    await proctoring.extendTime(proctor, exam, { ...decided, minutes: 5, reason: 'alarm' }),
  ).toMatchObject({ changed: 1 });
  world.clock.time += DURATION_MS + 5 * 60_000;
  await delivery.closeDue();
  const late = { decision: newId(), verdict: 'leave-out', reason: 'Nộp sau giờ.', upTo: 1 } as const;
  await expect(proctoring.decideLate(owner, exam, candidate.attempt, late)).rejects.toEqual(refused);
});

it.each<[ExamProfile, number]>([
  ['P2', Date.UTC(2026, 11, 1)],
  ['P3', Date.UTC(2026, 10, 29)],
])('an exam of profile %s that was made at %i takes one person', async (profile, day) => {
  const { world, sitting } = await sealedOn(day, profile);
  expect(await world.proctoring.startExam(owner, sitting.exam)).toMatchObject({ state: 'open' });
});

it('says in both languages who has to do it', () => {
  const { vi, en } = sentencesOf('profile-needs-second-person', { profile: 'P3' });
  expect(vi).toContain('Hãy nhờ một giám thị khác');
  expect(en).toContain('Ask another proctor');
});
