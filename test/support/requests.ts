import { newId } from '#bank/vault';
import type { ApiClient } from '../../scripts/steps/api-client.ts';
import { wavOf } from './sound.ts';
import { workbookOf } from './workbook.ts';

/** One operation of the interface, from the server's own description of it. */
export interface Operation {
  /** `PUT /banks/{bank}` */
  name: string;
  access: string;
  /** Names of what stands in braces. */
  params: string[];
  takesJson: boolean;
}

/** What an operation needs besides its address. */
export interface Sample {
  query?: string;
  json?: Record<string, unknown>;
  file?: Buffer;
}

/** Ids that stand in addresses, by the name of their parameter. */
export type Ids = Record<
  'bank' | 'item' | 'import' | 'media' | 'exam' | 'candidate' | 'attempt' | 'essay' | 'user' | 'job',
  string
>;

interface Described {
  'x-access': string;
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, unknown> };
}

export async function operationsOf(base: string): Promise<Operation[]> {
  const { paths } = (await (await fetch(`${base}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Described>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-access': access, parameters, requestBody }]) => ({
      name: `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
      access,
      params: parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
      takesJson: 'application/json' in (requestBody?.content ?? {}),
    })),
  );
}

/** A request that is right in every member; only whether these ids may be used by the caller is open. */
export function requestTo(api: ApiClient, name: string, ids: Ids, sample: Sample = {}): Promise<Response> {
  const [method = '', path = ''] = name.split(' ');
  const address = path.replaceAll(/\{(\w+)\}/g, (_all, param: string) => ids[param as keyof Ids]);
  const headers: Record<string, string> = { 'x-niem': '1', cookie: api.cookie, 'accept-language': 'en' };
  if (sample.json) headers['content-type'] = 'application/json';
  if (sample.file) headers['content-type'] = 'application/octet-stream';
  const body = sample.file ?? (sample.json && JSON.stringify(sample.json)) ?? null;
  return fetch(`${api.base}/api/v1${address}${sample.query ?? ''}`, { method, headers, body });
}

export const QUESTION = {
  code: 'X-1',
  topic: 'Sóng',
  level: 'KNOW',
  content: {
    kind: 'choice',
    stem: [[{ t: 'text', v: 'Một cộng một bằng mấy?' }]],
    options: [
      { id: 'a', text: [[{ t: 'text', v: 'hai' }]] },
      { id: 'b', text: [[{ t: 'math', tex: 'x^2' }]] },
    ],
    shuffle: true,
  },
  key: { correct: ['a'] },
};
const VARIANTS = {
  code: 'X-2',
  topic: 'Sóng',
  level: 'KNOW',
  item: {
    kind: 'numeric',
    stem: [[{ t: 'text', v: 'Hai lần @{a} bằng mấy?' }]],
    parameters: [{ name: 'a', from: '1', to: '3', step: '1' }],
    derived: [],
    constraints: [],
    key: '2*a',
    distractors: [],
  },
};

const SETTINGS = {
  title: 'Kiểm tra',
  durationSeconds: 600,
  deadline: null,
  markingPolicy: 'vn-thpt-2025',
  showPoints: true,
};

/** Id of a decision. */
const DECISION = 'A'.repeat(22);
const CELL = { id: 'c1', count: 1, points: 1000, topic: 'Sóng', level: 'KNOW', kind: 'numeric' };

/** Bodies and queries for every operation that takes any; staff's first, then candidates'. */
export async function samples({ bank, item, candidate }: Ids): Promise<Record<string, Sample>> {
  const list = await workbookOf([
    ['Số báo danh', 'Họ và tên'],
    ['2001', 'Nguyễn Văn Bình'],
  ]);
  const blueprint = { blueprint: { parts: [{ title: 'Phần I', cells: [CELL] }] }, total: 1000 };
  const versions = { items: [{ item, version: 1 }] };
  return {
    'POST /sign-in': { json: { login: 'ai.do', password: 'một câu dài dễ nhớ' } },
    'POST /candidate/sign-in': { json: { exam: 'ABCDEF', number: '1001', code: 'ABCD-EFGH' } },
    'POST /candidate/device-requests': { json: { exam: 'ABCDEF', number: '1001', code: 'ABCD-EFGH' } },
    'POST /candidate/device-requests/claim': { json: { request: `A.${'A'.repeat(43)}` } },
    'POST /device-requests/{request}': { json: { verdict: 'refuse', reason: 'wrong-person' } },
    'POST /candidates/{candidate}/release': { json: { reason: 'device-failed' } },
    'POST /exams/{exam}/candidates/{candidate}/reserve': { json: { reason: 'latecomer' } },
    'POST /exams/{exam}/shifts': { json: { shift: 2 } },
    'POST /exams/{exam}/cancel': { json: { reason: 'postponed' } },
    'POST /exams/{exam}/time': { json: { decision: DECISION, minutes: 5, reason: 'outage' } },
    'POST /exams/{exam}/pause': { json: { decision: DECISION, reason: 'alarm' } },
    'POST /exams/{exam}/resume': { json: { decision: DECISION } },
    'POST /exams/{exam}/outages': { json: { decision: DECISION, candidates: [candidate] } },
    'POST /exams/{exam}/terminate': {
      json: { decision: DECISION, candidates: [candidate], reason: 'withdrawn' },
    },
    'POST /exams/{exam}/late/{attempt}': {
      json: { decision: DECISION, verdict: 'count', reason: 'Mạng bị ngắt.', upTo: 1 },
    },
    'POST /exams/{exam}/essays/{essay}': { json: { version: 0, points: { a: 100 } } },
    'POST /invitations/check': { json: { token: 'A'.repeat(43) } },
    'POST /invitations/accept': {
      json: { token: 'A'.repeat(43), name: 'Ai Đó', login: 'ai.do', password: 'một câu dài dễ nhớ' },
    },
    'POST /invitations/password': { json: { token: 'A'.repeat(43), password: 'một câu dài dễ nhớ' } },
    'POST /invitations': { json: { roles: ['auditor'] } },
    'PUT /people/{user}/roles': { json: { roles: ['auditor'] } },
    'POST /banks': { json: { name: 'Ngân hàng', kind: 'shared', topics: ['Sóng'] } },
    'PUT /banks/{bank}': { json: { name: 'Ngân hàng', topics: ['Sóng'] } },
    'PUT /banks/{bank}/members/{user}': { json: { roles: ['author'] } },
    'POST /banks/{bank}/items': { json: QUESTION },
    'PUT /banks/{bank}/items/{item}': { json: { ...QUESTION, base: 1 } },
    'POST /banks/{bank}/variants': { json: VARIANTS },
    'POST /banks/{bank}/submit': { json: versions },
    'POST /banks/{bank}/approve': { json: versions },
    'POST /banks/{bank}/items/{item}/return': { json: { version: 1, comment: 'Câu này chưa rõ.' } },
    'POST /banks/{bank}/imports': { query: '?name=cau-hoi.xlsx', file: list },
    'POST /banks/{bank}/media': { query: '?name=nghe.wav', file: wavOf(0.1) },
    'GET /banks/{bank}/export': { query: '?format=gift' },
    'POST /exams': { json: { ...SETTINGS, bank, profile: 'P1' } },
    'PUT /exams/{exam}/settings': { json: SETTINGS },
    'POST /exams/{exam}/blueprint/check': { json: blueprint },
    'PUT /exams/{exam}/blueprint': { json: blueprint },
    'POST /exams/{exam}/matrix/file': {
      json: { format: 'xlsx', form: 'official', blueprint: blueprint.blueprint, authority: '', school: '' },
    },
    'POST /exams/{exam}/certificate/file': { json: { authority: '', school: '' } },
    'POST /exams/{exam}/roster/preview': { query: '?name=lop.xlsx', file: list },
    'POST /exams/{exam}/roster': { query: '?name=lop.xlsx', file: list },
    'POST /candidate/join': { json: { device: 'A' } },
    'POST /candidate/save': { json: { epoch: 1, entries: [{ seq: 1, slot: 0, response: { x: '2' } }] } },
    'POST /candidate/chunk': {
      json: {
        epoch: 1,
        seq: 1,
        slot: 0,
        index: 0,
        count: 2,
        bytes: 20,
        hash: 'A'.repeat(43),
        text: 'Mở bài',
      },
    },
    'POST /candidate/submit': { json: { epoch: 1, lastSeq: 0 } },
    'POST /candidate/play': { json: { epoch: 1, media: DECISION } },
    'POST /candidate/next': { json: { epoch: 1, lastSeq: 0, section: 0 } },
  };
}

/** Ids of nothing. */
export function idsOfNothing(): Ids {
  const names = [
    'bank',
    'item',
    'import',
    'media',
    'exam',
    'candidate',
    'attempt',
    'essay',
    'user',
    'job',
  ] as const;
  return Object.fromEntries(names.map((name) => [name, newId()])) as Ids;
}
