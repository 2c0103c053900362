import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExamTimes, Response } from '#bank/protocol';
import { freePort } from '../../scripts/process/free-port.ts';
import { niem } from '../../scripts/process/niem.ts';
import { type PlayedCandidate } from '../../scripts/steps/candidate.ts';
import { gather } from '../../scripts/steps/gather.ts';
import { filledBank, sealedExam, type QuestionRow } from '../support/exam.ts';
import { openSchool, serverOn, type RunningSchool } from '../support/server.ts';
import { peerFiles, StandbyProcess, tlsSettings } from '../support/standby.ts';
import { tempDir } from '../support/temp-dir.ts';

const SAVERS = 24;
const QUESTIONS = 12;
/** Acknowledged answers of everybody together before the primary is lost. */
const BEFORE_LOSS = 8 * SAVERS;

let stage: RunningSchool;
let standby: StandbyProcess;
let candidates: PlayedCandidate[];
let acknowledgedByPrimary: number[];

beforeAll(async () => {
  const files = await peerFiles();
  const port = await freePort();
  standby = new StandbyProcess(files, { port });
  await standby.start();
  const settings = {
    NIEM_STANDBY: `127.0.0.1:${port}`,
    NIEM_STANDBY_MODE: 'both',
    ...tlsSettings(files),
  };
  stage = await openSchool({ NIEM_PORT: String(await freePort()), ...settings });
  const { school } = stage;
  const bank = await filledBank(school, ['Sóng'], questions());
  const sealed = await sealedExam(school, {
    bank,
    durationSeconds: 600,
    cells: [{ id: 'c1', count: 8, points: 100, topic: 'Sóng', level: 'KNOW', kind: 'choice' }],
    pupils: Array.from({ length: SAVERS }, (_, i) => ({ number: `${1001 + i}`, name: 'Nguyễn Văn Bình' })),
  });
  candidates = await gather(stage.url, sealed.slips);
  await school.proctor.api.post<ExamTimes>(`/exams/${sealed.exam.id}/start`);
  await Promise.all(candidates.map((candidate) => candidate.opened()));
}, 180_000);

describe('an exam whose answers are acknowledged by two disks', () => {
  it('says that the standby is in step', async () => {
    expect(await (await fetch(`${stage.url}/readyz`)).json()).toEqual({ ready: true, standby: 'in-step' });
  });

  it('goes on from the standby after the primary was lost, with everything acknowledged', async () => {
    const over = new AbortController();
    const enough = new Promise<void>((resolve) => {
      void Promise.all(candidates.map((candidate) => save(candidate, over.signal, resolve)));
    });
    await enough;
    await stage.server.kill();
    over.abort();
    acknowledgedByPrimary = candidates.map(({ acknowledged }) => acknowledged);
    expect(acknowledgedByPrimary.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(BEFORE_LOSS);

    const tooEarly = await niem(['promote', '--data', standby.data]);
    expect(tooEarly).toMatchObject({ code: 1 });
    expect(tooEarly.stderr).toContain('in use by process');
    await standby.kill();
    const promoted = await niem(['promote', '--data', standby.data, '--json']);
    expect(promoted).toMatchObject({ code: 0 });
    expect(JSON.parse(promoted.stdout)).toMatchObject({ term: 2 });

    // the address of the service moves to the new computer, as DNS or a floating address does it
    const { NIEM_PORT = '', NIEM_KEY_FILE = '' } = stage.place.env;
    const keyFile = join(tempDir(), 'keys', 'keys.json');
    mkdirSync(dirname(keyFile), { recursive: true });
    cpSync(NIEM_KEY_FILE, keyFile);
    const place = {
      ...stage.place,
      data: standby.data,
      env: {
        NIEM_DATA: standby.data,
        NIEM_KEY_FILE: keyFile,
        NIEM_PORT,
        NIEM_LOG_LEVEL: 'warn',
        TMPDIR: stage.place.temp,
      },
    };
    const { setupUrl } = await serverOn(place).start();
    expect(setupUrl).toBeNull();
    await Promise.all(candidates.map((candidate) => candidate.answer(...randomAnswer(candidate))));
    for (const [i, candidate] of candidates.entries()) {
      expect(candidate.acknowledged).toBeGreaterThan(acknowledgedByPrimary[i] ?? Infinity);
      expect(await candidate.countLost()).toBe(0);
    }
  }, 120_000);

  it('is never acknowledged by the old primary again', async () => {
    const elsewhere = await freePort();
    const revived = serverOn({
      ...stage.place,
      env: { ...stage.place.env, NIEM_PORT: String(elsewhere), NIEM_LOG_LEVEL: 'warn' },
    });
    const started = revived.start();
    started.catch(() => undefined);
    await revived.logged('the standby is not in step');
    await expect(fetch(`http://127.0.0.1:${elsewhere}/readyz`)).rejects.toThrow('fetch failed');
    await revived.kill();
    await expect(started).rejects.toThrow('Nothing listens');
  });

  it('is not served from a folder that is a standby', async () => {
    const files = await peerFiles();
    const other = new StandbyProcess(files);
    await other.start();
    await other.kill();
    const server = serverOn({ ...stage.place, env: { ...stage.place.env, NIEM_DATA: other.data } });
    await expect(server.start()).rejects.toThrow('niem promote');
    const refused = await niem(['promote', '--data', other.data]);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('no whole copy');
  });
});

/** Saves without pause, and tells when everybody together has been acknowledged enough. */
async function save(candidate: PlayedCandidate, over: AbortSignal, onEnough: () => void): Promise<void> {
  while (!over.aborted) {
    await candidate.answer(...randomAnswer(candidate));
    if (candidates.reduce((sum, { acknowledged }) => sum + acknowledged, 0) >= BEFORE_LOSS) onEnough();
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
