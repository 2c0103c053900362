import type { Browser, Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { AccessSlips, DeviceRequests, JoinReply, PresencePage, SaveReply } from '#bank/protocol';
import { freePort } from '../../scripts/process/free-port.ts';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { violations, overflow } from '../support/accessibility.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { filledBank, sealedExam } from '../support/exam.ts';
import { problemOf } from '../support/refusal.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { inspect } from '../support/staff-page.ts';
import { signInByForm, signStaffIn } from '../support/sign-in.ts';

const NAME = 'Nguyễn Văn Bình';
const TEST_MS = 120_000;

let stage: RunningSchool;
let browser: Browser;
let wall: WatchedPage;
let exam: string;
let slips: AccessSlips;
/** The device that has the attempt. */
let first: ApiClient;

beforeEach(needBrowser);

/** A running exam with one candidate at a first device, and its wall on the page of the proctor. */
beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  const { school, url } = stage;
  const rows = ['A', 'B'].map((letter) => ({
    'Mã câu': `S${letter}`,
    'Dạng câu': 'Trả lời số',
    'Chủ đề': 'Sóng',
    'Mức độ': 'Biết',
    'Nội dung': `Câu ${letter}: một cộng một bằng bao nhiêu?`,
    'Đáp án': '2',
  }));
  const sealed = await sealedExam(school, {
    bank: await filledBank(school, ['Sóng'], rows),
    durationSeconds: 600,
    cells: [{ id: 'c1', count: 1, points: 1000, topic: 'Sóng', level: 'KNOW', kind: 'numeric' }],
    pupils: [{ number: '1001', name: NAME }],
  });
  exam = sealed.exam.id;
  slips = sealed.slips;
  await school.proctor.api.post(`/exams/${exam}/start`);
  first = new ApiClient(url);
  await first.post('/candidate/sign-in', signInOf());
  await first.post('/candidate/join', { device: 'first' });
  browser = await openBrowser();
  wall = await openPage(browser, { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const { page } = wall;
  await page.goto(`${url}/staff/#/exams/${exam}/wall`);
  await signStaffIn(page, school.proctor);
  await page.getByText('Đang cập nhật').waitFor();
}, TEST_MS);

function signInOf() {
  const { exam: code, slips: all } = slips;
  return { exam: code, number: '1001', code: all[0]?.code ?? '' };
}

/** A device on which the candidate has just typed the right code. */
async function secondDevice(): Promise<WatchedPage> {
  const watched = await openPage(browser, { viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' });
  const { page } = watched;
  await page.goto(`${stage.url}/thi/${slips.exam}`);
  await signInByForm(page, slips.slips[0]);
  await page.getByRole('heading', { name: 'Chờ giám thị đồng ý' }).waitFor();
  return watched;
}

async function decide(page: Page, verdict: 'Đồng ý' | 'Không đồng ý'): Promise<void> {
  await page.getByRole('button', { name: `${verdict}: ${NAME}`, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: verdict, exact: true }).click();
}

it('a second device waits, and goes nowhere when the proctor refuses it', { timeout: TEST_MS }, async () => {
  const { page, complaints } = await secondDevice();
  expect([...(await violations(page)), ...(await overflow(page)), ...complaints]).toEqual([]);
  await wall.page.getByText('Máy chờ giám thị đồng ý: 1').waitFor();
  expect(await inspect(wall)).toEqual([]);
  await decide(wall.page, 'Không đồng ý');
  await page.getByText('Giám thị không đồng ý cho làm bài ở máy này.').waitFor();
  expect(await first.get('/candidate/me')).toMatchObject({ number: '1001', state: 'running' });
});

it(
  'goes on waiting when the server is restarted, and the proctor sees it as before',
  { timeout: TEST_MS },
  async () => {
    const { page } = await secondDevice();
    await wall.page.getByText('Máy chờ giám thị đồng ý: 1').waitFor();
    await stage.server.kill();
    await stage.server.start();
    const claimed = await page.waitForResponse((response) => response.url().endsWith('/claim'));
    expect(claimed.status()).toBe(200);
    await page.getByRole('heading', { name: 'Chờ giám thị đồng ý' }).waitFor();
    await decide(wall.page, 'Không đồng ý');
    await page.getByText('Giám thị không đồng ý cho làm bài ở máy này.').waitFor();
  },
);

it(
  'goes on by itself when the proctor approves it, and the first is cut off',
  { timeout: TEST_MS },
  async () => {
    const { page } = await secondDevice();
    await decide(wall.page, 'Đồng ý');
    await page.getByRole('textbox').waitFor();
    await wall.page.getByText('đã dùng 2 máy').waitFor();
    const entries = [{ seq: 1, slot: 0, response: { x: '2' } }];
    expect(await problemOf(first.post('/candidate/save', { epoch: 1, entries }))).toMatchObject({
      status: 401,
    });
  },
);

it('holds what the first still sends once it is signed in again, as of a device without the attempt', async () => {
  const { api } = stage.school.proctor;
  await first.post('/candidate/device-requests', signInOf()).then(async (asked) => {
    const { requests } = await api.get<DeviceRequests>(`/exams/${exam}/device-requests`);
    expect(requests).toMatchObject([{ number: '1001', name: NAME, device: { kind: 'computer' } }]);
    const decision = { verdict: 'approve', reason: 'device-changed' };
    await api.post(`/device-requests/${requests[0]?.request}`, decision);
    expect(
      await first.post('/candidate/device-requests/claim', {
        request: (asked as { request: string }).request,
      }),
    ).toMatchObject({ state: 'approved' });
    expect(await problemOf(api.post(`/device-requests/${requests[0]?.request}`, decision))).toMatchObject({
      code: 'device-request-over',
    });
  });
  const late = await first.post<SaveReply>('/candidate/save', {
    epoch: 1,
    entries: [{ seq: 1, slot: 0, response: { x: '3' } }],
  });
  expect(late).toMatchObject({ ok: false, code: 'superseded' });
  expect(await first.post<JoinReply>('/candidate/join', { device: 'first' })).toMatchObject({
    ok: true,
    epoch: 3,
  });
  const { candidates } = await api.get<PresencePage>(`/exams/${exam}/presence`);
  expect(candidates).toMatchObject([{ held: 1, devices: 3 }]);
});
