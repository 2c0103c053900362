import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BankView, CandidateMe, ImportStarted, JobView, JoinReply, SaveReply } from '#bank/protocol';
import type { ApiClient } from '../../scripts/steps/api-client.ts';
import { ApiClient as Client } from '../../scripts/steps/api-client.ts';
import { filledBank, sealedExam } from '../support/exam.ts';
import { refusalOf } from '../support/refusal.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

const PERSON = 400;
const ADDRESS = 300;
const JOBS = 2;
const DEVICES = 3;

let stage: RunningSchool;
let bank: string;

beforeAll(async () => {
  const limits = `person=${PERSON},address=${ADDRESS},jobs=${JOBS},devices=${DEVICES}`;
  stage = await openSchool({ NIEM_LIMITS: limits });
  const rows = ['A', 'B'].map((letter) => ({
    'Mã câu': `S${letter}`,
    'Dạng câu': 'Trả lời số',
    'Chủ đề': 'Sóng',
    'Mức độ': 'Biết',
    'Nội dung': `Câu ${letter}: một cộng một bằng bao nhiêu?`,
    'Đáp án': '2',
  }));
  bank = await filledBank(stage.school, ['Sóng'], rows);
});

describe('more requests than anybody needs', () => {
  it('are refused to one person, in all sessions, while others go on and answers are saved', async () => {
    const api = await candidate();
    const { epoch } = await joined(api, 'A');
    const refused = await until429(() => api.get('/candidate/paper'), PERSON + 1);
    expect(refused).toMatchObject({ code: 'too-many-requests', seconds: expect.any(Number) });

    const entries = [{ seq: 1, slot: 0, response: { x: '2' } }];
    expect(await api.post<SaveReply>('/candidate/save', { epoch, entries })).toMatchObject({ ok: true });
    expect(await stage.school.teacher.api.get('/banks')).toMatchObject({ banks: [{ id: bank }] });

    const { login, password } = stage.school.reviewer;
    const [first, second] = [new Client(stage.url), new Client(stage.url)];
    for (const session of [first, second]) await session.post('/sign-in', { login, password });
    await until429(() => first.get('/banks'), PERSON + 1);
    await refusalOf(second, (same) => same.get('/banks'));
  });
});

describe('large pieces of work of one person', () => {
  it('are so many at once, files that are still on their way among them', async () => {
    const { api } = stage.school.teacher;
    const template = () => api.download('/question-template');
    const halfway: HalfAnUpload[] = [];
    await until(isFull, async () => {
      // one that came in while the template was being made has been refused
      while (halfway.filter(({ isRefused }) => !isRefused()).length < JOBS)
        halfway.push(await halfAnUpload(api));
      await template();
    });
    const more = (same: ApiClient) =>
      same.upload<ImportStarted>(`/banks/${bank}/imports`, Buffer.from('Mã câu,Nội dung\n'), 'a.csv');
    const { code, values, status } = await refusalOf(api, more);
    expect({ code, status, values }).toEqual({ code: 'too-many-jobs', status: 429, values: { max: JOBS } });

    const other = await stage.school.teacher.api.get<BankView>(`/banks/${bank}`);
    expect(other.id).toBe(bank);
    for (const sending of halfway) await sending.giveUp();
    await until((error) => !isFull(error), template);
    const { job } = await more(api);
    await expect(api.finished(await api.get<JobView>(`/jobs/${job}`))).rejects.toMatchObject({
      problem: { code: 'file-header-missing' },
    });
    for (let i = 0; i < 2 * JOBS; i++) await template();
  });
});

describe('devices of one attempt', () => {
  it('are so many; the last one goes on', async () => {
    const api = await candidate();
    for (let i = 1; i <= DEVICES; i++) expect(await joined(api, `device-${i}`)).toMatchObject({ epoch: i });
    const reply = await api.post<JoinReply>('/candidate/join', { device: 'one-more' });
    expect(reply).toEqual({ ok: false, code: 'too-many-devices', values: { max: DEVICES } });
    expect(await joined(api, `device-${DEVICES}`)).toMatchObject({ epoch: DEVICES });
    const entries = [{ seq: 1, slot: 0, response: { x: '2' } }];
    expect(await api.post<SaveReply>('/candidate/save', { epoch: DEVICES, entries })).toMatchObject({
      ok: true,
    });
    expect(await api.get<CandidateMe>('/candidate/me')).toMatchObject({ state: 'running' });
  });
});

/** Comes last: afterwards nobody at this address can sign in for a minute. */
describe('requests of strangers at one address', () => {
  it('are so many, and cost those nothing who are signed in there', async () => {
    const stranger = new Client(stage.url);
    const guess = () => stranger.post('/invitations/check', { token: 'A'.repeat(43) });
    const refused = await until429(guess, ADDRESS + 1);
    expect(refused.code).toBe('too-many-requests');
    const disguised = new Client(stage.url);
    disguised.cookie = `niem=${'B'.repeat(43)}`;
    await until429(() => disguised.post('/invitations/check', { token: 'A'.repeat(43) }), 1);
    expect((await fetch(`${stage.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${stage.url}/thi`)).status).toBe(200);
    expect(await stage.school.proctor.api.get('/exams')).toHaveProperty('exams');
  });
});

/** A candidate of a running exam. */
async function candidate(): Promise<Client> {
  const { exam, slips } = await sealedExam(stage.school, {
    bank,
    durationSeconds: 600,
    cells: [{ id: 'c1', count: 1, points: 1000, topic: 'Sóng', level: 'KNOW', kind: 'numeric' }],
    pupils: [{ number: '1001', name: 'Nguyễn Văn Bình' }],
  });
  await stage.school.proctor.api.post(`/exams/${exam.id}/start`);
  const api = new Client(stage.url);
  await api.post('/candidate/sign-in', { exam: slips.exam, number: '1001', code: slips.slips[0]?.code });
  return api;
}

async function joined(api: Client, device: string) {
  const reply = await api.post<JoinReply>('/candidate/join', { device });
  if (!reply.ok) throw new Error(reply.code);
  return reply;
}

/** Asks until it is refused for asking too often, within so many times. */
async function until429(
  ask: () => Promise<unknown>,
  most: number,
): Promise<{ code: string; seconds: unknown }> {
  for (let i = 0; i < most; i++) {
    const error: unknown = await ask().catch((reason: unknown) => reason);
    const problem = (error as { problem?: { status: number; code: string; values?: object } } | null)
      ?.problem;
    if (problem?.status === 429) return { code: problem.code, seconds: Object(problem.values)['seconds'] };
  }
  throw new Error(`It was not refused in ${most} times.`);
}

interface HalfAnUpload {
  isRefused(): boolean;
  giveUp(): Promise<void>;
}

/** A file whose second half does not come. */
async function halfAnUpload(api: Client): Promise<HalfAnUpload> {
  const sending = request(`${stage.url}/api/v1/banks/${bank}/imports?name=a.csv`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': 1_000,
      'x-niem': '1',
      cookie: api.cookie,
    },
  });
  let isRefused = false;
  sending.on('response', (response) => {
    isRefused = true;
    response.resume();
  });
  sending.on('error', () => undefined);
  await new Promise((resolve) => sending.write(Buffer.alloc(500), resolve));
  return {
    isRefused: () => isRefused,
    async giveUp() {
      if (sending.destroyed) return;
      const closed = new Promise((resolve) => sending.once('close', resolve));
      sending.destroy();
      await closed;
    },
  };
}

/** Does it again until it ends as expected: the server hears of what others sent a moment later. */
async function until(isExpected: (error: unknown) => boolean, act: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const error: unknown = await act().then(
      () => null,
      (reason: unknown) => reason,
    );
    if (isExpected(error)) return;
  }
}

function isFull(error: unknown): boolean {
  return (error as { problem?: { code: string } } | null)?.problem?.code === 'too-many-jobs';
}
