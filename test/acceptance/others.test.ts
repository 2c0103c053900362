import { beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type BankView, type CandidateList, type ImportStarted, type ItemList } from '#bank/protocol';
import type { JobView, MediaSummary, Problem } from '#bank/protocol';
import { newId } from '#bank/vault';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { createExam } from '../../scripts/steps/exam.ts';
import {
  idsOfNothing,
  operationsOf,
  requestTo,
  samples,
  type Ids,
  type Operation,
  type Sample,
} from '../support/requests.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { wavOf } from '../support/sound.ts';
import { workbookOf } from '../support/workbook.ts';

/** Proctors work at the exams of all teachers. */
const OF_PROCTORS = [
  'GET /exams/{exam}',
  'GET /exams/{exam}/candidates',
  'GET /exams/{exam}/presence',
  'GET /exams/{exam}/late',
  'GET /exams/{exam}/outages',
  'GET /exams/{exam}/device-requests',
  'POST /exams/{exam}/late/{attempt}',
  'POST /exams/{exam}/start',
  'POST /exams/{exam}/time',
  'GET /exams/{exam}/certificate',
  'POST /exams/{exam}/certificate/file',
  'POST /exams/{exam}/shifts',
  'POST /exams/{exam}/candidates/{candidate}/reserve',
  'POST /exams/{exam}/pause',
  'POST /exams/{exam}/resume',
  'POST /exams/{exam}/outages',
  'POST /exams/{exam}/terminate',
  'POST /candidates/{candidate}/release',
  'POST /device-requests/{request}',
];

let stage: RunningSchool;
/** Everything that has an id of its own, by operation. Accounts are no one's: administrators work on all of them. */
let operations: Operation[];
let all: Operation[];
let owner: ApiClient;
/** An administrator who gave a second account every role that there is. */
let curious: ApiClient;
let theirs: Ids;
let own: Ids;
let sampled: Record<string, Sample>;

beforeAll(async () => {
  stage = await openSchool();
  all = await operationsOf(stage.url);
  operations = all.filter(
    ({ params, access }) => params.length > 0 && access !== 'people.manage' && access !== 'candidate',
  );
  owner = stage.school.teacher.api;
  curious = await member([...ROLES], 'co.tat.ca');
  theirs = await belongingsOf(owner);
  own = await belongingsOf(curious);
  sampled = await samples(theirs);
});

describe('what belongs to others', () => {
  it('does not exist for somebody with every role but that of a proctor', async () => {
    const roles = ROLES.filter((role) => role !== 'proctor');
    const teacher = await member(roles, 'giao.vien.khac');
    const refused = operations.filter(({ access }) => access !== 'exams.start');
    expect(await statuses(teacher, refused, theirs)).toEqual(every(refused, 404));
  });

  it('does not exist either for somebody with every role, but for what proctors do', async () => {
    const refused = operations.filter(({ name }) => !OF_PROCTORS.includes(name));
    expect(await statuses(curious, refused, theirs)).toEqual(every(refused, 404));
  });

  it.each<[string, (mine: Ids, other: Ids) => Ids]>([
    ['a question in the own bank', (mine, { item }) => ({ ...mine, item })],
    ['an import in the own bank', (mine, other) => ({ ...mine, import: other.import })],
    ['a recording in the own bank', (mine, other) => ({ ...mine, media: other.media })],
    ['a candidate in the own exam', (mine, { candidate }) => ({ ...mine, candidate })],
    ['an own question in their bank', (mine, { bank }) => ({ ...mine, bank })],
  ])('does not become the own by an address: %s', async (_name, mixed) => {
    const ids = mixed(own, theirs);
    const [changed = ''] = Object.keys(ids).filter((key) => ids[key as keyof Ids] !== own[key as keyof Ids]);
    const deep = operations.filter(
      ({ name, params }) => params.includes(changed) && params.length > 1 && !name.includes('members'),
    );
    expect(deep.length).toBeGreaterThan(0);
    expect(await statuses(curious, deep, ids)).toEqual(every(deep, 404));
  });

  it('is not reached through a body', async () => {
    const exam = sampled['POST /exams']?.json;
    expect(await outcome(curious, 'POST /exams', own, { json: { ...exam, bank: theirs.bank } })).toBe(404);
    const { json } = sampled['POST /banks/{bank}/items'] ?? {};
    const stolen = { json: { ...json, code: 'X-9', stimulus: theirs.item } };
    expect(await outcome(curious, 'POST /banks/{bank}/items', own, stolen)).toBe(422);
    const cells = [{ id: 'c1', count: 1, points: 1000, items: [theirs.item] }];
    const blueprint = { blueprint: { parts: [{ title: 'I', cells }] }, total: 1000 };
    expect(await outcome(curious, 'PUT /exams/{exam}/blueprint', own, { json: blueprint })).toBe(409);
    for (const verb of ['submit', 'approve']) {
      const sample = { json: { items: [{ item: theirs.item, version: 1 }] } };
      const response = await requestTo(curious, `POST /banks/{bank}/${verb}`, own, sample);
      expect(await response.json()).toMatchObject({ done: 0, refused: [{ code: 'not-found' }] });
    }
  });

  it('is untouched, and answers its owner to the very same requests', async () => {
    const { candidates } = await owner.get<CandidateList>(`/exams/${theirs.exam}/candidates`);
    expect(candidates).toHaveLength(1);
    const mild = operations.filter(
      ({ name, access }) => !/^DELETE|retire|seal$/.test(name) && access !== 'exams.start',
    );
    const answered = await statuses(owner, mild, theirs);
    for (const [name, status] of Object.entries(answered)) {
      expect([name, [200, 201, 202, 204, 409].includes(status)]).toEqual([name, true]);
    }
  });
});

describe('a body with more in it than was asked for', () => {
  const EXTRAS = {
    role: 'admin',
    roles: ['admin'],
    owner: 'x',
    state: 'released',
    /** No whole number, so that it fits no list of points by criterion. */
    score: 1000.5,
    attempt: 'x',
    essay: 'x',
  };

  it('is refused by every operation, wherever in the body it stands', async () => {
    const taking = all.filter(({ takesJson, access }) => takesJson && access !== 'candidate');
    const loose: string[] = [];
    for (const { name, access } of taking) {
      const api = access === 'exams.start' ? stage.school.proctor.api : curious;
      const { json } = sampled[name] ?? {};
      if (!json) throw new Error(`There is no sample for ${name}.`);
      for (const [extra, value] of Object.entries(EXTRAS)) {
        for (const [place, body] of placesFor(json, extra, value)) {
          const response = await requestTo(api, name, idsOfNothing(), {
            json: body as Record<string, unknown>,
          });
          const { code } = (await response.json()) as Problem;
          if (code !== 'invalid-input') loose.push(`${name} ${place}: ${code}`);
        }
      }
    }
    expect(loose).toEqual([]);
  });
});

function member(roles: readonly string[], login: string): Promise<ApiClient> {
  return stage.school.admin.api.post<{ url: string }>('/invitations', { roles }).then(async ({ url }) => {
    const api = new ApiClient(stage.url);
    const token = url.slice(url.lastIndexOf('/') + 1);
    const person = { name: 'Đỗ Thị Hạnh', login, password: 'một câu dài dễ nhớ' };
    await api.post('/invitations/accept', { token, ...person });
    return api;
  });
}

/** One of everything, as a teacher has it. */
async function belongingsOf(api: ApiClient): Promise<Ids> {
  const { id: bank } = await api.post<BankView>('/banks', { name: 'Toán', kind: 'shared', topics: ['Sóng'] });
  const file = await workbookOf([
    ['Mã câu', 'Dạng câu', 'Chủ đề', 'Mức độ', 'Nội dung', 'Đáp án'],
    ['C1', 'Trả lời số', 'Sóng', 'Biết', 'Một cộng một bằng bao nhiêu?', '2'],
  ]);
  const taken = await api.upload<ImportStarted>(`/banks/${bank}/imports`, file, 'a.xlsx');
  await api.finished(await api.get<JobView>(`/jobs/${taken.job}`));
  const media = await api.upload<MediaSummary>(`/banks/${bank}/media`, wavOf(0.1), 'nghe.wav');
  const done = await api.post<ImportStarted>(`/banks/${bank}/imports/${taken.import}/commit`);
  await api.finished(await api.get<JobView>(`/jobs/${done.job}`));
  const { items } = await api.get<ItemList>(`/banks/${bank}/items`);
  const plan = { title: 'Kiểm tra', bank, durationSeconds: 600, profile: 'P0' as const };
  const { id: exam } = await createExam(api, plan);
  const list = await workbookOf([
    ['Số báo danh', 'Họ và tên'],
    ['1001', 'Nguyễn Văn Bình'],
  ]);
  await api.upload(`/exams/${exam}/roster`, list, 'lop.xlsx');
  const { candidates } = await api.get<CandidateList>(`/exams/${exam}/candidates`);
  const { people } = await api.get<{ people: { id: string }[] }>('/colleagues');
  return {
    bank,
    item: items[0]?.id ?? '',
    import: taken.import,
    media: media.id,
    exam,
    candidate: candidates[0]?.id ?? '',
    attempt: newId(),
    essay: newId(),
    user: people[0]?.id ?? '',
    job: done.job,
  };
}

async function outcome(api: ApiClient, name: string, ids: Ids, sample = sampled[name]): Promise<number> {
  return (await requestTo(api, name, ids, sample)).status;
}

async function statuses(
  api: ApiClient,
  list: readonly Operation[],
  ids: Ids,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { name } of list) found[name] = await outcome(api, name, ids);
  return found;
}

function every(list: readonly Operation[], status: number): Record<string, number> {
  return Object.fromEntries(list.map(({ name }) => [name, status]));
}

/** The value with one member more: in itself, and in each object within it. */
function* placesFor(value: unknown, extra: string, given: unknown, place = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value) && !(extra in value)) yield [`${place}/${extra}`, { ...value, [extra]: given }];
  for (const [key, inner] of Object.entries(value)) {
    for (const [where, changed] of placesFor(inner, extra, given, `${place}/${key}`))
      yield [where, Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed }];
  }
}
