import type { Page, Response as HttpAnswer } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccessSlips, CandidateMe, Cell, ExamTimes, JoinReply } from '#bank/protocol';
import { freePort } from '../../scripts/process/free-port.ts';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { filledBank, sealedExam, type SealedExam } from '../support/exam.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { signInByForm } from '../support/sign-in.ts';

const TEST_MS = 120_000;
const QUESTIONS = 6;
const TOPIC = 'Sóng';
const CELLS: Cell[] = [
  { id: 'c1', count: QUESTIONS, points: 100, topic: TOPIC, level: 'KNOW', kind: 'numeric' },
];
const STEM = 'Đàn cò Bạc Liêu 4417 bay xa bao nhiêu ki-lô-mét';
const SHORT_SECONDS = 15;

/** What a page says while there is no server, in the language of its candidate. */
const WORDS = {
  vi: {
    noServer: 'Chưa kết nối được máy chủ. Trang tự thử lại, em không cần làm gì.',
    offline: 'Mất mạng. Bài làm vẫn được giữ trên máy, em cứ làm tiếp',
    kept: (n: number) => `Máy này đang giữ ${n} câu trả lời chưa gửi. Có máy chủ là trang tự gửi.`,
    question: (n: number) => new RegExp(`^Câu ${n}/${QUESTIONS}`),
  },
  en: {
    noServer: 'The server cannot be reached yet. The page tries again by itself; you need not do anything.',
    offline: 'No network. Your work is kept on this device, go on working',
    kept: (n: number) =>
      `Answers kept on this device and not sent yet: ${n}. The page sends them by itself when the server is back.`,
    question: (n: number) => new RegExp(`^Question ${n}/${QUESTIONS}`),
  },
} as const;

interface Candidate extends WatchedPage {
  name: string;
  words: (typeof WORDS)[keyof typeof WORDS];
  slip: AccessSlips['slips'][number];
}

let stage: RunningSchool;
let long: SealedExam;
let short: SealedExam;
let candidates: Candidate[];

beforeEach(needBrowser);

beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  const rows = Array.from({ length: QUESTIONS }, (_, i) => ({
    'Mã câu': `S-${i}`,
    'Dạng câu': 'Trả lời số',
    'Chủ đề': TOPIC,
    'Mức độ': 'Biết',
    'Nội dung': `${STEM}, lần ${i}, khi $\\frac{v}{${i + 2}}$?`,
    'Đáp án': String(i),
  }));
  const pupils = ['Nguyễn Thị Ánh Nguyệt', 'Trần Đỗ Khánh Uyên', 'Lê Hoàng Thiên Tâm'].map((name, i) => ({
    number: `11004${i}`,
    name,
  }));
  const setting = { bank: await filledBank(stage.school, [TOPIC], rows), cells: CELLS, pupils };
  long = await sealedExam(stage.school, { ...setting, durationSeconds: 1_800 });
  short = await sealedExam(stage.school, { ...setting, durationSeconds: SHORT_SECONDS });
  const browser = await openBrowser();
  const open = async (language: 'vi' | 'en', width: number, index: number): Promise<Candidate> => {
    const watched = await openPage(browser, { viewport: { width, height: 800 } });
    const view = JSON.stringify({ language });
    await watched.page.addInitScript(`localStorage.setItem('niem-view', ${JSON.stringify(view)})`);
    const [name, slip] = [pupils[index]?.name, long.slips.slips[index]];
    if (name === undefined || !slip) throw new Error('There is no such pupil.');
    return Object.assign(watched, { name, slip, words: WORDS[language] });
  };
  candidates = [await open('vi', 1280, 0), await open('en', 360, 1)];
}, TEST_MS);

describe('a page that is reloaded while the server is down', { timeout: TEST_MS }, () => {
  it('is there before the start: who and what, and that it goes on by itself', async () => {
    for (const { page, slip } of candidates) {
      await signIn(page, long, slip);
      await page.locator('.ready').waitFor();
      await pageIsKept(page);
    }
    await killServer(...candidates);
    for (const { page, name, words } of candidates) {
      await page.reload();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await page.getByText(words.noServer).waitFor();
      expect(await page.locator('form').count()).toBe(0);
    }
    await startServer(...candidates);
    for (const { page } of candidates) await page.locator('.ready').waitFor();
  });

  it('shows paper, place and answers, says what is kept here, and takes more answers', async () => {
    await stage.school.proctor.api.post<ExamTimes>(`/exams/${long.exam.id}/start`);
    for (const { page } of candidates) {
      await answerHere(page, '11');
      await goOn(page);
      await answerHere(page, '22');
      await page.locator('.save[data-status=saved]').waitFor();
      await goOn(page);
    }
    await killServer(...candidates);
    for (const { page, words } of candidates) {
      await page.locator('.save[data-status=offline]').waitFor();
      await answerHere(page, '33');
      await page.getByText(words.kept(1)).waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: words.question(3) }).waitFor();
      await page.getByText(words.offline).first().waitFor();
      await page.getByText(words.kept(1)).waitFor();
      await said(page, words.offline);
      expect(await page.locator('.stem').innerText()).toContain(STEM);
      expect(await page.locator('.stem .katex').count()).toBe(1);
      expect(await page.locator('.field input').inputValue()).toBe('33');
      expect(await page.getByRole('timer').innerText()).toMatch(/^(29|28):\d\d$/);
      await goOn(page);
      await answerHere(page, '44');
      await page.getByText(words.kept(2)).waitFor();
      await page.reload();
      await page.getByText(words.kept(2)).waitFor();
      expect(await page.locator('.field input').inputValue()).toBe('44');
    }
  });

  it('holds nothing on the device that could be read', async () => {
    for (const { page, name, slip } of candidates) {
      const everything = await deviceDump(page);
      expect(everything).toContain('"seq":4');
      for (const text of [STEM, name, slip.number, long.exam.title, '"33"', '"44"'])
        expect(everything).not.toContain(text);
    }
  });

  it('sends everything by itself when the server is back, under the same lease, and nothing is lost', async () => {
    await startServer(...candidates);
    for (const { page } of candidates) {
      await page.locator('.save[data-status=saved]').waitFor();
      const api = await sessionOf(page);
      const { state, sectionKey } = await api.get<CandidateMe>('/candidate/me');
      expect([state, typeof sectionKey]).toEqual(['running', 'string']);
      const held = await api.post<JoinReply>('/candidate/join', { device: 'look-back' });
      expect(held).toMatchObject({ ok: true, epoch: 2, watermark: 4 });
      if (!held.ok) return;
      const answers = held.answers.toSorted((a, b) => a.slot - b.slot);
      expect(answers.map(({ slot, response }) => [slot, response])).toEqual(
        ['11', '22', '33', '44'].map((x, slot) => [slot, { x }]),
      );
    }
  });

  it('is empty after the hand-in: no paper, nothing that waits', async () => {
    for (const { page } of candidates) {
      await page.reload();
      await page.locator('.save[data-status=saved]').waitFor();
      for (let slot = 3; slot < QUESTIONS; slot++) await goOn(page);
      await page.locator('.actions .primary').click();
      await page.locator('.counts').waitFor({ state: 'detached' });
      await page.locator('.actions .primary').click();
      await page.locator('.card .big').waitFor();
      await expect.poll(() => deviceDump(page)).toBe('{"attempts":[],"entries":[],"papers":[]}');
    }
    await killServer(...candidates);
    for (const { page, words } of candidates) {
      await page.reload();
      await page.getByText(words.noServer).waitFor();
      expect(await page.locator('main').innerText()).not.toMatch(/\d/);
    }
    await startServer(...candidates);
    for (const { page } of candidates) await page.locator('.card .big').waitFor();
  });

  it('went without an error on the page, in the console, or against the content policy', () => {
    expect(candidates.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

describe('a time that ends while the server is down', { timeout: TEST_MS }, () => {
  it('leaves no paper to a reload, only the word on what waits; that arrives late and is held', async () => {
    const watched = await openPage(await openBrowser());
    const { page } = watched;
    const slip = short.slips.slips[2];
    if (!slip) throw new Error('There is no third slip.');
    await signIn(page, short, slip);
    await page.locator('.ready').waitFor();
    await pageIsKept(page);
    await stage.school.proctor.api.post<ExamTimes>(`/exams/${short.exam.id}/start`);
    await answerHere(page, '11');
    await page.locator('.save[data-status=saved]').waitFor();
    await killServer(watched);
    await page.locator('.save[data-status=offline]').waitFor();
    await goOn(page);
    await answerHere(page, '22');
    await page.getByText('Hết giờ. Giữ máy mở để gửi bài').first().waitFor();
    await page.reload();
    await page.getByText(WORDS.vi.noServer).waitFor();
    await page.getByText(WORDS.vi.kept(1)).waitFor();
    expect(await page.locator('.stem').count()).toBe(0);
    await startServer(watched);
    await page.getByRole('heading', { name: 'Hết giờ. Bài đã được nộp' }).waitFor();
    await page.getByText('Máy chủ giữ riêng 1 câu trả lời đến muộn').waitFor();
    expect(watched.complaints).toEqual([]);
  });
});

async function signIn(page: Page, { slips }: SealedExam, slip: AccessSlips['slips'][number]): Promise<void> {
  await page.goto(`${stage.url}/thi/${slips.exam}`);
  await signInByForm(page, slip);
}

/** Resolves when the browser has kept the page whole. */
async function pageIsKept(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
}

/** Types an answer and waits until it has its place in the outbox. */
async function answerHere(page: Page, value: string): Promise<void> {
  await page.locator('.field input').fill(value);
  await page.locator('main button.plain').waitFor();
}

async function goOn(page: Page): Promise<void> {
  const before = await page.locator('h1').innerText();
  await page.locator('.moves .primary').click();
  await page.locator('h1').filter({ hasNotText: before }).waitFor();
}

async function killServer(...pages: WatchedPage[]): Promise<void> {
  for (const watched of pages) watched.isServerAway = true;
  await stage.server.kill();
}

/** Starts the server, and resolves when each page has found that out by itself. */
async function startServer(...pages: WatchedPage[]): Promise<void> {
  const isFound = (answer: HttpAnswer) => answer.url().endsWith('/candidate/me') && answer.ok();
  const found = pages.map(({ page }) => page.waitForResponse(isFound));
  await stage.server.start();
  await Promise.all(found);
  for (const watched of pages) watched.isServerAway = false;
}

/** Resolves when a screen reader has been told this. */
async function said(page: Page, text: string): Promise<void> {
  await page.locator('[role=status].unseen').filter({ hasText: text }).waitFor({ state: 'attached' });
}

/** Everything in the databases of the page, bytes as the letters that they would be. */
function deviceDump(page: Page): Promise<string> {
  return page.evaluate<string>(`(async () => {
    const done = (request) => new Promise((resolve) => {
      request.addEventListener('success', () => resolve(request.result));
    });
    const database = await done(indexedDB.open('niem'));
    const found = {};
    for (const name of [...database.objectStoreNames].sort())
      found[name] = await done(database.transaction(name).objectStore(name).getAll());
    database.close();
    const isBytes = (value) => value instanceof ArrayBuffer || value instanceof Uint8Array;
    return JSON.stringify(found, (_, value) => (isBytes(value) ? new TextDecoder().decode(value) : value));
  })()`);
}

async function sessionOf(page: Page): Promise<ApiClient> {
  const client = new ApiClient(stage.url);
  const cookies = await page.context().cookies(stage.url);
  client.cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return client;
}
