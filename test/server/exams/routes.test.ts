import { beforeEach, expect, test } from 'vitest';
import type {
  AccessSlips,
  CandidateList,
  ExamList,
  ExamView,
  Problem,
  Publication,
  RosterReport,
  StrataReport,
} from '#bank/protocol';
import { examsRoutes } from '#server/exams';
import { jobRoutes, type JobView } from '#server/http';
import { serveRoutes, type ServedRoutes } from '../../support/serve-routes.ts';
import type { StaffActor } from '../../support/staff.ts';
import {
  classList,
  finished,
  newExam,
  openWorld,
  proctor,
  smallBlueprint,
  startExam,
  teacher,
  type World,
} from './world.ts';

const sessions: Record<string, StaffActor> = { teacher, proctor };

let world: World;
let call: ServedRoutes['call'];
beforeEach(async () => {
  world = await openWorld();
  world.bank.add(12);
  const routes = [...examsRoutes(world.exams), ...jobRoutes(world.jobs)];
  ({ call } = await serveRoutes(routes, (token) => sessions[token]));
});

test('a teacher makes, fills and seals an exam over HTTP; the publication waits for the end', async () => {
  const created = await call<ExamView>('teacher', 'POST', '/exams', newExam(world.bank.id));
  expect(created.status).toBe(201);
  const path = `/exams/${created.body.id}`;
  const matrix = { blueprint: smallBlueprint(), total: 100 };
  expect((await call<StrataReport>('teacher', 'GET', `${path}/strata`)).body.strata).toHaveLength(1);
  expect((await call('teacher', 'POST', `${path}/blueprint/check`, matrix)).body).toMatchObject({
    feasible: true,
  });
  expect((await call('teacher', 'PUT', `${path}/blueprint`, matrix)).status).toBe(200);
  const list = classList(3).bytes;
  expect(
    (await call<RosterReport>('teacher', 'POST', `${path}/roster/preview?name=lop.csv`, list)).body.added,
  ).toBe(3);
  expect((await call<RosterReport>('teacher', 'POST', `${path}/roster?name=lop.csv`, list)).body.added).toBe(
    3,
  );
  for (const job of ['codes', 'seal']) {
    const started = await call<JobView>('teacher', 'POST', `${path}/${job}`);
    expect(started.status).toBe(202);
    await finished(world.jobs, started.body);
    expect((await call('teacher', 'GET', `/jobs/${started.body.id}`)).body).toMatchObject({ state: 'done' });
  }
  expect((await call<AccessSlips>('teacher', 'POST', `${path}/slips`)).body.slips).toHaveLength(3);
  expect((await call<ExamList>('proctor', 'GET', '/exams')).body.exams).toMatchObject([
    { state: 'sealed', candidateCount: 3 },
  ]);
  expect((await call<CandidateList>('proctor', 'GET', `${path}/candidates`)).body.candidates).toHaveLength(3);
  const early = await call<Problem>('teacher', 'GET', `${path}/publication`);
  expect([early.status, early.body.code]).toEqual([409, 'exam-not-closed']);
  await startExam(world, created.body.id);
  world.clock.time += 2_700_000;
  await world.exams.advance(proctor, created.body.id, { to: 'closed', action: 'exam.close' });
  const publication = await call<Publication>('teacher', 'GET', `${path}/publication`);
  expect(publication.headers.get('content-disposition')).toContain('niem-papers-');
  expect(publication.body.papers).toHaveLength(3);
});

test('a matrix that the bank cannot fill is told in a sentence that names cell, need and have', async () => {
  const { id } = (await call<ExamView>('teacher', 'POST', '/exams', newExam(world.bank.id))).body;
  const refused = await call<Problem>('teacher', 'PUT', `/exams/${id}/blueprint`, {
    blueprint: smallBlueprint(13),
    total: 325,
  });
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({
    code: 'blueprint-infeasible',
    values: { cell: 'c1', need: 13, have: 12 },
  });
  expect(refused.body.title).toMatch(/c1.*13.*12/);
});

test('what the schemas do not know is refused, and proctors change nothing', async () => {
  const extra = await call<Problem>('teacher', 'POST', '/exams', { ...newExam(world.bank.id), owner: 'me' });
  expect([extra.status, extra.body.code]).toEqual([400, 'invalid-input']);
  const operator = await call('teacher', 'GET', '/exams/%7B%22$ne%22:1%7D');
  expect(operator.status).toBe(400);
  expect((await call('proctor', 'POST', '/exams', newExam(world.bank.id))).status).toBe(403);
  expect((await call('nobody', 'GET', '/exams')).status).toBe(401);
});
