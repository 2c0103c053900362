import { beforeAll, describe, expect, it } from 'vitest';
import type {
  AccessSlips,
  FetchedPaper,
  CandidateList,
  CandidateMe,
  Cell,
  ItemKindName,
  ItemList,
  JobView,
  PaperIndex,
  ReceiptProof,
  SaveReply,
} from '#bank/protocol';
import { PlayedCandidate } from '../../scripts/steps/candidate.ts';
import { reached } from '../../scripts/steps/exam.ts';
import { fetchPaper } from '../../scripts/steps/fetch-paper.ts';
import { openIndex, openView } from '../../scripts/steps/open-paper.ts';
import { plausibleAnswer } from '../../scripts/steps/plausible-answer.ts';
import { DumpSearch, needlesOf, type Needle } from '../support/dump-search.ts';
import { filledBank, sealedExam } from '../support/exam.ts';
import { decideLate, lateOf } from '../support/late.ts';
import { RecordingProxy } from '../support/recording-proxy.ts';
import { NEVER_TOLD, SECRET_PICTURES, SECRET_ROWS, STEMS, TOPIC } from '../support/secret-questions.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { placesOf, stringsOf, toldBy, type Told } from '../support/wire-messages.ts';

const KINDS: readonly ItemKindName[] = [
  'choice',
  'multiple',
  'tfCluster',
  'numeric',
  'shortText',
  'matching',
  'ordering',
  'cloze',
  'gapMatch',
  'hotText',
  'hotspot',
];
const NAMES = ['Bùi Ngọc Quỳnh Mai', 'Hồ Sỹ Trường Giang', 'Vũ Đặng Bảo Trâm', 'Ngô Thuỵ Khánh Linh'];

/** How WebCrypto says that a key does not open a box. */
const WRONG_KEY = { name: 'OperationError' };
const STATE = [
  'because[].decision',
  'because[].ms',
  'because[].reason',
  'because[].at',
  'state',
  'now',
  'startsAt',
  'endsAt',
  'sectionKey',
  'receipt',
  'proof.jws',
  'proof.salt',
];
const RESPONSE = ['', '.c', '.m[]', '.t.*', '.x', '.p.*', '.o[]', '.g.*.c', '.g.*.x', '.h[][]'];
const PROBLEM = ['type', 'title', 'status', 'code', 'values.watermark'];
/** Everything that a server may tell a candidate up to the release of the results; what is not here may not come. */
const MAY_TELL: Record<string, readonly string[]> = {
  open: ['sid', 'upgrades[]', 'upgrades', 'pingInterval', 'pingTimeout', 'maxPayload'],
  connect: ['sid'],
  switch: [''],
  ping: [''],
  disconnect: [''],
  'push state': STATE,
  'push superseded': [''],
  'GET /healthz': ['alive'],
  'ack join': joined(),
  'ack save': ['ok', 'watermark', 'at'],
  'ack submit': ['ok', 'receipt', 'proof.jws', 'proof.salt'],
  'GET /api/v1/candidate/me': [
    'exam',
    'attempt',
    'title',
    'name',
    'number',
    'durationSeconds',
    'spreadMs',
    'language',
    ...STATE,
  ],
  'GET /api/v1/candidate/paper': ['tenant', 'exam', 'attempt', 'index', 'addresses[]'],
  'GET /api/v1/candidate/result': PROBLEM,
  'POST /api/v1/candidate/ticket': ['ticket'],
  'POST /api/v1/candidate/join': joined(),
  'POST /api/v1/candidate/save': ['ok', 'code', 'values.watermark'],
};
/** Whether these come in time to be seen depends on the network. */
const BY_CHANCE = new Set(['ping', 'disconnect', 'push superseded']);
const TEXT = ['t', 'v', 'sub', 'sup', 'tex', 'tree'];
/** Everything that an opened view may hold. */
const VIEW_MAY_HOLD: Record<ItemKindName, readonly string[]> = {
  choice: ['kind', ...textIn('stem'), ...partsIn('options')],
  multiple: ['kind', ...textIn('stem'), ...partsIn('options')],
  tfCluster: ['kind', ...textIn('stem'), ...partsIn('statements')],
  numeric: ['kind', ...textIn('stem'), 'unit'],
  shortText: ['kind', ...textIn('stem')],
  matching: ['kind', ...textIn('stem'), ...partsIn('prompts'), ...partsIn('choices')],
  ordering: ['kind', ...textIn('stem'), ...partsIn('parts')],
  cloze: [
    'kind',
    'stem[]',
    ...textIn('stem'),
    ...textIn('text'),
    'text[][].token',
    ...['token', 'options[].token', 'options[].text'].map((member) => `gaps[].${member}`),
  ],
  gapMatch: [
    'kind',
    'stem[]',
    ...textIn('stem'),
    ...textIn('text'),
    'text[][].token',
    'gaps[].token',
    ...partsIn('choices'),
  ],
  hotText: [
    'kind',
    'stem[]',
    ...textIn('stem'),
    'text[][].token',
    ...TEXT.map((member) => `text[][].runs[].${member}`),
  ],
  hotspot: [
    'kind',
    ...textIn('stem'),
    'points',
    'width',
    'height',
    ...['t', 'mime', 'data', 'alt'].map((member) => `picture.${member}`),
  ],
  essay: ['kind', ...textIn('stem'), 'minWords', 'maxWords', 'lines', 'shown[].title', 'shown[].points'],
  description: ['kind', ...textIn('stem')],
};
const INDEX_HOLDS = [
  'parts[].title',
  ...['address', 'key', 'kind', 'part', 'points', 'order[]', 'reading'].map((member) => `slots[].${member}`),
];

/** What belongs to one candidate once the exam runs. */
interface Belongings {
  cookie: string;
  sectionKey: string;
  paper: FetchedPaper;
  index: PaperIndex;
}

let stage: RunningSchool;
let slips: AccessSlips;
let own: Belongings;
let others: Belongings[];
let told: Told[];
let bytes: Buffer;
/** How many messages had gone when the exam began, and when it had ended. */
let startAt: number;
let endAt: number;
/** What nobody who sits an exam may be told, in any form. */
const never: Needle[] = [];

beforeAll(async () => {
  stage = await openSchool();
  const { school, url } = stage;
  const bank = await filledBank(school, [TOPIC], SECRET_ROWS, SECRET_PICTURES);
  const pupils = NAMES.map((name, i) => ({ number: `${3001 + i}`, name }));
  const sealed = await sealedExam(school, { bank, durationSeconds: 12, cells: KINDS.map(oneOfKind), pupils });
  ({ slips } = sealed);
  const exam = sealed.exam.id;
  const proxy = await RecordingProxy.before(url);
  for (const page of [`/thi/${slips.exam}`, '/staff', '/healthz']) await fetch(proxy.url + page);
  const candidates = await Promise.all(
    slips.slips.map((slip, i) => signedIn(i === 0 ? proxy.url : url, slip)),
  );
  const [watched, ...rest] = candidates;
  if (!watched) throw new Error('Nobody signed in.');
  await watched.api.get('/candidate/me');
  startAt = proxy.messages.length;

  await school.proctor.api.post(`/exams/${exam}/start`);
  await Promise.all(candidates.map(answerAll));
  own = await belongingsOf(watched);
  others = await Promise.all(rest.map(belongingsOf));
  await watched.submit();
  await reached(school.teacher.api, exam, 'closed');
  endAt = proxy.messages.length;

  await saveTooLate(watched);
  await tryForResult(watched);
  for (const late of await lateOf(school.proctor.api, exam))
    await decideLate(school.proctor.api, exam, late, 'leave-out');
  await school.teacher.api.finished(await school.teacher.api.post<JobView>(`/exams/${exam}/grade`));
  await tryForResult(watched);
  await watched.api.get('/candidate/me');
  await watched.countLost();
  for (const candidate of candidates) candidate.close();
  told = toldBy(proxy.messages);
  bytes = proxy.bytes();
  never.push(...(await whatIsNeverTold(bank, exam)).flatMap(needlesOf));
}, 200_000);

describe('what a candidate is told from sign-in to grading', () => {
  it('is what the list allows, member by member', () => {
    const beyond = told.flatMap(({ name, status, body }) => {
      const allowed = new Set(status !== undefined && status >= 400 ? PROBLEM : (MAY_TELL[name] ?? []));
      return [...placesOf(body)].filter((place) => !allowed.has(place)).map((place) => `${name}: ${place}`);
    });
    expect(beyond).toEqual([]);
  });

  it('was asked for in every way', () => {
    const names = new Set(told.map(({ name }) => name));
    const certain = Object.keys(MAY_TELL).filter((name) => !BY_CHANCE.has(name));
    expect(certain.filter((name) => !names.has(name))).toEqual([]);
  });

  it('holds no key, code, topic, level, note, id, name or paper of others, in any encoding', () => {
    expect(new DumpSearch(never).inBytes(bytes, 'wire')).toEqual([]);
    const words = new Set(told.flatMap(({ body }) => stringsOf(body)));
    for (const level of NEVER_TOLD.levels) expect(words).not.toContain(level);
  });

  it('never holds a question in clear', () => {
    expect(new DumpSearch(STEMS.flatMap(needlesOf)).inBytes(bytes, 'wire')).toEqual([]);
  });

  it('would have been found if it were there', () => {
    const search = new DumpSearch([...never, ...STEMS.flatMap(needlesOf)]);
    const leak = Buffer.from(`{"t":"${NEVER_TOLD.note}","s":"${STEMS[0]}"}`);
    expect(search.inBytes(Buffer.concat([bytes, leak]), 'wire')).toHaveLength(2);
  });
});

describe('before the exam begins', () => {
  it('the boxes have travelled and nothing has that opens them', async () => {
    const before = told.filter(({ at }) => at < startAt);
    const { boxes: _boxes, ...index } = own.paper;
    expect(before.find(({ name }) => name === 'GET /api/v1/candidate/paper')?.body).toEqual(index);
    const paper = own.paper;
    const keys = [...before.flatMap(({ body }) => stringsOf(body)), own.cookie, own.paper.attempt, ''];
    for (const key of keys) await expect(openIndex(paper, asKey(key))).rejects.toMatchObject(WRONG_KEY);
    for (const address of paper.addresses)
      for (const key of keys)
        await expect(openView(paper, address, asKey(key))).rejects.toMatchObject(WRONG_KEY);
  });

  it('no message holds a section key or a time, and every one says “waiting”', () => {
    const states = told.filter(({ at, body }) => at < startAt && stateOf(body) !== undefined);
    expect(states.length).toBeGreaterThanOrEqual(2);
    for (const { body } of states) {
      expect(body).toMatchObject({ state: 'waiting' });
      for (const member of ['sectionKey', 'startsAt', 'endsAt']) expect(body).not.toHaveProperty(member);
    }
    const search = new DumpSearch(needlesOf(own.sectionKey));
    const early = told.filter(({ at }) => at < startAt).map(({ body }) => JSON.stringify(body));
    expect(search.inBytes(Buffer.from(early.join('\n')), 'wire')).toEqual([]);
  });
});

describe('the key of the paper', () => {
  it('comes with the state “running” and with no other', () => {
    const withKey = told.filter(({ body }) => stringsOf(body).includes(own.sectionKey));
    expect(withKey.length).toBeGreaterThanOrEqual(2);
    for (const { body } of withKey) expect(body).toMatchObject({ state: 'running' });
    expect(told.filter(({ at, body }) => at >= endAt && stateOf(body) === 'running')).toEqual([]);
  });

  it('opens the index, and through it views that hold no more than a question shows', async () => {
    const { paper, index } = own;
    expect([...placesOf(index)].toSorted()).toEqual(INDEX_HOLDS.toSorted());
    const views = await Promise.all(index.slots.map(({ address, key }) => openView(paper, address, key)));
    expect(new Set(views.map(({ kind }) => kind))).toEqual(new Set([...KINDS, 'description']));
    for (const view of views) {
      const allowed = new Set(VIEW_MAY_HOLD[view.kind]);
      expect([...placesOf(view)].filter((place) => !allowed.has(place))).toEqual([]);
    }
    const opened = Buffer.from(JSON.stringify([index, views]));
    expect(new DumpSearch(never).inBytes(opened, 'opened')).toEqual([]);
    expect(opened.toString()).toContain(STEMS[0]?.slice(0, 10));
    for (const level of NEVER_TOLD.levels) expect(stringsOf([index, views])).not.toContain(level);
  });

  it('opens no paper of others', async () => {
    for (const { paper } of others)
      await expect(openIndex(paper, own.sectionKey)).rejects.toMatchObject(WRONG_KEY);
  });

  it('is one of its own for each, as are the keys of questions that only others have', () => {
    const keys = [own, ...others].map((belongings) => belongings.sectionKey);
    expect(new Set(keys).size).toBe(NAMES.length);
    expect(foreignSlots().length).toBeGreaterThan(0);
    expect(new Set(own.paper.addresses)).toEqual(new Set(own.index.slots.map(({ address }) => address)));
  });
});

describe('the receipt', () => {
  it('tells no answer and no mark', () => {
    const proofs = told.flatMap(({ body }) =>
      (body as { proof?: ReceiptProof } | null)?.proof ? [body] : [],
    );
    expect(proofs.length).toBeGreaterThan(1);
    for (const body of proofs) {
      const { jws } = (body as { proof: ReceiptProof }).proof;
      const claims: unknown = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
      expect([...placesOf(claims)].toSorted()).toEqual([
        'attempt',
        'exam',
        'lastSeq',
        'paperHash',
        'root',
        'submittedAt',
      ]);
    }
  });
});

async function signedIn(
  url: string,
  { number, code }: AccessSlips['slips'][number],
): Promise<PlayedCandidate> {
  const candidate = new PlayedCandidate(url, number);
  await candidate.signIn(slips.exam, code);
  await candidate.connect();
  return candidate;
}

async function answerAll(candidate: PlayedCandidate): Promise<void> {
  await candidate.opened();
  for (const { slot, view } of candidate.paper) {
    if (view.kind !== 'description') await candidate.answer(slot, plausibleAnswer(view));
  }
}

async function belongingsOf({ api }: PlayedCandidate): Promise<Belongings> {
  const { sectionKey } = await api.get<CandidateMe>('/candidate/me');
  if (!sectionKey) throw new Error('The exam is not running.');
  const paper = await fetchPaper(api);
  const index = await openIndex(paper, sectionKey);
  return { cookie: api.cookie.replace(/^.*=/, ''), sectionKey, paper, index };
}

async function saveTooLate({ api, given, paper }: PlayedCandidate): Promise<void> {
  const slot = paper.find(({ view }) => view.kind !== 'description')?.slot;
  const entry = { seq: given.length + 1, slot, response: null };
  const reply = await api.post<SaveReply>('/candidate/save', { epoch: 1, entries: [entry] });
  expect(reply).toMatchObject({ ok: false, code: 'after-deadline' });
}

async function tryForResult({ api }: PlayedCandidate): Promise<void> {
  const refused = await api.get('/candidate/result').catch((error: unknown) => error);
  expect(refused).toMatchObject({ problem: { code: 'result-not-released' } });
}

/** Ids and content that stay with staff, and all that belongs to other candidates. */
async function whatIsNeverTold(bank: string, exam: string): Promise<string[]> {
  const { api } = stage.school.teacher;
  const { items } = await api.get<ItemList>(`/banks/${bank}/items?limit=200`);
  const { candidates } = await api.get<CandidateList>(`/exams/${exam}/candidates`);
  const { topic, note, codes, numericKeys, textKeys } = NEVER_TOLD;
  return [
    bank,
    topic,
    note,
    ...codes,
    ...numericKeys,
    ...textKeys,
    ...items.map(({ id }) => id),
    ...candidates.slice(1).flatMap(({ id, attempt, person }) => [id, attempt, person.name]),
    ...slips.slips.slice(1).map(({ code }) => code),
    ...others.flatMap(({ sectionKey, cookie }) => [sectionKey, cookie]),
    ...foreignSlots().flatMap(({ address, key }) => [address, key]),
    ...Object.values(stage.school).map(({ name }) => name),
  ];
}

/** Slots of others with questions that are not on the own paper. */
function foreignSlots(): PaperIndex['slots'] {
  const mine = new Set(own.index.slots.map(({ address }) => address));
  return others.flatMap(({ index }) => index.slots.filter(({ address }) => !mine.has(address)));
}

/** Any text as 32 bytes: what an attacker would try. */
function asKey(text: string): string {
  return Buffer.concat([Buffer.from(text, 'base64url'), Buffer.alloc(32)])
    .subarray(0, 32)
    .toString('base64url');
}

function stateOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'state' in body ? body.state : undefined;
}

function oneOfKind(kind: ItemKindName, i: number): Cell {
  return { id: `c${i}`, count: 1, points: 100, topic: TOPIC, level: 'APPLY_HIGH', kind };
}

function joined(): string[] {
  const answers = ['slot', 'seq', ...RESPONSE.map((form) => `response${form}`)];
  return [
    'ok',
    'epoch',
    'nextSeq',
    'watermark',
    ...STATE,
    'answers[]',
    ...answers.map((place) => `answers[].${place}`),
  ];
}

function textIn(list: string): string[] {
  return TEXT.map((member) => `${list}[][].${member}`);
}

function partsIn(list: string): string[] {
  return [`${list}[].token`, ...textIn(`${list}[].text`)];
}
