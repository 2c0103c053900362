import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  AccessSlips,
  CandidateMe,
  CandidateResult,
  ExamTimes,
  JobView,
  JoinReply,
  ResultTable,
} from '#bank/protocol';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { reached } from '../../scripts/steps/exam.ts';
import { fetchPaper } from '../../scripts/steps/fetch-paper.ts';
import { openPaper, type OpenedSlot } from '../../scripts/steps/open-paper.ts';
import { ALL_KINDS, ALL_KINDS_CELLS, PICTURE_QUESTION, TOPIC } from '../support/all-kinds.ts';
import { AnswerFields, plain, wordsOf, type Words } from '../support/answer-fields.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { filledBank, sealedExam } from '../support/exam.ts';
import { Keyboard } from '../support/keyboard.ts';
import { ownName, type OwnName } from '../support/own-name.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

const TEST_MS = 120_000;
const QUESTIONS = 13;
const DESK = { width: 1280, height: 800 };

/** What is entered at the question whose text begins like this, and what that is worth. */
interface Entry {
  stem: string;
  words: Words;
  /** Hundredths. */
  points: number;
}

const ENTRIES: readonly Entry[] = [
  { stem: 'Sóng có phương trình', words: '4 cm', points: 25 },
  { stem: 'Tốc độ truyền sóng', words: '10 m/s', points: 25 },
  { stem: 'Những đại lượng nào', words: ['bước sóng', 'tần số'], points: 25 },
  {
    stem: 'Xét sóng cơ',
    words: {
      'Sóng truyền năng lượng.': 'Đúng',
      'Sóng cơ truyền được trong chân không.': 'Sai',
      'Tần số do nguồn sóng quyết định.': 'Sai',
      'Bước sóng không phụ thuộc môi trường.': 'Sai',
    },
    points: 50,
  },
  { stem: 'Li độ của phần tử', words: '-1,25', points: 50 },
  { stem: 'Hiện tượng hai sóng', words: 'Giao thoa', points: 50 },
  {
    stem: 'Ghép mỗi đại lượng',
    words: { 'Tần số': 'héc', 'Bước sóng': 'mét', 'Chu kì': 'jun' },
    points: 50,
  },
  { stem: 'Khi âm truyền vào nước', words: 'tần số', points: 25 },
  { stem: 'Xếp các âm', words: ['50 Hz', '400 Hz', '2 000 Hz'], points: 50 },
  {
    stem: 'Điền vào câu',
    words: { 'Chỗ trống 1 trên 2': 'nút', 'Chỗ trống 2 trên 2': 'hai' },
    points: 50,
  },
  {
    stem: 'Chọn từ cho câu',
    words: { 'Chỗ trống 1 trên 2': 'vuông góc', 'Chỗ trống 2 trên 2': 'trùng' },
    points: 50,
  },
  { stem: 'Đánh dấu những từ', words: ['chân không', 'điện từ'], points: 50 },
  { stem: 'Chỉ điểm giữa', words: 'ngang 58 %, dọc 42 %', points: 50 },
];
/** Changed near the end, from right to wrong. */
const SECOND_THOUGHT: Entry = { stem: 'Tốc độ truyền sóng', words: '7 m/s', points: 0 };

let place: OwnName;
let stage: RunningSchool;
let exam: string;
let slips: AccessSlips;
let watched: WatchedPage;
let page: Page;
let keys: Keyboard;
let answers: AnswerFields;
/** The browser's own session, over the interface. */
let session: ApiClient;
let paper: OpenedSlot[];
let receipt: string;
/** By the beginning of the question; the newest counts. */
const entries = new Map(ENTRIES.map((entry) => [entry.stem, entry]));

beforeEach(needBrowser);

beforeAll(async () => {
  if (!hasBrowser) return;
  place = await ownName('thi.truong.test');
  vi.stubGlobal('fetch', place.fetch);
  stage = await openSchool(place.settings);
  const bank = await filledBank(stage.school, [TOPIC], ALL_KINDS, [PICTURE_QUESTION]);
  const begun = Date.now();
  await stage.server.kill();
  await stage.server.start();
  const restartSeconds = (Date.now() - begun) / 1_000;
  const pupils = [
    { number: '110042', name: 'Nguyễn Thị Ánh Nguyệt' },
    { number: '110043', name: 'Đỗ Hữu Trọng' },
  ];
  const durationSeconds = Math.ceil(35 + 10 * restartSeconds);
  const sealed = await sealedExam(stage.school, { bank, durationSeconds, cells: ALL_KINDS_CELLS, pupils });
  exam = sealed.exam.id;
  slips = sealed.slips;
  watched = await openPage(await openBrowser(...place.switches), { viewport: DESK });
  page = watched.page;
  keys = new Keyboard(page);
  answers = new AnswerFields(page, keys);
}, TEST_MS);

afterAll(() => vi.unstubAllGlobals());

describe('one exam by keyboard alone, over HTTPS on a name of its own', { timeout: TEST_MS }, () => {
  it('lets a candidate in with number and access code', async () => {
    await page.goto(`${place.url}/thi/${slips.exam}`);
    await heading('Vào phòng thi').waitFor();
    expect(await page.evaluate('isSecureContext')).toBe(true);
    const [slip] = slips.slips;
    if (!slip) throw new Error('There is no slip.');
    expect(await page.getByLabel('Mã kỳ thi').inputValue()).toBe(slips.exam);
    await keys.type(page.getByLabel('Số báo danh'), slip.number);
    await keys.type(page.getByLabel('Mã dự thi'), slip.code.toLowerCase());
    await keys.press('Enter');
    await heading(`Xin chào ${slip.name}`).waitFor();
    await page.getByText('Máy sẵn sàng').waitFor();
    await page.getByText('Chờ giám thị mở đề').waitFor();
  });

  it('opens the paper by itself when the proctor starts', async () => {
    await stage.school.proctor.api.post<ExamTimes>(`/exams/${exam}/start`);
    await heading(/^(Câu 1\/13|Ngữ liệu)/).waitFor();
    session = await sessionOf(page);
    const { sectionKey = '' } = await session.get<CandidateMe>('/candidate/me');
    paper = await openPaper(await fetchPaper(session), sectionKey);
    expect(await page.getByRole('timer').getAttribute('aria-label')).toMatch(/^Còn \d\d:\d\d$/);
  });

  it('takes answers and says when they are saved', async () => {
    for (let i = 0; i < 9; i++) await answerNext();
    await button(/^Đã lưu lúc \d\d:\d\d:\d\d$/).waitFor();
    await inList('Câu 9, đã trả lời, đã lên máy chủ').waitFor();
    expect(await inList(/chưa trả lời/).count()).toBe(QUESTIONS - 9);
  });

  it('goes on while the server is killed, and sends what was entered when it is back', async () => {
    watched.isServerAway = true;
    await stage.server.kill();
    await page.getByText('Mất mạng. Bài làm vẫn được giữ trên máy, em cứ làm tiếp').first().waitFor();
    await said('Mất mạng. Bài làm vẫn được giữ trên máy, em cứ làm tiếp');
    await answerNext();
    await answerNext();
    await button('Mất mạng, 2 câu chưa gửi').waitFor();
    await inList('Câu 11, đã trả lời, mới lưu trên máy').waitFor();
    await stage.server.start();
    await said('Đã kết nối lại, đã gửi 2 câu');
    watched.isServerAway = false;
    await button(/^Đã lưu lúc/).waitFor();
    await inList('Câu 11, đã trả lời, đã lên máy chủ').waitFor();
    expect(await page.getByText('Mất mạng').locator('visible=true').count()).toBe(0);
  });

  it('finds every answer again, also one that had not been sent, when the page dies with the server', async () => {
    watched.isServerAway = true;
    await stage.server.kill();
    await button('Mất mạng').waitFor();
    await answerNext();
    await button('Mất mạng, 1 câu chưa gửi').waitFor();
    await page.reload();
    await heading(/^(Câu 13\/13|Ngữ liệu)/).waitFor();
    await button('Mất mạng, 1 câu chưa gửi').waitFor();
    await stage.server.start();
    await button(/^Đã lưu/).waitFor();
    watched.isServerAway = false;
    await page.reload();
    await heading(/^(Câu 13\/13|Ngữ liệu)/).waitFor();
    await button(/^Đã lưu/).waitFor();
    for (let number = 1; number < QUESTIONS; number++) {
      await keys.activate(inList(`Câu ${number}, đã trả lời, đã lên máy chủ`));
      await heading(new RegExp(`^Câu ${number}/${QUESTIONS}`)).waitFor();
      expect(await answers.read()).toEqual((await entryHere()).words);
    }
  });

  it('marks a question, changes an answer, and leads to what is missing', async () => {
    await keys.activate(button('Đánh dấu'));
    await inList('Câu 12, đã trả lời, đã lên máy chủ, có đánh dấu').waitFor();
    await keys.activate(inList('Xem lại bài'));
    await heading('Xem lại bài làm').waitFor();
    await expect.poll(counts).toEqual(['12/13', '1', '0', '1', '0']);
    await keys.activate(button('Câu 13, chưa trả lời'));
    await answerNext();
    await heading('Xem lại bài làm').waitFor();
    await expect.poll(counts).toEqual(['13/13', '0', '0', '1', '0']);
    await keys.activate(button('Làm tiếp'));
    await page.setViewportSize({ width: 360, height: 740 });
    await keys.activate(button('Các câu'));
    const sheet = page.getByRole('dialog', { name: 'Danh sách câu' });
    await sheet.waitFor();
    await keys.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.locator('button:focus').filter({ hasText: 'Các câu' }).waitFor();
    await keys.press('Enter');
    await keys.activate(sheet.getByRole('button', { name: `Câu ${numberOf(SECOND_THOUGHT)}, đã trả lời` }));
    await enter(SECOND_THOUGHT);
    await page.setViewportSize(DESK);
    await keys.activate(inList('Xem lại bài'));
    await expect.poll(counts).toEqual(['13/13', '0', '0', '1', '0']);
  });

  it('hands in and gives a receipt', async () => {
    await keys.activate(button('Nộp bài'));
    await heading('Nộp bài?').waitFor();
    await page.getByText('Em đã trả lời cả 13 câu.').waitFor();
    await keys.activate(button('Nộp bài ngay'));
    await heading('Bài đã được nộp').waitFor();
    await page.getByText('Đã trả lời 13/13 câu').waitFor();
    receipt = await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText();
    const me = await session.get<CandidateMe>('/candidate/me');
    expect(me).toMatchObject({ state: 'submitted', receipt: receipt.replaceAll('-', '') });
  });

  it('left the server with exactly the responses that were entered', async () => {
    const held = await session.post<JoinReply>('/candidate/join', { device: 'look-back' });
    if (!held.ok) throw new Error(held.code);
    const responses = new Map(held.answers.map(({ slot, response }) => [slot, response]));
    const questions = paper.filter(({ view }) => view.kind !== 'description');
    expect(questions).toHaveLength(QUESTIONS);
    for (const { slot, view } of questions) {
      expect(wordsOf(view, responses.get(slot) ?? null)).toEqual(entryFor(plain(view.stem)).words);
    }
  });

  it('shows the marks for just these responses once they are released', async () => {
    const { api } = stage.school.teacher;
    await reached(api, exam, 'closed');
    await api.finished(await api.post<JobView>(`/exams/${exam}/grade`));
    await keys.activate(button('Xem kết quả'));
    await page.getByText('chưa được công bố').waitFor();
    await api.post(`/exams/${exam}/release`);
    const { questions } = await session.get<CandidateResult>('/candidate/result');
    expect(questions?.map(({ slot, points }) => [slot, points])).toEqual(
      paper.flatMap(({ slot, view }) =>
        view.kind === 'description' ? [] : [[slot, entryFor(plain(view.stem)).points]],
      ),
    );
    const { rows } = await api.get<ResultTable>(`/exams/${exam}/results`);
    expect(rows.map(({ number, marks }) => [number, marks?.rounded ?? null])).toEqual([
      ['110042', 525],
      ['110043', null],
    ]);
    await keys.activate(button('Xem kết quả'));
    await heading('Kết quả').waitFor();
    await page.getByText('5,25/6,75 điểm').waitFor();
  });

  it('went without an error on the page, in the console, or against the content policy', () => {
    expect(watched.complaints).toEqual([]);
  });
});

function heading(name: string | RegExp) {
  return page.getByRole('heading', { level: 1, name });
}

function button(name: string | RegExp) {
  return page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });
}

/** A question in the list beside the paper. */
function inList(name: string | RegExp) {
  const list = page.getByRole('complementary', { name: 'Danh sách câu' });
  return list.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });
}

/** Resolves when a screen reader has been told this. */
async function said(text: string): Promise<void> {
  await page.locator('[role=status].unseen').filter({ hasText: text }).waitFor({ state: 'attached' });
}

/** Answers the question here, or the one after the reading here, and goes on. */
async function answerNext(): Promise<void> {
  if ((await page.getByRole('heading', { level: 1 }).innerText()).startsWith('Ngữ liệu')) await goOn();
  const entry = await entryHere();
  await enter(entry);
  await goOn();
}

/** Presses the button that leads to the next screen, and waits for that. */
async function goOn(): Promise<void> {
  const before = await page.getByRole('heading', { level: 1 }).innerText();
  await keys.activate(page.getByRole('contentinfo').getByRole('button', { name: /^(Sau|Xem lại) ›$/ }));
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: before }).waitFor();
}

async function enter(entry: Entry): Promise<void> {
  await answers.enter(entry.words);
  entries.set(entry.stem, entry);
  expect(await answers.read()).toEqual(entry.words);
}

async function entryHere(): Promise<Entry> {
  return entryFor(await page.locator('.stem').innerText());
}

function entryFor(stem: string): Entry {
  const entry = [...entries.values()].find(({ stem: begin }) => stem.startsWith(begin));
  if (!entry) throw new Error(`Nothing is planned for "${stem}".`);
  return entry;
}

/** Number of a question in this paper. */
function numberOf({ stem }: Entry): number {
  const questions = paper.filter(({ view }) => view.kind !== 'description');
  return 1 + questions.findIndex(({ view }) => plain(view.stem).startsWith(stem));
}

/** The figures of the review: answered, unanswered, incomplete, marked, not on the server. */
function counts(): Promise<string[]> {
  return page.getByRole('definition').allInnerTexts();
}

async function sessionOf(page: Page): Promise<ApiClient> {
  const client = new ApiClient(place.url);
  const cookies = await page.context().cookies(place.url);
  client.cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return client;
}
