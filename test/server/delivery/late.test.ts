import { beforeEach, describe, expect, it } from 'vitest';
import {
  sentence,
  sheetContext,
  sheetId,
  type Actor,
  type AnswerSheet,
  type LateDecided,
  type LateDecision,
  type LatePage,
  type Problem,
  type SheetEntry,
} from '#bank/protocol';
import { hmac, newId } from '#bank/vault';
import { proctoringRoutes } from '#server/proctoring';
import { leavesOf } from '../../support/ports.ts';
import { serveRoutes, type Answer, type ServedRoutes } from '../../support/serve-routes.ts';
import { staff } from '../../support/staff.ts';
import {
  DURATION_MS,
  KINDS,
  proctor,
  runningExam,
  seat,
  startOn,
  teacher,
  type Candidate,
  type Sitting,
  type World,
} from './world.ts';

type StaffActor = Extract<Actor, { kind: 'staff' }>;

const SLOT = 5;
const OTHER_SLOT = 4;
const REASON = 'Mạng của phòng thi bị ngắt, giám thị xác nhận.';
const STAFF: Record<string, StaffActor> = {
  proctor,
  teacher,
  reviewer: staff('reviewer'),
  stranger: staff(),
};

let world: World & { sitting: Sitting };
let served: ServedRoutes;

/** The server goes away, and is there again after so long. */
async function away(ms: number): Promise<void> {
  await world.delivery.stop();
  await world.journal.close();
  world.clock.time += ms;
  world = { ...(await startOn(world)), sitting: world.sitting };
  served = await serve();
}

/** An exam with two candidates, of whom each had saved one answer when the server went away; it came back at the end. */
beforeEach(async () => {
  world = await runningExam(2);
  for (const candidate of world.sitting.candidates) {
    await world.delivery.join(candidate, { device: 'A' });
    await save(candidate, { seq: 1, x: 'kịp' });
  }
  await away(DURATION_MS);
});

function serve(): Promise<ServedRoutes> {
  return serveRoutes(proctoringRoutes(world.proctoring), (token) => STAFF[token]);
}

async function save(
  candidate: Candidate,
  { seq, x, slot = SLOT, epoch = 1 }: { seq: number; x: string; slot?: number; epoch?: number },
): Promise<void> {
  await world.delivery.save(candidate, { epoch, entries: [{ seq, slot, response: { x } }] });
}

/** Saves what comes too late. */
async function late(candidate: Candidate, entry: Parameters<typeof save>[1]): Promise<void> {
  await expect(save(candidate, entry)).rejects.toMatchObject({ code: 'after-deadline' });
}

async function listed(who = 'proctor'): Promise<LatePage> {
  const { status, body } = await served.call<LatePage>(who, 'GET', `/exams/${world.sitting.exam}/late`);
  expect(status).toBe(200);
  return body;
}

function decision(changes: Partial<LateDecision> = {}): LateDecision {
  return { decision: newId(), verdict: 'count', reason: REASON, upTo: 1, ...changes };
}

function decide<T = LateDecided>({ attempt }: Candidate, body: object, who = 'proctor'): Promise<Answer<T>> {
  return served.call<T>(who, 'POST', `/exams/${world.sitting.exam}/late/${attempt}`, body);
}

async function refused(candidate: Candidate, body: object, who?: string): Promise<string> {
  const answer = await decide<Problem>(candidate, body, who);
  return `${answer.status} ${answer.body.code}`;
}

async function sheet({ attempt }: Candidate, version: number): Promise<AnswerSheet | null> {
  const doc = await world.store.get('sheets', sheetId(attempt, version));
  if (!doc) return null;
  const context = sheetContext('test-tenant', attempt, version);
  const bytes = await world.keyring.open(`attempts/${doc.generation}`, context, doc.sheet);
  return JSON.parse(Buffer.from(bytes).toString()) as AnswerSheet;
}

const texts = (entries: readonly SheetEntry[] = []) => entries.map(({ response }) => response);

describe('what came late', () => {
  it('is listed for staff by attempt, without what was answered', async () => {
    const [first, second] = [seat(world.sitting, 0), seat(world.sitting, 1)];
    expect(await listed()).toMatchObject({ state: 'closed', attempts: [] });
    await late(first, { seq: 2, x: 'bí mật' });
    world.clock.time += 1000;
    await late(first, { seq: 3, x: 'bí mật', slot: OTHER_SLOT });
    const page = await listed('teacher');
    expect(page).toMatchObject({
      waitsUntil: world.clock.time - 1000 + 30 * 60_000,
      attempts: [
        {
          attempt: first.attempt,
          candidate: first.candidate,
          number: '1000',
          name: 'Trần Thị 0',
          why: ['after-deadline'],
          count: 2,
          firstAt: world.clock.time - 1000,
          lastAt: world.clock.time,
          slots: [OTHER_SLOT, SLOT],
          upTo: 2,
        },
      ],
    });
    expect(JSON.stringify(page)).not.toContain('bí mật');
    await late(second, { seq: 2, x: 'bí mật' });
    expect((await listed()).attempts.map(({ number }) => number)).toEqual(['1000', '1001']);
  });

  it('tells a late choice of a branch from late answers', async () => {
    world = await runningExam(1, { branches: ['cs', 'ict'] });
    const candidate = seat(world.sitting);
    await world.delivery.join(candidate, { device: 'A' });
    await away(DURATION_MS);
    const choice = { seq: 1, slot: KINDS.length, response: { b: 'ict' } };
    await expect(world.delivery.save(candidate, { epoch: 1, entries: [choice] })).rejects.toMatchObject({
      code: 'after-deadline',
    });
    const { attempts } = await listed();
    expect(attempts).toMatchObject([{ count: 1, slots: [], choosesBranch: true }]);
    expect((await decide(candidate, decision())).status).toBe(200);
    expect((await sheet(candidate, 2))?.answers).toMatchObject([choice]);
  });

  it('is shown and decided by nobody else', async () => {
    const candidate = seat(world.sitting);
    await late(candidate, { seq: 2, x: 'muộn' });
    const path = `/exams/${world.sitting.exam}/late`;
    expect((await served.call('reviewer', 'GET', path)).status).toBe(403);
    expect((await served.call('stranger', 'GET', path)).status).toBe(404);
    expect(await refused(candidate, decision(), 'reviewer')).toBe('403 forbidden');
    expect(await refused(candidate, decision(), 'stranger')).toBe('404 not-found');
    expect((await decide(candidate, decision(), 'teacher')).status).toBe(200);
  });
});

describe('a decision on it', () => {
  it('counts it in the next version of the sheet, and the first version stays', async () => {
    const candidate = seat(world.sitting);
    const before = await sheet(candidate, 1);
    await late(candidate, { seq: 2, x: 'muộn' });
    await late(candidate, { seq: 3, x: 'muộn hơn' });
    await late(candidate, { seq: 4, x: 'câu khác', slot: OTHER_SLOT });
    const body = decision({ upTo: 3 });
    expect((await decide(candidate, body)).body).toEqual({
      attempt: candidate.attempt,
      decision: body.decision,
      verdict: 'count',
      answers: 3,
      sheet: 2,
    });
    const after = await sheet(candidate, 2);
    expect(texts(after?.answers)).toEqual([{ x: 'câu khác' }, { x: 'muộn hơn' }]);
    expect(after?.rulings).toMatchObject([
      { decision: body.decision, verdict: 'count', reason: REASON, upTo: 3, by: proctor.user },
    ]);
    expect(after?.late.map(({ seq, why }) => `${seq} ${why}`)).toEqual([
      '2 after-deadline',
      '3 after-deadline',
      '4 after-deadline',
    ]);
    expect(after).toMatchObject({ history: before?.history, transitions: before?.transitions });
    expect(await sheet(candidate, 1)).toEqual(before);
    expect((await listed()).attempts).toEqual([]);
  });

  it('leaves it out, and it stays on the sheet', async () => {
    const candidate = seat(world.sitting);
    await late(candidate, { seq: 2, x: 'muộn' });
    await decide(candidate, decision({ verdict: 'leave-out' }));
    const after = await sheet(candidate, 2);
    expect(texts(after?.answers)).toEqual([{ x: 'kịp' }]);
    expect(texts(after?.late)).toEqual([{ x: 'muộn' }]);
    expect((await listed()).attempts).toEqual([]);
  });

  it('rules over what its person saw: what comes after it is decided on anew', async () => {
    const candidate = seat(world.sitting);
    await late(candidate, { seq: 2, x: 'đã xem' });
    const [seen] = (await listed()).attempts;
    await late(candidate, { seq: 3, x: 'chưa xem' });
    await decide(candidate, decision({ upTo: seen?.upTo ?? 0 }));
    expect(texts((await sheet(candidate, 2))?.answers)).toEqual([{ x: 'đã xem' }]);
    const [rest] = (await listed()).attempts;
    expect(rest).toMatchObject({ count: 1, upTo: 2 });
    const again = await decide(candidate, decision({ verdict: 'leave-out', upTo: 2 }));
    expect(again.body).toMatchObject({ answers: 1, sheet: 3 });
    expect(texts((await sheet(candidate, 3))?.answers)).toEqual([{ x: 'đã xem' }]);
    expect(await refused(candidate, decision({ upTo: 3 }))).toBe('400 invalid-input');
  });

  it('comes once, however often it is sent, also after a restart', async () => {
    const candidate = seat(world.sitting);
    await late(candidate, { seq: 2, x: 'muộn' });
    const body = decision();
    const answers = await Promise.all(Array.from({ length: 5 }, () => decide(candidate, body)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    await world.journal.close();
    world = { ...(await startOn(world)), sitting: world.sitting };
    served = await serve();
    expect((await decide(candidate, body)).body).toEqual(answers[0]?.body);
    expect((await listed()).attempts).toEqual([]);
    expect(await sheet(candidate, 3)).toBeNull();
  });

  it('is one of two that are made at once; the other is told so', async () => {
    const candidate = seat(world.sitting);
    await late(candidate, { seq: 2, x: 'muộn' });
    const answers = await Promise.all([
      decide<Problem>(candidate, decision(), 'proctor'),
      decide<Problem>(candidate, decision({ verdict: 'leave-out' }), 'teacher'),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const loser = answers.find(({ status }) => status === 409);
    expect(loser?.body.code).toBe('late-decided');
    for (const language of ['vi', 'en'] as const)
      expect(sentence('late-decided', {}, language)).not.toContain('late-decided');
    expect(await sheet(candidate, 2)).not.toBeNull();
    expect(await sheet(candidate, 3)).toBeNull();
  });

  it('cannot count them where the server had a line to the end, and leaves them out all the same', async () => {
    world = await runningExam(1);
    served = await serve();
    const candidate = seat(world.sitting);
    await world.delivery.join(candidate, { device: 'A' });
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    await late(candidate, { seq: 1, x: 'muộn' });
    expect((await listed()).attempts).toMatchObject([{ mayCount: false }]);
    expect(await refused(candidate, decision())).toBe('409 late-no-outage');
    expect((await decide(candidate, decision({ verdict: 'leave-out' }))).status).toBe(200);
    expect((await listed()).attempts).toEqual([]);
  });

  it('never lets an answer of a device without the lease replace a later one', async () => {
    world = await runningExam(1);
    served = await serve();
    const candidate = seat(world.sitting);
    await world.delivery.join(candidate, { device: 'A' });
    await save(candidate, { seq: 1, x: 'máy cũ' });
    await world.delivery.join(candidate, { device: 'B' });
    await save(candidate, { seq: 2, epoch: 2, x: 'máy mới' });
    for (const entry of [
      { seq: 2, x: 'máy cũ, gửi muộn' },
      { seq: 9, x: 'máy cũ, gửi muộn hơn' },
      { seq: 3, x: 'máy cũ, câu khác', slot: OTHER_SLOT },
    ])
      await expect(save(candidate, entry)).rejects.toMatchObject({ code: 'superseded' });
    expect((await listed()).attempts).toMatchObject([{ why: ['superseded'], count: 3 }]);
    expect(await refused(candidate, decision({ upTo: 3 }))).toBe('409 exam-not-closed');
    await away(DURATION_MS);
    expect((await decide(candidate, decision({ upTo: 3 }))).body).toMatchObject({ answers: 3 });
    expect(texts((await sheet(candidate, 2))?.answers)).toEqual([
      { x: 'máy cũ, câu khác' },
      { x: 'máy mới' },
    ]);
  });

  it('rules over what was held before the close and what arrived after it alike', async () => {
    world = await runningExam(1);
    served = await serve();
    const candidate = seat(world.sitting);
    await world.delivery.join(candidate, { device: 'A' });
    await world.delivery.join(candidate, { device: 'B' });
    const stale = save(candidate, { seq: 1, x: 'trước khi đóng' });
    await expect(stale).rejects.toMatchObject({ code: 'superseded' });
    await away(DURATION_MS);
    await late(candidate, { seq: 1, epoch: 2, x: 'sau khi đóng', slot: OTHER_SLOT });
    expect(texts((await sheet(candidate, 1))?.late)).toEqual([{ x: 'trước khi đóng' }]);
    expect((await listed()).attempts).toMatchObject([{ why: ['superseded', 'after-deadline'], upTo: 2 }]);
    await decide(candidate, decision({ upTo: 2 }));
    const after = await sheet(candidate, 2);
    expect(texts(after?.late)).toEqual([{ x: 'trước khi đóng' }, { x: 'sau khi đóng' }]);
    expect(texts(after?.answers)).toEqual([{ x: 'sau khi đóng' }, { x: 'trước khi đóng' }]);
  });

  it('needs a reason of its person', async () => {
    const candidate = seat(world.sitting);
    await late(candidate, { seq: 2, x: 'muộn' });
    for (const reason of ['', 'ok', '      ', 'a'.repeat(501)])
      expect(await refused(candidate, decision({ reason }))).toBe('400 invalid-input');
    expect(await sheet(candidate, 2)).toBeNull();
  });

  it('is an entry of the ledger, which tells the reason to those only who have it', async () => {
    const candidate = seat(world.sitting);
    await late(candidate, { seq: 2, x: 'muộn' });
    const body = decision();
    await decide(candidate, body);
    const leaves = (await leavesOf(world.audit)).filter(({ action }) => action === 'late.decide');
    expect(leaves).toMatchObject([
      {
        role: 'proctor',
        object: `attempt:${candidate.attempt}`,
        data: { exam: world.sitting.exam, decision: body.decision, verdict: 'count', answers: 1, sheet: 2 },
      },
    ]);
    expect(JSON.stringify(leaves)).not.toContain(REASON);
    const [ruling] = (await sheet(candidate, 2))?.rulings ?? [];
    const salt = ruling && 'salt' in ruling ? Buffer.from(ruling.salt, 'base64url') : Buffer.alloc(0);
    expect(leaves[0]?.data?.['reason']).toBe(Buffer.from(hmac(salt, Buffer.from(REASON))).toString('hex'));
  });
});

describe('what nobody decided on', () => {
  it('is left out by the policy, on the sheet and in the ledger, once', async () => {
    const [decided, open] = [seat(world.sitting, 0), seat(world.sitting, 1)];
    for (const candidate of [decided, open]) await late(candidate, { seq: 2, x: 'muộn' });
    await decide(decided, decision());
    const ids = world.sitting.candidates.map(({ attempt }) => attempt);
    const leaveOut = () => world.delivery.late.leaveOut(world.sitting.exam, ids, 'vn-thpt-2025');
    await Promise.all([leaveOut(), leaveOut()]);
    const after = await sheet(open, 2);
    expect(texts(after?.answers)).toEqual([{ x: 'kịp' }]);
    expect(after?.rulings).toEqual([
      { verdict: 'leave-out', upTo: 1, policy: 'vn-thpt-2025', at: world.clock.time },
    ]);
    expect(texts((await sheet(decided, 2))?.answers)).toEqual([{ x: 'muộn' }]);
    const leaves = (await leavesOf(world.audit)).filter(({ action }) => action === 'late.decide');
    expect(leaves.map(({ actor, data }) => (actor === 'system' ? data?.['policy'] : 'person'))).toEqual([
      'person',
      'vn-thpt-2025',
    ]);
    expect(await refused(open, decision())).toBe('409 late-decided');
  });
});

it('what comes after the grading stays listed, and is decided on no more', async () => {
  const candidate = seat(world.sitting);
  const exam = await world.store.get('exams', world.sitting.exam);
  if (!exam) throw new Error('the exam is gone');
  const { v, ...doc } = exam;
  await world.store.commit([{ op: 'replace', in: 'exams', doc: { ...doc, state: 'graded' }, ifVersion: v }]);
  await late(candidate, { seq: 2, x: 'muộn' });
  expect(await listed()).toMatchObject({ state: 'graded', attempts: [{ count: 1 }] });
  expect(await refused(candidate, decision())).toBe('409 late-graded');
});
