import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Blueprint, ExamCertificate, NewExam } from '#bank/protocol';
import { main as verifyPapers } from '../../../scripts/verify/verify-papers.ts';
import { tempDir } from '../../support/temp.ts';
import { classList, finished, newExam, openWorld, startExam, teacher, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  for (let index = 0; index < 30; index++) {
    const pair = Math.floor(index / 2);
    const off = 3 + ((pair * pair * 7 + pair * 53) % 147);
    world.bank.add(1, { facility: 500 + (index % 2 === 0 ? off : -off), seconds: 60 + ((index * 29) % 60) });
  }
});

type Targets = NonNullable<Blueprint['targets']>;

/** A matrix of eight questions of a bank whose mean is exactly half the points. */
async function draft(targets: Targets, changes: Partial<NewExam> = {}, candidates = 20): Promise<string> {
  const exam = await world.exams.create(teacher, newExam(world.bank.id, { reserve: 2, ...changes }));
  const cells = [
    { id: 'c1', count: 8, points: 125, topic: 'Dao động', level: 'KNOW', kind: 'choice' } as const,
  ];
  const blueprint: Blueprint = { targets, parts: [{ title: 'Phần I', cells }] };
  await world.exams.blueprint.set(teacher, exam.id, { blueprint, total: 1000 });
  await world.exams.roster.commit(teacher, exam.id, classList(candidates));
  return exam.id;
}

async function certified(exam: string, papers = 22): Promise<ExamCertificate> {
  const job = await finished(world.jobs, await world.exams.seal(teacher, exam));
  expect(job).toMatchObject({ state: 'done', result: { papers } });
  return world.exams.certificate(teacher, exam);
}

/** What the program says that shares no code with the engine. */
async function verified(exam: string): Promise<number> {
  await startExam(world, exam);
  await world.custody.open(exam);
  world.clock.time += 2_700_000;
  await world.exams.advance(teacher, exam, { to: 'closed', action: 'exam.close' });
  const publication = await world.exams.publish(teacher, exam);
  expect(publication.manifest.keepsTargets).toBe(true);
  const file = join(tempDir(), 'publication.json');
  writeFileSync(file, JSON.stringify(publication));
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  return verifyPapers([file]).finally(() => spy.mockRestore());
}

const ruleOf = ({ constraints }: ExamCertificate, name: string) =>
  constraints.find((one) => one.name === name);

test('targets around the mean of the bank are kept by dealt papers, those in reserve too', async () => {
  const exam = await draft({ facility: { min: 480, max: 520 }, seconds: { min: 650, max: 760 } });
  const certificate = await certified(exam);
  expect(certificate.algorithm).toBe('niem-deal/1');
  expect(certificate.equalUse).toBeUndefined();
  expect(ruleOf(certificate, 'target-score-least')).toMatchObject({ limit: 480_000, holds: true });
  expect(ruleOf(certificate, 'target-score-most')).toMatchObject({ limit: 520_000, holds: true });
  expect(ruleOf(certificate, 'target-time-most')).toMatchObject({ limit: 760, holds: true });
  for (const collection of ['papers', 'reservePapers'] as const) {
    const { docs } = await world.store.range(collection, { index: 'by_exam', equals: [exam], limit: 50 });
    expect(docs).toHaveLength(collection === 'papers' ? 20 : 2);
    for (const { certificate: one } of docs) {
      expect(one.targets).toEqual({
        score: { least: 480_000, most: 520_000 },
        time: { least: 650, most: 760 },
      });
      expect(one.expectedScore).toBeGreaterThanOrEqual(480_000);
      expect(one.expectedScore).toBeLessThanOrEqual(520_000);
    }
  }
  expect(await verified(exam)).toBe(0);
});

test('targets beside the mean are kept by papers that are drawn, which the certificate says', async () => {
  const exam = await draft({ facility: { min: 540, max: 600 } });
  const certificate = await certified(exam);
  expect(certificate).toMatchObject({ algorithm: 'niem-draw/1', equalUse: false });
  expect(ruleOf(certificate, 'target-score-least')).toMatchObject({ limit: 540_000, holds: true });
  expect(ruleOf(certificate, 'exposure')).toBeUndefined();
  expect(await verified(exam)).toBe(0);
});

test('targets that end at the mean leave dealt papers no room, and are kept by drawing', async () => {
  const exam = await draft({ facility: { min: 500, max: 600 } }, { reserve: 0 }, 30);
  const certificate = await certified(exam, 30);
  expect(certificate).toMatchObject({ algorithm: 'niem-draw/1', equalUse: false });
  expect(certificate.score.least).toBeGreaterThanOrEqual(500_000);
  expect(await verified(exam)).toBe(0);
});

test('targets out of reach of any draw are refused when the matrix is set, and for forms when sealing', async () => {
  const far = { facility: { min: 640, max: 660 } };
  await expect(draft(far)).rejects.toMatchObject({
    code: 'target-facility-unmet',
    values: { min: 64, max: 66, mean: 50 },
  });
  const forms = {
    count: 2,
    perShift: 1,
    overlap: 50,
    maxUses: 2,
    spare: 1,
    seatsPerRoom: 30,
    seatsPerRow: 5,
  };
  const kept = await certified(await draft({ facility: { min: 560, max: 600 } }, { assembly: { forms } }));
  expect(ruleOf(kept, 'target-score-least')).toMatchObject({ holds: true });
  const exam = await draft(far, { assembly: { forms: { ...forms, overlap: 0 } } });
  const job = await finished(world.jobs, await world.exams.seal(teacher, exam));
  expect(job).toMatchObject({
    state: 'failed',
    error: {
      code: 'form-bound',
      values: { listEn: expect.stringContaining('expected score: at least 6.4') },
    },
  });
});

test('a target of time is refused where a question does not tell its own', async () => {
  world.bank.add(1);
  await expect(draft({ seconds: { min: 60, max: 900 } })).rejects.toMatchObject({
    code: 'blueprint-target-unknown',
  });
});
