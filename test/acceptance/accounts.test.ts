import { beforeAll, describe, expect, it } from 'vitest';
import type { BankView, InvitationLink, ItemSummary, ReviewReport, StaffPerson } from '#bank/protocol';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import type { School } from '../../scripts/steps/school.ts';
import { ledgerActs } from '../support/ledger.ts';
import { problemOf, refusalOf } from '../support/refusal.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

const PASSWORD = 'một câu mới, vẫn dễ nhớ';

type Member = School['teacher'];

let stage: RunningSchool;
let admin: ApiClient;
let teacher: Member;

beforeAll(async () => {
  stage = await openSchool();
  ({ teacher } = stage.school);
  admin = stage.school.admin.api;
});

describe('an administrator', () => {
  it('locks an account: its sessions are over, and nobody signs in until it is unlocked', async () => {
    const id = await idOf(teacher.api);
    expect(await admin.post<StaffPerson>(`/people/${id}/disable`)).toMatchObject({ id, active: false });
    expect(await problemOf(teacher.api.get('/banks'))).toMatchObject({ status: 401 });
    expect(await problemOf(signIn(teacher))).toMatchObject({ code: 'wrong-credentials' });
    const refusal = await refusalOf(admin, (api) => api.post(`/people/${id}/link`));
    expect(refusal).toMatchObject({ status: 409, code: 'account-disabled' });
    expect(await admin.post<StaffPerson>(`/people/${id}/enable`)).toMatchObject({ id, active: true });
    expect(await problemOf(teacher.api.get('/banks'))).toMatchObject({ status: 401 });
    teacher.api = await signIn(teacher);
    await teacher.api.get('/banks');
  });

  it('changes roles, and what an open session may do changes with them', async () => {
    const { api } = stage.school.proctor;
    const id = await idOf(api);
    expect(await problemOf(api.get('/audit/entries'))).toMatchObject({ status: 403 });
    await admin.put(`/people/${id}/roles`, { roles: ['proctor', 'auditor'] });
    await api.get('/audit/entries');
    await admin.put(`/people/${id}/roles`, { roles: ['proctor'] });
    expect(await problemOf(api.get('/audit/entries'))).toMatchObject({ status: 403 });
  });

  it('does nothing of that with the own account', async () => {
    const id = await idOf(admin);
    for (const act of [
      (api: ApiClient) => api.put(`/people/${id}/roles`, { roles: ['admin', 'teacher'] }),
      (api: ApiClient) => api.post(`/people/${id}/disable`),
      (api: ApiClient) => api.post(`/people/${id}/link`),
    ])
      expect(await refusalOf(admin, act)).toMatchObject({ status: 403, code: 'own-account' });
    expect(await admin.get<StaffPerson>('/me')).toMatchObject({ roles: ['admin'], active: true });
  });

  it('makes a link for who forgot the password; it works once and ends the sessions of before', async () => {
    const id = await idOf(teacher.api);
    const { url } = await admin.post<InvitationLink>(`/people/${id}/link`);
    const token = url.slice(url.lastIndexOf('/') + 1);
    const visitor = new ApiClient(stage.url);
    expect(await visitor.post('/invitations/check', { token })).toEqual({
      account: { name: teacher.name, login: teacher.login },
    });
    await visitor.post('/invitations/password', { token, password: PASSWORD });
    expect(await visitor.get<StaffPerson>('/me')).toMatchObject({ id, roles: ['teacher'] });
    expect(await problemOf(teacher.api.get('/banks'))).toMatchObject({ status: 401 });
    expect(await problemOf(signIn(teacher))).toMatchObject({ code: 'wrong-credentials' });
    const again = await problemOf(visitor.post('/invitations/password', { token, password: PASSWORD }));
    expect(again).toMatchObject({ status: 410, code: 'link-used' });
    teacher = { ...teacher, password: PASSWORD };
    teacher.api = await signIn(teacher);
  });
});

it('an author who becomes a reviewer still approves no question of their own', async () => {
  const { api } = teacher;
  await admin.put(`/people/${await idOf(api)}/roles`, { roles: ['teacher', 'reviewer'] });
  const bank = await api.post<BankView>('/banks', { name: 'Chung', kind: 'shared', topics: ['Sóng'] });
  await api.put(`/banks/${bank.id}/members/${await idOf(api)}`, { roles: ['author', 'reviewer', 'manager'] });
  const stem = [[{ t: 'text', v: 'Một cộng một bằng mấy?' }]];
  const item = await api.post<ItemSummary>(`/banks/${bank.id}/items`, {
    code: 'C-1',
    topic: 'Sóng',
    level: 'KNOW',
    content: { kind: 'numeric', stem },
    key: { value: '2' },
  });
  const items = [{ item: item.id, version: 1 }];
  await api.post(`/banks/${bank.id}/submit`, { items });
  const report = await api.post<ReviewReport>(`/banks/${bank.id}/approve`, { items });
  expect(report).toMatchObject({ done: 0, refused: [{ code: 'own-item' }] });
});

it('every act stands in the ledger', async () => {
  await stage.server.stop();
  const acts = ledgerActs(stage.place.data).map(({ action }) => action);
  const counted = Object.fromEntries(
    ['disable', 'enable', 'roles', 'link', 'password'].map((act) => [
      act,
      acts.filter((one) => one === `person.${act}`).length,
    ]),
  );
  expect(counted).toEqual({ disable: 1, enable: 1, roles: 3, link: 1, password: 1 });
});

async function idOf(api: ApiClient): Promise<string> {
  return (await api.get<StaffPerson>('/me')).id;
}

async function signIn({ login, password }: Member): Promise<ApiClient> {
  const api = new ApiClient(stage.url);
  await api.post('/sign-in', { login, password });
  return api;
}
