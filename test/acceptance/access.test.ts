import { beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '#bank/protocol';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { filledBank, sealedExam } from '../support/exam.ts';
import { idsOfNothing, operationsOf, requestTo, type Operation } from '../support/requests.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

type Caller = Role | 'candidate' | 'nobody';

const CALLERS: readonly Caller[] = [...ROLES, 'candidate', 'nobody'];

/** Who gets past the door of which operation: written by hand, so that a change of any line is a decision. */
const DOORS: readonly [callers: readonly Caller[], operations: readonly string[]][] = [
  [
    CALLERS,
    [
      'POST /sign-in',
      'POST /sign-out',
      'POST /candidate/sign-in',
      'POST /candidate/sign-out',
      'POST /candidate/device-requests',
      'POST /candidate/device-requests/claim',
      'POST /invitations/check',
      'POST /invitations/accept',
      'POST /invitations/password',
      'GET /me',
      'GET /candidate/me',
      'GET /receipt-keys',
      'GET /audit/checkpoint',
    ],
  ],
  [
    ['candidate'],
    [
      'POST /candidate/ticket',
      'GET /candidate/paper',
      'GET /candidate/boxes/{address}',
      'POST /candidate/join',
      'POST /candidate/chunk',
      'POST /candidate/save',
      'POST /candidate/submit',
      'POST /candidate/next',
      'POST /candidate/play',
      'GET /candidate/result',
    ],
  ],
  [ROLES, ['GET /colleagues', 'GET /jobs/{job}', 'DELETE /jobs/{job}']],
  [
    ['admin'],
    [
      'POST /invitations',
      'GET /people',
      'PUT /people/{user}/roles',
      'POST /people/{user}/disable',
      'POST /people/{user}/enable',
      'POST /people/{user}/link',
    ],
  ],
  [
    ['admin', 'auditor'],
    ['GET /audit/entries', 'GET /clock/events'],
  ],
  [
    ['teacher', 'reviewer'],
    [
      'GET /banks',
      'GET /banks/{bank}',
      'GET /banks/{bank}/members',
      'GET /banks/{bank}/items',
      'GET /banks/{bank}/items/{item}',
      'GET /banks/{bank}/export',
      'GET /banks/{bank}/media',
      'GET /banks/{bank}/media/{media}',
      'GET /question-template',
      'POST /banks/{bank}/approve',
      'POST /banks/{bank}/items/{item}/return',
    ],
  ],
  [
    ['teacher'],
    [
      'POST /banks',
      'PUT /banks/{bank}',
      'PUT /banks/{bank}/members/{user}',
      'DELETE /banks/{bank}/members/{user}',
      'POST /banks/{bank}/items',
      'PUT /banks/{bank}/items/{item}',
      'POST /banks/{bank}/variants',
      'GET /banks/{bank}/templates',
      'POST /banks/{bank}/submit',
      'POST /banks/{bank}/items/{item}/retire',
      'POST /banks/{bank}/imports',
      'POST /banks/{bank}/media',
      'DELETE /banks/{bank}/media/{media}',
      'GET /banks/{bank}/imports/{import}',
      'DELETE /banks/{bank}/imports/{import}',
      'GET /banks/{bank}/imports/{import}/rows',
      'POST /banks/{bank}/imports/{import}/commit',
      'POST /exams',
      'PUT /exams/{exam}/settings',
      'GET /exams/{exam}/strata',
      'POST /exams/{exam}/blueprint/check',
      'PUT /exams/{exam}/blueprint',
      'GET /exams/{exam}/matrix',
      'POST /exams/{exam}/matrix/file',
      'POST /exams/{exam}/roster/preview',
      'POST /exams/{exam}/roster',
      'DELETE /exams/{exam}/candidates',
      'DELETE /exams/{exam}/candidates/{candidate}',
      'POST /exams/{exam}/codes',
      'POST /exams/{exam}/slips',
      'POST /exams/{exam}/seal',
      'GET /exams/{exam}/publication',
      'POST /exams/{exam}/cancel',
      'POST /exams/{exam}/grade',
      'POST /exams/{exam}/release',
      'GET /exams/{exam}/essays',
      'GET /exams/{exam}/essays/{essay}',
      'POST /exams/{exam}/essays/{essay}',
      'GET /exams/{exam}/results',
      'GET /exams/{exam}/results.xlsx',
      'GET /exams/{exam}/results.csv',
    ],
  ],
  [
    ['teacher', 'proctor'],
    [
      'GET /exams',
      'GET /exams/{exam}',
      'GET /exams/{exam}/candidates',
      'GET /exams/{exam}/certificate',
      'POST /exams/{exam}/certificate/file',
      'GET /exams/{exam}/presence',
      'GET /exams/{exam}/outages',
      'GET /exams/{exam}/device-requests',
      'GET /exams/{exam}/late',
      'POST /exams/{exam}/late/{attempt}',
    ],
  ],
  [
    ['proctor'],
    [
      'POST /exams/{exam}/start',
      'POST /exams/{exam}/shifts',
      'POST /exams/{exam}/time',
      'POST /exams/{exam}/pause',
      'POST /exams/{exam}/resume',
      'POST /exams/{exam}/outages',
      'POST /exams/{exam}/terminate',
      'POST /exams/{exam}/candidates/{candidate}/reserve',
      'POST /candidates/{candidate}/release',
      'POST /device-requests/{request}',
    ],
  ],
];

let stage: RunningSchool;
let operations: Operation[];
const callers = new Map<Caller, ApiClient>();

beforeAll(async () => {
  stage = await openSchool();
  operations = await operationsOf(stage.url);
  for (const role of ROLES) callers.set(role, await memberWith(role));
  callers.set('candidate', await someCandidate());
  callers.set('nobody', new ApiClient(stage.url));
});

describe('who may do what', () => {
  it('is written here for every operation that there is, and for no other', () => {
    expect(DOORS.flatMap(([, names]) => names).toSorted()).toEqual(
      operations.map(({ name }) => name).toSorted(),
    );
  });

  it.each(CALLERS)('is what is written here: %s', async (caller) => {
    const refused = caller === 'nobody' ? '401' : '403';
    const expected = DOORS.flatMap(([allowed, names]) =>
      names.map((name) => [name, allowed.includes(caller) ? 'let in' : refused]),
    );
    const found: Record<string, string> = {};
    for (const operation of signOutLast(operations)) found[operation.name] = await outcome(caller, operation);
    expect(found).toEqual(Object.fromEntries(expected));
  });
});

/** Ids of nothing and empty bodies: whoever is let in hears 400, 404 or 409, or changes nothing of importance. */
async function outcome(caller: Caller, { name, takesJson }: Operation): Promise<string> {
  const api = callers.get(caller) ?? new ApiClient(stage.url);
  const { status } = await requestTo(api, name, idsOfNothing(), takesJson ? { json: {} } : {});
  return status === 401 || status === 403 || status >= 500 ? String(status) : 'let in';
}

/** It ends the session that all the others need. */
function signOutLast(list: readonly Operation[]): Operation[] {
  return list.toSorted((a, b) => Number(a.name.endsWith('/sign-out')) - Number(b.name.endsWith('/sign-out')));
}

/** A new account with this role and no other. */
async function memberWith(role: Role): Promise<ApiClient> {
  const { url } = await stage.school.admin.api.post<{ url: string }>('/invitations', { roles: [role] });
  const api = new ApiClient(stage.url);
  await api.post('/invitations/accept', {
    token: url.slice(url.lastIndexOf('/') + 1),
    name: 'Đỗ Thị Hạnh',
    login: `only.${role}`,
    password: 'một câu dài dễ nhớ',
  });
  return api;
}

async function someCandidate(): Promise<ApiClient> {
  const rows = ['A', 'B'].map((letter) => ({
    'Mã câu': `S${letter}`,
    'Dạng câu': 'Trả lời số',
    'Chủ đề': 'Sóng',
    'Mức độ': 'Biết',
    'Nội dung': `Câu ${letter}: một cộng một bằng bao nhiêu?`,
    'Đáp án': '2',
  }));
  const { slips } = await sealedExam(stage.school, {
    bank: await filledBank(stage.school, ['Sóng'], rows),
    durationSeconds: 600,
    cells: [{ id: 'c1', count: 1, points: 1000, topic: 'Sóng', level: 'KNOW', kind: 'numeric' }],
    pupils: [{ number: '1001', name: 'Nguyễn Văn Bình' }],
  });
  const api = new ApiClient(stage.url);
  await api.post('/candidate/sign-in', { exam: slips.exam, number: '1001', code: slips.slips[0]?.code });
  return api;
}
