import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, watch, writeFileSync, type FSWatcher } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  AccessSlips,
  CandidateMe,
  ExamTimes,
  ImportStarted,
  ItemList,
  ItemSummary,
  JobView,
} from '#bank/protocol';
import { freePort } from '../../scripts/process/free-port.ts';
import { PlayedCandidate } from '../../scripts/steps/candidate.ts';
import { reached } from '../../scripts/steps/exam.ts';
import {
  DumpSearch,
  SHORTEST,
  filesBelow,
  needlesOf,
  needlesOfBytes,
  type Hit,
  type Needle,
} from '../support/dump-search.ts';
import { csvOf, filledBank, sealedExam, type Pupil } from '../support/exam.ts';
import { KNOWN, KNOWN_ROWS, TOPIC } from '../support/known-exam.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { tempDir } from '../support/temp-dir.ts';

const BATCH_ROWS = 3_000;
const PICTURE = randomBytes(400);
const PUPILS: Pupil[] = KNOWN.names.map((name, i) => ({
  number: `${2001 + i}`,
  name,
  more: { 'Ngày sinh': KNOWN.birthDates[0]!, 'Mã học sinh': KNOWN.pupilCodes[i]! },
}));
/** When the folders are searched; each with the server as it is at that moment, running or dead. */
const STAGES = [
  'while a file is being sent',
  'killed while it reads a file',
  'killed while it takes a file over',
  'with a preview that nobody took over',
  'with papers sealed',
  'killed in the middle of the exam',
  'after grading, release and exports',
  'stopped',
] as const;
type Stage = (typeof STAGES)[number];

describe('the search', () => {
  const text = 'Đỗ Quyên Hương 4418';
  const bytes = (form: string) => Buffer.from(text.normalize(form));
  const swapped = (form: string) => Buffer.from(text.normalize(form), 'utf16le').swap16();
  const base64 = (before: number, alphabet: 'base64' | 'base64url', inner: Buffer) =>
    Buffer.from(Buffer.concat([randomBytes(before), inner, randomBytes(5)]).toString(alphabet));

  it.each<[string, Buffer]>([
    ['UTF-8', bytes('NFC')],
    ['UTF-8 in NFD', bytes('NFD')],
    ['UTF-16LE', Buffer.from(text, 'utf16le')],
    ['UTF-16LE in NFD', Buffer.from(text.normalize('NFD'), 'utf16le')],
    ['UTF-16BE', swapped('NFC')],
    ['UTF-16BE in NFD', swapped('NFD')],
    ['hex', Buffer.from(bytes('NFC').toString('hex'))],
    ['hex of NFD in capitals', Buffer.from(bytes('NFD').toString('hex').toUpperCase())],
    ['hex of UTF-16BE', Buffer.from(swapped('NFC').toString('hex'))],
    ...[0, 1, 2].flatMap((before): [string, Buffer][] => [
      [`base64 behind ${before} bytes`, base64(before, 'base64', bytes('NFC'))],
      [`base64url behind ${before} bytes`, base64(before, 'base64url', bytes('NFC'))],
      [`base64 of NFD behind ${before} bytes`, base64(before, 'base64', bytes('NFD'))],
      [
        `base64url of UTF-16LE behind ${before} bytes`,
        base64(before, 'base64url', Buffer.from(text, 'utf16le')),
      ],
    ]),
  ])('finds %s anywhere in a file', (_name, planted) => {
    const folder = join(tempDir(), 'below');
    mkdirSync(folder);
    writeFileSync(join(folder, 'dump'), Buffer.concat([randomBytes(1_001), planted, randomBytes(77)]));
    const hits = new DumpSearch(needlesOf(text)).inFolders(folder);
    expect(hits.map((hit) => [hit.file, hit.text])).toContainEqual(['dump', text]);
  });

  it('finds it in the name of a file, and nothing where nothing is', () => {
    const folder = tempDir();
    writeFileSync(join(folder, `${text}.txt`), randomBytes(10_000));
    const [hit, ...others] = new DumpSearch(needlesOf(text)).inFolders(folder);
    expect([hit?.file, others]).toEqual([`name of ${text}.txt`, []]);
  });
});

describe('what a server leaves on its disk', () => {
  let stage: RunningSchool;
  let slips: AccessSlips;
  let temporary: string[];
  const found = new Map<Stage, Hit[]>();
  const searched = new Map<Stage, string[]>();
  const secrets: Needle[] = [];

  beforeAll(async () => {
    stage = await openSchool({ NIEM_PORT: String(await freePort()), NIEM_LOG_LEVEL: 'trace' });
    const watched = watchFolder(stage.place.temp);
    const bank = await fillBank();
    await readAndTakeOver(bank);
    await holdExam(bank);
    temporary = await watched.created();
  }, 400_000);

  it.each(STAGES)('tells nothing that is secret: %s', (name) => {
    expect(found.get(name)).toEqual([]);
    for (const part of ['store', 'journal', 'ledger']) {
      expect(searched.get(name)?.some((file) => file.startsWith(part))).toBe(true);
    }
  });

  it('was looked through for all the texts that went in', async () => {
    const { teacher } = stage.school;
    expect(secrets.length).toBeGreaterThan(20 * 20);
    await stage.server.start();
    const { banks } = await teacher.api.get<{ banks: { id: string }[] }>('/banks');
    const { items } = await teacher.api.get<ItemList>(`/banks/${banks[0]?.id}/items?status=approved`);
    const read = await Promise.all(
      items.map(({ id }) => teacher.api.get(`/banks/${banks[0]?.id}/items/${id}`)),
    );
    const texts = JSON.stringify(read);
    for (const text of [...KNOWN.stems, ...KNOWN.options]) expect(texts).toContain(text);
    expect(texts).toContain(JSON.stringify(KNOWN.formula).slice(1, -1));
    expect(slips.slips.map(({ name }) => name)).toEqual(KNOWN.names);
  });

  it('is not in temporary files either: there are none, not even for a moment', () => {
    expect(temporary).toEqual([]);
  });

  /** Searches data folder, keys, temporary folder and log as they are now. */
  function look(name: Stage): void {
    const { data, temp, env } = stage.place;
    const search = new DumpSearch(secrets);
    const keys = join(env['NIEM_KEY_FILE']!, '..');
    found.set(name, [
      ...search.inFolders(data, temp, keys),
      ...search.inBytes(Buffer.from(stage.server.log), 'operational log'),
    ]);
    searched.set(name, filesBelow(data));
  }

  function learn(...texts: readonly string[]): void {
    secrets.push(...texts.flatMap(needlesOf));
  }

  /** A bank with a question of each kind, a draft with a picture, and a draft that came back with a comment. */
  async function fillBank(): Promise<string> {
    const { school } = stage;
    for (const group of Object.values(KNOWN)) learn(...[group].flat());
    for (const { name, login, password, api } of Object.values(school)) {
      learn(name, password, api.cookie.replace(/^.*=/, ''), ...(login.length >= SHORTEST ? [login] : []));
    }
    secrets.push(...needlesOfBytes(PICTURE.subarray(100, 130), 'picture', 'bytes'));
    const bank = await filledBank(school, [TOPIC], KNOWN_ROWS);
    const { teacher, reviewer } = school;
    const draft = await teacher.api.post<ItemSummary>(`/banks/${bank}/items`, draftWithPicture());
    await teacher.api.post(`/banks/${bank}/submit`, { items: [{ item: draft.id, version: draft.version }] });
    await reviewer.api.post(`/banks/${bank}/items/${draft.id}/return`, {
      version: draft.version,
      comment: KNOWN.comment,
    });
    return bank;
  }

  async function readAndTakeOver(bank: string): Promise<void> {
    const { server, school } = stage;
    const { api } = school.teacher;
    const batch = csvOf(Array.from({ length: BATCH_ROWS }, (_, i) => batchRow(i)));
    const imports = `/banks/${bank}/imports`;
    await whileSending(`${imports}?name=a.csv`, batch, () => look('while a file is being sent'));

    const reading = await api.upload<ImportStarted>(imports, batch, 'b.csv');
    await untilMoving(reading.job);
    await server.kill();
    look('killed while it reads a file');
    await server.start();

    const read = await api.upload<ImportStarted>(imports, batch, 'c.csv');
    await api.finished(await api.get<JobView>(`/jobs/${read.job}`));
    const taking = await api.post<ImportStarted>(`${imports}/${read.import}/commit`);
    await untilMoving(taking.job);
    await server.kill();
    look('killed while it takes a file over');
    await server.start();

    const preview = await api.upload<ImportStarted>(imports, csvOf([previewRow()]), 'd.csv');
    await api.finished(await api.get<JobView>(`/jobs/${preview.job}`));
    look('with a preview that nobody took over');
  }

  /** Half of the file, then `meanwhile`, then the rest. */
  async function whileSending(path: string, bytes: Buffer, meanwhile: () => void): Promise<void> {
    const headers = {
      'content-type': 'application/octet-stream',
      'content-length': bytes.length,
      'x-niem': '1',
      cookie: stage.school.teacher.api.cookie,
    };
    const sending = request(`${stage.url}/api/v1${path}`, { method: 'POST', headers });
    const answered = once(sending, 'response');
    const half = Math.floor(bytes.length / 2);
    await new Promise((resolve) => sending.write(bytes.subarray(0, half), resolve));
    await stage.school.teacher.api.get('/me');
    meanwhile();
    sending.end(bytes.subarray(half));
    const [response] = await answered;
    response.resume();
    expect(response.statusCode).toBe(202);
  }

  /** Resolves once a job has come somewhere and has not come to its end. */
  async function untilMoving(job: string): Promise<void> {
    for (;;) {
      const { state, done } = await stage.school.teacher.api.get<JobView>(`/jobs/${job}`);
      if (state !== 'running') throw new Error(`The job was over too soon: ${state}.`);
      if (done > 0) return;
    }
  }

  async function holdExam(bank: string): Promise<void> {
    const { school, server, url } = stage;
    const { teacher, proctor } = school;
    const { items } = await teacher.api.get<ItemList>(`/banks/${bank}/items?status=approved&limit=200`);
    const drawn = items.filter(({ kind }) => kind !== 'description').map(({ id }) => id);
    const sealed = await sealedExam(school, {
      bank,
      durationSeconds: 15,
      cells: [{ id: 'c1', count: drawn.length, points: 100, items: drawn }],
      pupils: PUPILS,
    });
    ({ slips } = sealed);
    const exam = sealed.exam.id;
    learn(...slips.slips.flatMap(({ code }) => [code, code.replace('-', '')]));
    look('with papers sealed');

    const candidates = await Promise.all(slips.slips.map((slip) => signedIn(url, slips.exam, slip)));
    await proctor.api.post<ExamTimes>(`/exams/${exam}/start`);
    await Promise.all(candidates.map(answerTyped));
    for (const { api } of candidates) await learnSecretsOf(api.cookie, await api.get('/candidate/me'));
    await server.kill();
    look('killed in the middle of the exam');
    await server.start();
    await reached(teacher.api, exam, 'closed');
    for (const candidate of candidates) candidate.close();

    const job = await teacher.api.post<JobView>(`/exams/${exam}/grade`);
    await teacher.api.finished(job);
    await teacher.api.post(`/exams/${exam}/release`);
    for (const file of ['results.xlsx', 'results.csv', 'publication'])
      await teacher.api.download(`/exams/${exam}/${file}`);
    await teacher.api.download(`/banks/${bank}/export?format=workbook`);
    look('after grading, release and exports');
    await server.stop();
    look('stopped');
  }

  async function signedIn(url: string, exam: string, { number, code }: AccessSlips['slips'][number]) {
    const candidate = new PlayedCandidate(url, number);
    await candidate.signIn(exam, code);
    await candidate.connect();
    return candidate;
  }

  async function answerTyped(candidate: PlayedCandidate): Promise<void> {
    await candidate.opened();
    for (const { slot, view } of candidate.paper) {
      if (view.kind === 'numeric') await candidate.answer(slot, { x: KNOWN.typed[0]! });
      if (view.kind === 'shortText') await candidate.answer(slot, { x: KNOWN.typed[1]! });
    }
  }

  function learnSecretsOf(cookie: string, { sectionKey }: CandidateMe): void {
    if (!sectionKey) throw new Error('The exam is not running.');
    learn(cookie.replace(/^.*=/, ''), sectionKey);
    secrets.push(...needlesOfBytes(Buffer.from(sectionKey, 'base64url'), 'section key', 'bytes'));
  }
});

/** Tells what was created in a folder, however short it lived. */
function watchFolder(folder: string): { created(): Promise<string[]> } {
  const names = new Set<string>();
  const watcher: FSWatcher = watch(folder, (_event, name) => names.add(String(name)));
  return {
    async created() {
      const last = 'the watch ends here';
      const ended = new Promise<void>((resolve) => {
        watcher.on('change', (_event, name) => name === last && resolve());
      });
      writeFileSync(join(folder, last), '');
      await ended;
      watcher.close();
      names.delete(last);
      return [...names];
    },
  };
}

function draftWithPicture(): unknown {
  const stem = [
    [
      { t: 'text', v: KNOWN.draft },
      { t: 'image', mime: 'image/png', data: PICTURE.toString('base64'), alt: KNOWN.upload },
    ],
  ];
  return {
    code: 'D-1',
    topic: TOPIC,
    level: 'KNOW',
    content: { kind: 'shortText', stem },
    key: { accepted: ['x'] },
  };
}

function batchRow(index: number) {
  return {
    'Mã câu': `B-${index}`,
    'Dạng câu': 'Trả lời số',
    'Chủ đề': TOPIC,
    'Mức độ': 'Hiểu',
    'Nội dung': `${KNOWN.upload} câu ${index}`,
    'Đáp án': String(index),
  };
}

function previewRow() {
  const [stem, right, wrong] = KNOWN.preview;
  return {
    'Mã câu': 'P-1',
    'Dạng câu': 'Một lựa chọn',
    'Chủ đề': TOPIC,
    'Mức độ': 'Biết',
    'Nội dung': stem!,
    'Phương án A': right!,
    'Phương án B': wrong!,
    'Đáp án': 'A',
  };
}
