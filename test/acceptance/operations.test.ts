import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { CANDIDATE_NAMESPACE, type StaffPerson, type Ticket } from '#bank/protocol';
import { niem } from '../../scripts/process/niem.ts';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { filledBank, sealedExam, type QuestionRow } from '../support/exam.ts';
import { freshPlace, openSchool, serverOn, type RunningSchool } from '../support/server.ts';
import { tempDir } from '../support/temp-dir.ts';

describe('settings with mistakes', () => {
  it('are told all at once, a sentence each, before anything is made', async () => {
    const { env, data } = freshPlace();
    const { code, stdout, stderr } = await niem(['serve'], {
      ...env,
      NIEM_PROT: '8080',
      NIEM_PORT: 'eighty',
      NIEM_KEY_FILE: join(data, 'keys.json'),
      NIEM_DATABASE_URL: 'mysql://niem:hunter2@localhost/niem',
      NIEM_TLS_CERT: 'cert.pem',
      NIEM_PUBLIC_URL: 'thi.truong.example',
      NIEM_LOG_LEVEL: 'loud',
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const sentences = stderr.trimEnd().split('\n');
    for (const sentence of sentences) expect(sentence).toMatch(/^Setting: [A-Z].*\.$/);
    expect(namesIn(sentences)).toEqual([
      'NIEM_DATABASE_URL',
      'NIEM_KEY_FILE',
      'NIEM_LOG_LEVEL',
      'NIEM_PORT',
      'NIEM_PROT',
      'NIEM_PUBLIC_URL',
      'NIEM_TLS_CERT',
    ]);
    expect(stderr).not.toContain('hunter2');
    expect(existsSync(data)).toBe(false);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['an open address without encryption', { NIEM_HOST: '0.0.0.0' }, /NIEM_HOST.*NIEM_TLS_CERT/],
    ['a proxy without the public address', { NIEM_TRUSTED_PROXY: '127.0.0.1' }, /NIEM_PUBLIC_URL/],
    [
      'a proxy with a public address that is not encrypted',
      { NIEM_TRUSTED_PROXY: '127.0.0.1', NIEM_PUBLIC_URL: 'http://thi.truong.example' },
      /NIEM_PUBLIC_URL.*https/,
    ],
    [
      'a proxy that is no address',
      { NIEM_TRUSTED_PROXY: 'proxy number one', NIEM_PUBLIC_URL: 'https://thi.truong.example' },
      /NIEM_TRUSTED_PROXY/,
    ],
    ['a certificate file that is none', certificateFiles('no certificate'), /NIEM_TLS_CERT.*NIEM_TLS_KEY/],
  ])('%s is refused', async (_name, settings, sentence) => {
    const { env } = freshPlace();
    const { code, stderr } = await niem(['serve'], { ...env, ...settings });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Setting: [^\n]*\.\n$/);
    expect(stderr).toMatch(sentence);
  });
});

/** Stops the process that runs it in the moment in which it tells anybody anything. */
const STOPS_AS_IT_SPEAKS = `
  const { write } = process.stdout;
  process.stdout.write = function (...said) {
    process.stdout.write = write;
    process.kill(process.pid, 'SIGTERM');
    return write.apply(this, said);
  };`;

it('a server that is stopped in the moment in which it says that it runs ends in order', async () => {
  const { env } = freshPlace();
  const preload = `--import=data:text/javascript,${encodeURIComponent(STOPS_AS_IT_SPEAKS)}`;
  const { code, stdout } = await niem(['serve', '--json'], { ...env, NODE_OPTIONS: preload });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ url: expect.any(String) as string });
});

describe('a running server', () => {
  let stage: RunningSchool;

  beforeAll(async () => {
    stage = await openSchool();
  });

  it('says that it is alive and ready', async () => {
    expect(await jsonOf('/healthz')).toEqual({ alive: true });
    expect(await jsonOf('/readyz')).toEqual({ ready: true });
  });

  it('describes its interface', async () => {
    const description = (await jsonOf('/api/openapi.json')) as { openapi: string; paths: object };
    expect(description.openapi).toBe('3.1.0');
    expect(Object.keys(description.paths)).toContain('/api/v1/candidate/save');
  });

  it('goes on serving when a second process wants its data folder, which is refused', async () => {
    const { code, stderr } = await niem(['serve'], stage.place.env);
    expect(code).toBe(1);
    expect(stderr).toContain(`in use by process ${stage.server.pid}`);
    expect(stderr).toMatch(/Stop that process first, or choose another folder\./);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await stage.school.admin.api.get<StaffPerson>('/me')).toMatchObject({ roles: ['admin'] });
  });

  it('stops cleanly when it is told to: candidates hear it, and everything is there at the next start', async () => {
    const { heard } = await waitingCandidate();
    expect(await stage.server.stop()).toBe(0);
    expect(await heard).toEqual([{ reason: 'restart' }]);
    await expectToWork();
  });

  it('stays locked under another key file, and opens again under its own', async () => {
    await stage.server.stop();
    const other = freshPlace();
    const stranger = serverOn(other);
    await stranger.start();
    await stranger.stop();
    const foreign = { ...stage.place.env, NIEM_KEY_FILE: String(other.env['NIEM_KEY_FILE']) };
    const { code, stdout, stderr } = await niem(['serve', '--json'], foreign);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The stored data stays locked: .*Put back the key.*Nothing was changed\.\n$/);
    await expectToWork();
  });

  async function jsonOf(path: string): Promise<unknown> {
    const response = await fetch(stage.url + path);
    expect(response.status).toBe(200);
    return response.json();
  }

  /** Starts the server again; whoever had an account still has it. */
  async function expectToWork(): Promise<void> {
    const { url, setupUrl } = await stage.server.start();
    expect(setupUrl).toBeNull();
    const { login, password } = stage.school.teacher;
    const api = new ApiClient(url);
    await api.post('/sign-in', { login, password });
    expect(await api.get<StaffPerson>('/me')).toMatchObject({ name: stage.school.teacher.name });
  }

  /** A candidate in the waiting room: `heard` is the message with which the server leaves. */
  async function waitingCandidate(): Promise<{ heard: Promise<unknown[]> }> {
    const bank = await filledBank(stage.school, ['Sóng'], questions());
    const { slips } = await sealedExam(stage.school, {
      bank,
      durationSeconds: 600,
      cells: [{ id: 'c1', count: 2, points: 500, topic: 'Sóng', level: 'KNOW', kind: 'choice' }],
      pupils: [{ number: '1001', name: 'Nguyễn Văn Bình' }],
    });
    const api = new ApiClient(stage.url);
    await api.post('/candidate/sign-in', { exam: slips.exam, number: '1001', code: slips.slips[0]?.code });
    const auth = await api.post<Ticket>('/candidate/ticket');
    const socket = io(stage.url + CANDIDATE_NAMESPACE, {
      auth,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { origin: stage.url },
    });
    const heard = new Promise<unknown[]>((resolve) => socket.once('bye', (...message) => resolve(message)));
    await new Promise<void>((resolve, reject) =>
      socket.once('connect', resolve).once('connect_error', reject),
    );
    return { heard };
  }
});

function namesIn(sentences: readonly string[]): string[] {
  return sentences.map((sentence) => /NIEM_\w+/.exec(sentence)?.[0] ?? '').toSorted();
}

function certificateFiles(content: string): Record<string, string> {
  const dir = tempDir();
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  writeFileSync(cert, content);
  writeFileSync(key, content, { mode: 0o600 });
  return { NIEM_TLS_CERT: cert, NIEM_TLS_KEY: key };
}

function questions(): QuestionRow[] {
  return Array.from({ length: 4 }, (_, i) => ({
    'Mã câu': `S${i}`,
    'Dạng câu': 'Một lựa chọn',
    'Chủ đề': 'Sóng',
    'Mức độ': 'Biết',
    'Nội dung': `Câu hỏi số ${i} về sóng`,
    'Phương án A': 'một',
    'Phương án B': 'hai',
    'Đáp án': 'A',
  }));
}
