import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#bank/vault';
import { leavesOf } from '../../support/ports.ts';
import {
  finished,
  openWorld,
  otherTeacher,
  proctor,
  readyExam,
  startExam,
  teacher,
  type World,
} from './world.ts';

let world: World;
let exam: string;
beforeEach(async () => {
  world = await openWorld();
  exam = await readyExam(world, 3, { reserve: 2 });
  await finished(world.jobs, await world.exams.seal(teacher, exam));
});

async function candidates() {
  return (await world.exams.listCandidates(proctor, exam)).candidates;
}

const issue = (candidate: string) => world.exams.issueReserve(proctor, exam, candidate, 'paper-faulty');

describe('a paper from the reserve', () => {
  test('comes in the order of the manifest, is the candidate’s from then on, and is on the record', async () => {
    const { manifest } = (await world.store.get('exams', exam))!;
    const [first, second] = await candidates();
    expect(await issue(first!.id)).toEqual({ order: 1, left: 1 });
    expect(await issue(second!.id)).toEqual({ order: 2, left: 0 });
    const now = await candidates();
    expect(now.slice(0, 2).map(({ attempt }) => attempt)).toEqual(manifest?.reserve);
    expect(now.map(({ hasReserve }) => hasReserve)).toEqual([true, true, undefined]);
    expect(now.map(({ person }) => person.name)).toEqual(
      [first, second, now[2]].map((one) => one?.person.name),
    );
    expect(world.replacing.told).toEqual([
      { candidate: first!.id, from: first!.attempt, to: manifest?.reserve?.[0] },
      { candidate: second!.id, from: second!.attempt, to: manifest?.reserve?.[1] },
    ]);
    expect(await world.store.get('papers', first!.attempt)).toMatchObject({ replacedBy: now[0]?.attempt });
    const leaves = (await leavesOf(world.audit)).filter(({ action }) => action === 'paper.reserve');
    expect(leaves.map(({ data }) => data)).toMatchObject([
      { order: 0, reason: 'paper-faulty', from: first!.attempt },
      { order: 1, reason: 'paper-faulty', from: second!.attempt },
    ]);
    expect(await world.exams.get(teacher, exam)).toMatchObject({ reserve: 2, reserveIssued: 2 });
    await expect(issue(now[2]!.id)).rejects.toMatchObject({ code: 'reserve-used-up', values: { count: 2 } });
  });

  test('goes to one of two who ask at once, and the next one to the other', async () => {
    const [first, second] = await candidates();
    const issued = await Promise.all([issue(first!.id), issue(second!.id)]);
    expect(issued.map(({ order }) => order).toSorted()).toEqual([1, 2]);
    expect(new Set((await candidates()).map(({ attempt }) => attempt)).size).toBe(3);
  });

  test('is one, however often it is asked for at once', async () => {
    const [first] = await candidates();
    const asked = await Promise.allSettled([issue(first!.id), issue(first!.id)]);
    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await world.exams.get(teacher, exam)).toMatchObject({ reserveIssued: 1 });
  });

  test('is part of what is published, issued or not', async () => {
    const [first] = await candidates();
    await issue(first!.id);
    await startExam(world, exam);
    await world.custody.open(exam);
    world.clock.time += 2_700_000;
    await world.exams.advance(teacher, exam, { to: 'closed', action: 'exam.close' });
    const { papers, manifest } = await world.exams.publish(teacher, exam);
    expect(papers).toHaveLength(5);
    expect(papers.map(({ attempt }) => attempt)).toEqual(expect.arrayContaining(manifest.reserve ?? []));
    await expect(issue(first!.id)).rejects.toMatchObject({ code: 'exam-not-open' });
  });

  test('is refused for an attempt that has ended, a draft, a stranger and nobody', async () => {
    const [first] = await candidates();
    world.replacing.ended.add(first!.attempt);
    await expect(issue(first!.id)).rejects.toMatchObject({ code: 'attempt-ended' });
    await expect(issue(newId())).rejects.toMatchObject({ code: 'not-found' });
    await expect(world.exams.issueReserve(otherTeacher, exam, first!.id, 'latecomer')).rejects.toMatchObject({
      code: 'not-found',
    });
    const draft = await readyExam(world, 1);
    const [only] = (await world.exams.listCandidates(teacher, draft)).candidates;
    await expect(world.exams.issueReserve(teacher, draft, only!.id, 'latecomer')).rejects.toMatchObject({
      code: 'exam-not-sealed',
    });
    expect((await candidates())[0]?.attempt).toBe(first!.attempt);
  });
});
