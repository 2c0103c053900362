import { describe, expect, it } from 'vitest';
import { lateWaitEnds, markingPolicy } from '#bank/marks';
import type { JobView, LateRuling, Problem, UndecidedLate } from '#bank/protocol';
import { newId } from '#bank/vault';
import { jobRoutes } from '#server/http';
import { markingRoutes } from '#server/marking';
import type { Store, Stored } from '#server/storage';
import { ended } from '../../support/ports.ts';
import { serveRoutes, type ServedRoutes } from '../../support/serve-routes.ts';
import { closedExam, type Fixture } from './fixture.ts';

const MINUTE = 60_000;
const POLICY = 'vn-thpt-2025';

const COUNTED: LateRuling = {
  verdict: 'count',
  upTo: 1,
  by: newId(),
  decision: newId(),
  reason: 'Mạng bị ngắt.',
  salt: '',
  at: 1,
};

interface World extends Fixture {
  served: ServedRoutes;
  /** What the delivery would say. */
  undecided: UndecidedLate[];
  /** Done when the policy leaves out. */
  onLeaveOut: () => Promise<void>;
  closedAt: number;
}

/** A closed exam that is graded over HTTP, with a delivery that is played. */
async function world(): Promise<World> {
  const fixture = await closedExam(1);
  const { exam, teacher, store, clock, candidates } = fixture;
  const closedAt = clock.time;
  await touch(store, exam, { closedAt: new Date(closedAt) });
  const [first] = candidates;
  const made = {
    ...fixture,
    closedAt,
    undecided: [lateOf(first?.attempt ?? '', closedAt)],
    onLeaveOut: async () => undefined,
  };
  const late = {
    undecided: async () => made.undecided,
    leaveOut: async () => {
      made.undecided = [];
      await made.onLeaveOut();
    },
  };
  const routes = [...jobRoutes(fixture.jobs), ...markingRoutes(fixture.marking({ late }))];
  return Object.assign(made, { served: await serveRoutes(routes, () => teacher) });
}

function lateOf(attempt: string, at: number): UndecidedLate {
  const once = { count: 1, firstAt: at, lastAt: at, slots: [1], upTo: 1 };
  return { attempt, why: ['after-deadline'], ...once, mayCount: true };
}

async function grade({ served, exam, jobs, teacher }: World): Promise<Problem | JobView> {
  const { status, body } = await served.call<Problem | JobView>('teacher', 'POST', `/exams/${exam}/grade`);
  return status < 300 ? ended(jobs, teacher, (body as JobView).id) : body;
}

describe('grading with late answers that nobody has decided on', () => {
  it('does not begin before the time of the policy is over', async () => {
    const one = await world();
    one.clock.time = one.closedAt + 30 * MINUTE - 1;
    const until = new Date(one.closedAt + 30 * MINUTE).toISOString();
    expect(await grade(one)).toMatchObject({
      status: 409,
      code: 'late-undecided',
      values: { count: 1, until },
    });
    expect(await one.store.get('exams', one.exam)).toMatchObject({ state: 'closed' });
  });

  it('begins at once when they are decided on', async () => {
    const one = await world();
    one.undecided = [];
    expect(await grade(one)).toMatchObject({ state: 'done' });
  });

  it('leaves them out when the time of the policy is over', async () => {
    const one = await world();
    let times = 0;
    one.onLeaveOut = async () => void times++;
    one.clock.time = one.closedAt + 30 * MINUTE;
    expect(await grade(one)).toMatchObject({ state: 'done', result: { graded: 1 } });
    expect(times).toBe(1);
  });
});

describe('grading', () => {
  it('reads the newest sheet, and its result says what was decided on', async () => {
    const one = await world();
    one.undecided = [];
    const attempt = one.candidates[0]?.attempt ?? '';
    const rulings: LateRuling[] = [COUNTED, { verdict: 'leave-out', upTo: 3, policy: POLICY, at: 2 }];
    await one.writeSheet(attempt, 2, [], { rulings });
    await grade(one);
    expect(await resultOf(one, attempt)).toMatchObject({
      sheet: 2,
      total: 0,
      late: { counted: 1, leftOut: 2 },
    });
  });

  it('takes nobody for absent of whom a late answer counts', async () => {
    const { exam, teacher, candidates, writeSheet, marking } = await closedExam(2, { absent: [0, 1] });
    const [late] = candidates;
    await writeSheet(late?.attempt ?? '', 2, [], { transition: 'closed', rulings: [COUNTED] });
    expect(await marking().grade(teacher, exam)).toMatchObject({ graded: 1, absent: 1 });
  });

  it('does not end on sheets that a decision has replaced meanwhile', async () => {
    const { store, teacher, exam, marking } = await world();
    const late = { undecided: async () => [], leaveOut: async () => undefined };
    const decidedMeanwhile: Store = {
      get: store.get.bind(store),
      getMany: store.getMany.bind(store),
      range: store.range.bind(store),
      count: store.count.bind(store),
      close: store.close.bind(store),
      async commit(writes) {
        await store.commit(writes);
        if (!writes.some((write) => write.in === 'results')) return;
        await touch(store, exam);
      },
    };
    const first = marking({ store: decidedMeanwhile, late }).grade(teacher, exam);
    await expect(first).rejects.toMatchObject({ code: 'conflict' });
    expect(await store.get('exams', exam)).toMatchObject({ state: 'closed' });
    expect(await marking({ late }).grade(teacher, exam)).toMatchObject({ graded: 1 });
  });
});

it('each policy says how long grading waits', () => {
  const policy = markingPolicy(POLICY);
  expect(policy && lateWaitEnds(policy, 0)).toBe(30 * MINUTE);
});

/** A new version of the exam, as a decision writes it. */
async function touch(store: Store, id: string, changes: Partial<Stored<'exams'>> = {}): Promise<void> {
  const exam = await store.get('exams', id);
  if (!exam) throw new Error('the exam is gone');
  const { v, ...doc } = { ...exam, ...changes };
  await store.commit([{ op: 'replace', in: 'exams', doc, ifVersion: v }]);
}

async function resultOf({ store, keyring, exam }: World, attempt: string): Promise<unknown> {
  const doc = await store.get('results', attempt);
  if (!doc) throw new Error('there is no result');
  const context = { type: 'result', tenant: 'test-tenant', object: attempt, version: 1, field: 'result' };
  const bytes = await keyring.open(`exam/${exam}/marking`, context, doc.result);
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}
