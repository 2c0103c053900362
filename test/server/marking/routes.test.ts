import { Ajv } from 'ajv';
import type { TSchema } from '@sinclair/typebox';
import { beforeAll, describe, expect, it } from 'vitest';
import { CandidateResult, ResultTable, type Actor, type JobView, type Problem } from '#bank/protocol';
import { jobRoutes } from '#server/http';
import { markingRoutes } from '#server/marking';
import { ended } from '../../support/ports.ts';
import { serveRoutes, type Answer, type ServedRoutes } from '../../support/serve-routes.ts';
import { closedExam, type Fixture } from './fixture.ts';
import { POOL_POINTS } from './pool.ts';

const ajv = new Ajv({ strict: true, ownProperties: true });

describe('marking over HTTP', () => {
  let fixture: Fixture;
  let served: ServedRoutes;

  beforeAll(async () => {
    fixture = await closedExam(3, { absent: [2] });
    const { exam, teacher, candidates } = fixture;
    const [first] = candidates;
    const actors: Record<string, Extract<Actor, { kind: 'staff' | 'candidate' }>> = {
      teacher,
      proctor: { ...teacher, user: 'proctor', roles: ['proctor'] },
      candidate: {
        kind: 'candidate',
        candidate: first?.id ?? '',
        exam,
        attempt: first?.attempt ?? '',
      },
    };
    const routes = [...jobRoutes(fixture.jobs), ...markingRoutes(fixture.marking())];
    served = await serveRoutes(routes, (token) => actors[token]);
  });

  function call<T>(who: string, path: string, method = 'GET'): Promise<Answer<T>> {
    return served.call<T>(who, method, path);
  }
  async function refusal(who: string, path: string, method = 'GET'): Promise<string> {
    const { status, body } = await call<Problem>(who, path, method);
    return `${status} ${body.code}`;
  }
  /** The answer, which has to fit its schema. */
  async function get(who: string, path: string, schema: TSchema): Promise<unknown> {
    const { body } = await call(who, path);
    const check = ajv.compile(schema);
    check(body);
    expect(check.errors).toBeNull();
    return body;
  }

  it('goes from closed to released, and shows each what is theirs', async () => {
    const exam = `/exams/${fixture.exam}`;
    expect(await refusal('candidate', `${exam}/grade`, 'POST')).toBe('403 forbidden');
    expect(await refusal('proctor', `${exam}/results`)).toBe('403 forbidden');
    expect(await refusal('teacher', `${exam}/results.csv`)).toBe('409 exam-not-graded');
    expect(await refusal('candidate', '/candidate/result')).toBe('409 result-not-released');

    const { id } = (await call<JobView>('teacher', `${exam}/grade`, 'POST')).body;
    await ended(fixture.jobs, fixture.teacher, id);
    expect((await call<JobView>('teacher', `/jobs/${id}`)).body.state).toBe('done');

    const table = await get('teacher', `${exam}/results?limit=2`, ResultTable);
    expect(table).toMatchObject({
      exam: { state: 'graded' },
      rows: [{ number: '110001' }, { number: '110002' }],
    });
    expect(await refusal('teacher', `${exam}/results?limit=9999`)).toBe('400 invalid-input');

    expect((await call('teacher', `${exam}/release`, 'POST')).body).toEqual({ state: 'released' });
    const own = await get('candidate', '/candidate/result', CandidateResult);
    expect(own).toMatchObject({ state: 'marked', max: POOL_POINTS });

    const csv = await call('teacher', `${exam}/results.csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toContain('bang-diem-7K3M9Q.csv');
    const { body } = await call<Buffer>('teacher', `${exam}/results.xlsx`);
    expect(body.subarray(0, 2).toString()).toBe('PK');
  });
});
