import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditCheckpoint, AuditEntries, ExamProfile, ExamTimes, Response } from '#bank/protocol';
import type { PeerFiles } from '#server/storage';
import { freePort } from '../../scripts/process/free-port.ts';
import { niem } from '../../scripts/process/niem.ts';
import { PlayedCandidate, Refusal } from '../../scripts/steps/candidate.ts';
import { gather } from '../../scripts/steps/gather.ts';
import { filledBank, sealedExam, type QuestionRow, type SealedExam } from '../support/exam.ts';
import { openSchool, serverOn, type RunningSchool } from '../support/server.ts';
import { peerFiles, StandbyProcess, tlsSettings } from '../support/standby.ts';
import { tempDir } from '../support/temp-dir.ts';

const SAVERS = 24;
const QUESTIONS = 12;
/** Acknowledged answers of the board exam's candidates together before the standby is lost. */
const BEFORE_LOSS = 8 * SAVERS;

let stage: RunningSchool;
let standby: StandbyProcess;
let files: PeerFiles;
/** A board exam, of whose candidates one has stayed away, and a school test beside it. */
let board: SealedExam;
let candidates: PlayedCandidate[];
let pupil: PlayedCandidate;
let acknowledgedByBoth: number[];
/** The last checkpoint of the ledger that anybody could have before the primary was lost. */
let keptCheckpoint: string;

beforeAll(async () => {
  files = await peerFiles();
  const port = await freePort();
  standby = new StandbyProcess(files, { port });
  await standby.start();
  stage = await openSchool({
    NIEM_PORT: String(await freePort()),
    NIEM_STANDBY: `127.0.0.1:${port}`,
    ...tlsSettings(files),
  });
  await inStep(stage.url);
  const { school } = stage;
  const bank = await filledBank(school, ['Sóng'], questions());
  const sealedFor = (profile: ExamProfile, count: number, first: number) =>
    sealedExam(school, {
      bank,
      profile,
      durationSeconds: 600,
      cells: [{ id: 'c1', count: 8, points: 100, topic: 'Sóng', level: 'KNOW', kind: 'choice' }],
      pupils: Array.from({ length: count }, (_, i) => ({ number: `${first + i}`, name: 'Nguyễn Văn Bình' })),
    });
  board = await sealedFor('P2', SAVERS + 1, 1001);
  const test = await sealedFor('P1', 1, 5001);
  candidates = await gather(stage.url, { ...board.slips, slips: board.slips.slips.slice(0, SAVERS) });
  [pupil] = (await gather(stage.url, test.slips)) as [PlayedCandidate];
  for (const { exam } of [board, test]) await school.proctor.api.post<ExamTimes>(`/exams/${exam.id}/start`);
  await Promise.all([...candidates, pupil].map((candidate) => candidate.opened()));
}, 180_000);

describe('a board exam beside a school test, with a standby', () => {
  it('says that the standby is in step', async () => {
    expect(await (await fetch(`${stage.url}/readyz`)).json()).toEqual({ ready: true, standby: 'in-step' });
  });

  it('is acknowledged nothing when the standby is lost, and the school test goes on', async () => {
    const refused = candidates.map((candidate) => saveUntilRefused(candidate));
    await acknowledged(BEFORE_LOSS);
    await standby.kill();
    expect(await Promise.all(refused)).toEqual(candidates.map(() => 'standby-missing'));
    acknowledgedByBoth = candidates.map((candidate) => candidate.acknowledged);
    for (let times = 0; times < 10; times++) await pupil.answer(...randomAnswer(pupil));
    expect(await pupil.countLost()).toBe(0);
    keptCheckpoint = await actOnOneDisk();
    expect(await (await fetch(`${stage.url}/readyz`)).json()).toEqual({ ready: true, standby: 'absent' });
    const [first] = candidates;
    await expect(first?.answer(...randomAnswer(first))).rejects.toMatchObject({ code: 'standby-missing' });
    expect(candidates.map((candidate) => candidate.acknowledged)).toEqual(acknowledgedByBoth);
  });

  it('goes on from the standby after the primary was lost, with everything acknowledged', async () => {
    await stage.server.kill();
    const promoted = await niem(['promote', '--data', standby.data, '--json']);
    expect(promoted).toMatchObject({ code: 0 });
    expect(JSON.parse(promoted.stdout)).toMatchObject({ term: 2 });

    // the address of the service moves to the new computer, as DNS or a floating address does it
    const { NIEM_PORT = '', NIEM_KEY_FILE = '' } = stage.place.env;
    const keyFile = join(tempDir(), 'keys', 'keys.json');
    mkdirSync(dirname(keyFile), { recursive: true });
    cpSync(NIEM_KEY_FILE, keyFile);
    const next = new StandbyProcess(files);
    const { port } = await next.start();
    const place = {
      ...stage.place,
      data: standby.data,
      env: {
        NIEM_DATA: standby.data,
        NIEM_KEY_FILE: keyFile,
        NIEM_PORT,
        NIEM_LOG_LEVEL: 'warn',
        NIEM_STANDBY: `127.0.0.1:${port}`,
        ...tlsSettings(files),
        TMPDIR: stage.place.temp,
      },
    };
    const { setupUrl } = await serverOn(place).start();
    expect(setupUrl).toBeNull();
    await inStep(stage.url);
    await Promise.all(candidates.map((candidate) => candidate.answer(...randomAnswer(candidate))));
    for (const [i, candidate] of candidates.entries()) {
      expect(candidate.acknowledged).toBeGreaterThan(acknowledgedByBoth[i] ?? Infinity);
      expect(await candidate.countLost()).toBe(0);
    }
    const kept = join(tempDir(), 'checkpoint');
    writeFileSync(kept, keptCheckpoint);
    const ledger = join(standby.data, 'ledger');
    await expect
      .poll(async () => (await niem(['verify-log', ledger, '--checkpoint', kept])).code, { timeout: 20_000 })
      .toBe(0);
  }, 120_000);

  it('is never acknowledged by the old primary again', async () => {
    const elsewhere = await freePort();
    const revived = serverOn({
      ...stage.place,
      env: { ...stage.place.env, NIEM_PORT: String(elsewhere), NIEM_LOG_LEVEL: 'warn' },
    });
    await revived.start();
    const slip = board.slips.slips[SAVERS];
    const late = new PlayedCandidate(`http://127.0.0.1:${elsewhere}`, slip?.number ?? '');
    await late.signIn(board.exam.code, slip?.code ?? '');
    await expect(late.api.post('/candidate/join', { device: 'late' })).rejects.toMatchObject({
      problem: { status: 503, code: 'standby-missing' },
    });
    await revived.kill();
  });

  it('is not served from a folder that is a standby', async () => {
    const other = new StandbyProcess(files);
    await other.start();
    const running = await niem(['promote', '--data', other.data]);
    expect(running).toMatchObject({ code: 1 });
    expect(running.stderr).toContain('in use by process');
    await other.kill();
    const server = serverOn({ ...stage.place, env: { ...stage.place.env, NIEM_DATA: other.data } });
    await expect(server.start()).rejects.toThrow('niem promote');
    const refused = await niem(['promote', '--data', other.data]);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('no whole copy');
  });
});

/** Acts that only this server's disk has, until they are leaves; gives the checkpoint that outsiders get meanwhile. */
async function actOnOneDisk(): Promise<string> {
  const { api } = stage.school.teacher;
  const { admin } = stage.school;
  const before = await admin.api.get<AuditCheckpoint>('/audit/checkpoint');
  const [first] = (await admin.api.get<AuditEntries>('/audit/entries?limit=1')).entries;
  await api.post('/banks', { name: 'Chỉ có ở một máy', kind: 'shared', topics: ['Sóng'] });
  for (;;) {
    const [last] = (await admin.api.get<AuditEntries>('/audit/entries?limit=1')).entries;
    if ((last?.seq ?? 0) > (first?.seq ?? 0)) break;
  }
  const after = await admin.api.get<AuditCheckpoint>('/audit/checkpoint');
  expect(after).toEqual(before);
  return after.checkpoint;
}

/** Saves without pause until the server refuses; gives the code. */
async function saveUntilRefused(candidate: PlayedCandidate): Promise<string> {
  for (;;) {
    try {
      await candidate.answer(...randomAnswer(candidate));
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
    tellProgress();
  }
}

let tellProgress: () => void = () => undefined;

/** Resolves when the candidates of the board exam have been acknowledged so many answers together. */
function acknowledged(count: number): Promise<void> {
  return new Promise((resolve) => {
    tellProgress = () => {
      if (candidates.reduce((sum, one) => sum + one.acknowledged, 0) >= count) resolve();
    };
  });
}

/** Resolves when this server says that its standby has everything. */
async function inStep(url: string): Promise<void> {
  for (;;) {
    const { standby: state } = (await (await fetch(`${url}/readyz`)).json()) as { standby: string };
    if (state === 'in-step') return;
  }
}

function randomAnswer({ paper }: PlayedCandidate): [number, Response] {
  const { slot, view } = paper[randomInt(paper.length)]!;
  if (view.kind !== 'choice') throw new Error('Only choices were drawn.');
  return [slot, { c: view.options[randomInt(view.options.length)]!.token }];
}

function questions(): QuestionRow[] {
  return Array.from({ length: QUESTIONS }, (_, i) => ({
    'Mã câu': `S-${i}`,
    'Dạng câu': 'Một lựa chọn',
    'Chủ đề': 'Sóng',
    'Mức độ': 'Biết',
    'Nội dung': `Câu hỏi ${i} về sóng.`,
    'Phương án A': `đúng ${i}`,
    'Phương án B': `sai ${i}`,
    'Phương án C': `chưa chắc ${i}`,
    'Phương án D': `không rõ ${i}`,
    'Đáp án': 'A',
  }));
}
