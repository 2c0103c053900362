import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessSlips, CandidateList, Joined, SaveReply, StaffPerson } from '#bank/protocol';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { freePort } from '../../scripts/process/free-port.ts';
import { dial, ticketOf } from '../support/dial.ts';
import { filledBank, sealedExam } from '../support/exam.ts';
import { problemOf } from '../support/refusal.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

/** Tickets of one attempt that are good at the same time. */
const TICKETS = 8;

let stage: RunningSchool;
let bank: string;

beforeAll(async () => {
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
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

describe('a device that the proctor has released', () => {
  it('has no way back to the attempt: neither session, nor open connections, nor tickets', async () => {
    const { exam, slips } = await running();
    const api = await signedIn(slips);
    const [used, spare] = await Promise.all([connected(api), connected(api)]);
    const kept = await ticketOf(api);
    expect(await used.socket.emitWithAck('join', { device: 'first' })).toMatchObject({ ok: true });

    await release(exam);
    await Promise.all([used.ended, spare.ended]);
    expect((await dial(stage.url, kept)).outcome).toBe('ticket-invalid');
    expect(await problemOf(api.get('/candidate/paper'))).toMatchObject({ status: 401 });
    const entries = [{ seq: 1, slot: 0, response: { x: '2' } }];
    expect(await problemOf(api.post('/candidate/save', { epoch: 1, entries }))).toMatchObject({
      status: 401,
    });

    const next = await connected(await signedIn(slips));
    expect(await next.socket.emitWithAck('join', { device: 'second' })).toMatchObject({ ok: true, epoch: 2 });
  });
});

describe('a candidate who signs out', () => {
  it('leaves no connection through which the next one at this computer could write', async () => {
    const { slips } = await running();
    const api = await signedIn(slips);
    const { socket, ended } = await connected(api);
    const { epoch } = (await socket.emitWithAck('join', { device: 'shared' })) as Joined;
    const entries = [{ seq: 1, slot: 0, response: { x: '2' } }];
    expect(await socket.emitWithAck('save', { epoch, entries })).toMatchObject({ ok: true });
    await api.post('/candidate/sign-out');
    await ended;
    const again = await signedIn(slips);
    const back = await again.post<Joined>('/candidate/join', { device: 'shared' });
    expect(back).toMatchObject({ epoch, watermark: 1, answers: entries });
  });
});

describe('a ticket', () => {
  it('is good once, and the oldest of many is good for nothing', async () => {
    const { slips } = await running();
    const api = await signedIn(slips);
    const tickets: string[] = [];
    for (let i = 0; i <= TICKETS; i++) tickets.push(await ticketOf(api));
    const outcomes = [];
    for (const ticket of [...tickets, tickets.at(-1)!])
      outcomes.push((await dial(stage.url, ticket)).outcome);
    expect(outcomes).toEqual([
      'ticket-invalid',
      ...Array.from({ length: TICKETS }, () => 'connect'),
      'ticket-invalid',
    ]);
  });
});

describe('a session', () => {
  it('is a new one after every sign-in, whatever cookie came with it', async () => {
    const { teacher } = stage.school;
    const brought = new ApiClient(stage.url);
    brought.cookie = 'niem=' + 'A'.repeat(43);
    await brought.post('/sign-in', { login: teacher.login, password: teacher.password });
    expect(brought.cookie).not.toContain('A'.repeat(43));
    const again = new ApiClient(stage.url);
    again.cookie = brought.cookie;
    await again.post('/sign-in', { login: teacher.login, password: teacher.password });
    expect(again.cookie).not.toBe(brought.cookie);
    for (const api of [brought, again])
      expect(await api.get<StaffPerson>('/me')).toMatchObject({ name: teacher.name });
  });

  it('outlives a server that is killed, and does not outlive its sign-out', async () => {
    const { exam, slips } = await running();
    const api = await signedIn(slips);
    const { teacher } = stage.school;
    const leaving = new ApiClient(stage.url);
    await leaving.post('/sign-in', { login: teacher.login, password: teacher.password });
    const stolen = new ApiClient(stage.url);
    stolen.cookie = leaving.cookie;
    await leaving.post('/sign-out');

    await stage.server.kill();
    await stage.server.start();
    expect(await teacher.api.get(`/exams/${exam}`)).toMatchObject({ id: exam });
    const saved = await api.post<Joined>('/candidate/join', { device: 'same' });
    const entries = [{ seq: 1, slot: 0, response: { x: '2' } }];
    const reply = await api.post<SaveReply>('/candidate/save', { epoch: saved.epoch, entries });
    expect(reply).toMatchObject({ ok: true, watermark: 1 });
    expect(await problemOf(stolen.get('/exams'))).toMatchObject({ status: 401 });
  });
});

describe('a one-time link', () => {
  it('makes one account, and says so to whoever comes after', async () => {
    const { url } = await stage.school.admin.api.post<{ url: string }>('/invitations', {
      roles: ['auditor'],
    });
    const token = url.slice(url.lastIndexOf('/') + 1);
    const person = (login: string) => ({ token, name: 'Đỗ Thị Hạnh', login, password: 'một câu dài dễ nhớ' });
    const stranger = new ApiClient(stage.url);
    await stranger.post('/invitations/accept', person('co.hanh'));
    for (const path of ['accept', 'check'])
      expect(
        await problemOf(
          new ApiClient(stage.url).post(
            `/invitations/${path}`,
            path === 'check' ? { token } : person('khac'),
          ),
        ),
      ).toMatchObject({ status: 410, code: 'link-used' });
  });
});

/** A running exam with one candidate. */
async function running(): Promise<{ exam: string; slips: AccessSlips }> {
  const { exam, slips } = await sealedExam(stage.school, {
    bank,
    durationSeconds: 600,
    cells: [{ id: 'c1', count: 1, points: 1000, topic: 'Sóng', level: 'KNOW', kind: 'numeric' }],
    pupils: [{ number: '1001', name: 'Nguyễn Văn Bình' }],
  });
  await stage.school.proctor.api.post(`/exams/${exam.id}/start`);
  return { exam: exam.id, slips };
}

async function signedIn({ exam, slips }: AccessSlips): Promise<ApiClient> {
  const api = new ApiClient(stage.url);
  await api.post('/candidate/sign-in', { exam, number: '1001', code: slips[0]?.code });
  return api;
}

async function connected(api: ApiClient) {
  const dialled = await dial(stage.url, await ticketOf(api));
  expect(dialled.outcome).toBe('connect');
  return dialled;
}

async function release(exam: string): Promise<void> {
  const { candidates } = await stage.school.teacher.api.get<CandidateList>(`/exams/${exam}/candidates`);
  const [candidate] = candidates;
  await stage.school.proctor.api.post(`/candidates/${candidate?.id}/release`, { reason: 'wrong-person' });
}
