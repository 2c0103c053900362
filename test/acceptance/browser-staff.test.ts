import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccessSlips, CandidateMe, Publication } from '#bank/protocol';
import { CLASS_LIST, QUESTION_FILE, TOPICS } from '../../scripts/demo/content.ts';
import { niem } from '../../scripts/process/niem.ts';
import type { PlayedCandidate } from '../../scripts/steps/candidate.ts';
import { gather } from '../../scripts/steps/gather.ts';
import { plausibleAnswer } from '../../scripts/steps/plausible-answer.ts';
import { violations } from '../support/accessibility.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { freshPlace, serverOn } from '../support/server.ts';
import { choose, inspect, savedBy } from '../support/staff-page.ts';

const PASSWORD = 'một câu dài dễ nhớ của trường';
const TITLE = 'Kiểm tra cuối năm môn Vật lí 11';
const SECONDS = 25;
const TEST_MS = 180_000;
const JOB = { timeout: 60_000 };

let url: string;
let browser: Browser;
let setupUrl: string;
const staff: Record<string, WatchedPage> = {};
const links: Record<string, string> = {};
let candidates: PlayedCandidate[] = [];

beforeEach(needBrowser);

beforeAll(async () => {
  if (!hasBrowser) return;
  const started = await serverOn(freshPlace()).start();
  if (started.setupUrl === null) throw new Error('The data folder is not fresh.');
  ({ url, setupUrl } = { url: started.url, setupUrl: started.setupUrl });
  browser = await openBrowser();
});

async function joinBy(link: string, name: string, login: string): Promise<WatchedPage> {
  const watched = await openPage(browser, {
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    reducedMotion: 'reduce',
  });
  const { page } = watched;
  await page.goto(link);
  await page.getByLabel('Họ và tên').fill(name);
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.locator('[autocomplete=new-password]').fill(PASSWORD);
  expect(await inspect(watched)).toEqual([]);
  await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
  await page.getByRole('heading', { name: 'Việc của tôi' }).waitFor();
  return watched;
}

function pageOf(role: string): Page {
  const watched = staff[role];
  if (!watched) throw new Error(`nobody is ${role}`);
  return watched.page;
}

async function invite(role: string): Promise<void> {
  const page = pageOf('admin');
  await page.getByRole('button', { name: 'Mời người mới' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: 'Giáo viên' }).uncheck();
  await dialog.getByRole('checkbox', { name: role }).check();
  await dialog.getByRole('button', { name: 'Tạo đường dẫn' }).click();
  links[role] = await dialog.getByLabel('Đường dẫn dùng một lần').inputValue();
  await dialog.getByRole('button', { name: 'Xong' }).click();
}

async function openExam(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Các mục' }).getByRole('link', { name: 'Kỳ thi' }).click();
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('heading', { name: 'Các bước' }).waitFor();
}

describe('a whole exam by the hands of its staff', { timeout: TEST_MS }, () => {
  it('the set-up link makes an administrator, who invites the others', async () => {
    staff['admin'] = await joinBy(setupUrl, 'Trần Văn Quản', 'quan.tri');
    const page = pageOf('admin');
    expect(await inspect(staff['admin'])).toEqual([]);
    await page.getByRole('link', { name: 'Mời người' }).click();
    for (const role of ['Giáo viên', 'Người thẩm định', 'Giám thị']) await invite(role);
    staff['teacher'] = await joinBy(links['Giáo viên'] ?? '', 'Nguyễn Thị Lan', 'co.lan');
    staff['reviewer'] = await joinBy(links['Người thẩm định'] ?? '', 'Phạm Quang Minh', 'thay.minh');
    staff['proctor'] = await joinBy(links['Giám thị'] ?? '', 'Lê Thu Hoà', 'co.hoa');
    await page.reload();
    await page.getByRole('rowheader', { name: 'Lê Thu Hoà' }).waitFor();
    expect(await inspect(staff['admin'])).toEqual([]);
    await page.goto(setupUrl);
    await page.getByText('Đường dẫn này đã được dùng hoặc đã hết hạn').waitFor();
  });

  it('the teacher makes a bank, shares it and imports the questions of a file', async () => {
    const page = pageOf('teacher');
    await page.getByRole('link', { name: 'Tạo ngân hàng' }).click();
    await page.getByLabel('Tên ngân hàng').fill('Vật lí 11');
    await page.getByLabel('Chủ đề').fill(TOPICS.join('\n'));
    expect(await inspect(staff['teacher']!)).toEqual([]);
    await page.getByRole('button', { name: 'Tạo ngân hàng' }).click();
    await page.getByRole('link', { name: 'Thành viên' }).click();
    await choose(page, 'Chọn đồng nghiệp', 'Phạm Quang Minh');
    await page.getByRole('checkbox', { name: 'Duyệt câu hỏi', exact: true }).last().check();
    await page.getByRole('button', { name: 'Thêm thành viên' }).click();
    await page.getByText('Đã thêm Phạm Quang Minh').waitFor();
    expect(await inspect(staff['teacher']!)).toEqual([]);
    await page.getByRole('link', { name: 'Vật lí 11' }).click();
    await page.getByRole('link', { name: 'Nhập từ tệp' }).first().click();
    expect(
      readFileSync(await savedBy(page, 'Tải tệp mẫu'))
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    await page.getByLabel('Tệp câu hỏi').setInputFiles(QUESTION_FILE);
    expect(await inspect(staff['teacher']!)).toEqual([]);
    await page.getByRole('button', { name: 'Đọc tệp và xem trước' }).click();
    const take = page.getByRole('button', { name: 'Nhận 162 câu vào ngân hàng' });
    await take.waitFor(JOB);
    for (const cell of ['Ô O14', 'Ô C51', 'Ô B77', 'Ô F107', 'Ô F135']) await page.getByText(cell).waitFor();
    expect(await inspect(staff['teacher']!)).toEqual([]);
    await take.click();
    await page.getByRole('link', { name: 'Về ngân hàng' }).click(JOB);
    await page.getByRole('button', { name: 'Gửi duyệt' }).click();
    await page.getByText('Đã gửi duyệt 162 câu').waitFor(JOB);
    expect(await inspect(staff['teacher']!)).toEqual([]);
  });

  it('the reviewer opens a question, then approves all', async () => {
    const page = pageOf('reviewer');
    await page.reload();
    await page.getByRole('link', { name: '162 câu chờ bạn duyệt' }).click();
    await page.getByRole('link', { name: 'DD-24', exact: true }).click();
    await page.locator('.candidate-view .katex').first().waitFor();
    await page.getByRole('button', { name: 'Xem đáp án' }).click();
    await page.getByText('a) Đúng').waitFor();
    expect(await inspect(staff['reviewer']!)).toEqual([]);
    await page.goBack();
    await page.getByRole('button', { name: 'Chọn tất cả 162 câu' }).click();
    expect(await inspect(staff['reviewer']!)).toEqual([]);
    await page.getByRole('button', { name: 'Duyệt 162 câu' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Duyệt 162 câu' }).click();
    await page.getByText('Không có câu nào chờ duyệt').waitFor(JOB);
  });

  it('the teacher makes an exam; its matrix says at once what the bank cannot fill', async () => {
    const page = pageOf('teacher');
    await page.getByRole('link', { name: 'Kỳ thi' }).first().click();
    await page.getByRole('link', { name: 'Tạo kỳ thi' }).click();
    await page.getByLabel('Tên kỳ thi').fill(TITLE);
    await page.getByLabel('Thời gian làm bài').fill(String(SECONDS));
    await choose(page, 'Đơn vị', 'giây');
    expect(await inspect(staff['teacher']!)).toEqual([]);
    await page.getByRole('button', { name: 'Tạo kỳ thi' }).click();
    await page.getByRole('link', { name: 'Lập ma trận' }).click();
    await page.getByRole('button', { name: 'Ba phần như đề tốt nghiệp' }).click();
    const ask = (topic: string, kind: string, level: string, count: number) =>
      page.getByLabel(`Số câu: ${topic}, ${kind}, ${level}`).fill(String(count));
    for (const topic of TOPICS) {
      for (const level of ['Biết', 'Hiểu', 'Vận dụng']) await ask(topic, 'Một lựa chọn', level, 1);
      await ask(topic, 'Đúng–Sai', 'Hiểu', 1);
      await ask(topic, 'Trả lời số', 'Hiểu', 1);
    }
    await ask('Sóng', 'Trả lời số', 'Biết', 2);
    await page.getByText('cần 2, có 0').first().waitFor();
    await page.getByText(/^Ô III\.\d: cần 2, có 0/).waitFor();
    expect(await inspect(staff['teacher']!)).toEqual([]);
    await ask('Sóng', 'Trả lời số', 'Biết', 0);
    await page.getByText('còn thiếu 1,00 đ').first().waitFor();
    await ask('Sóng', 'Một lựa chọn', 'Biết', 5);
    await page.getByRole('button', { name: 'Lưu ma trận' }).click();
    await page.getByText('Đã lưu ma trận').waitFor();
  });

  it('imports the class, prints slips and seals a paper for each', async () => {
    const page = pageOf('teacher');
    await openExam(page);
    await page.getByRole('link', { name: 'Nhập danh sách' }).click();
    await page.getByLabel('Tệp danh sách').setInputFiles(CLASS_LIST);
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByRole('button', { name: 'Nhận 42 thí sinh' }).click();
    await page.getByText('Đã nhập: 42 thêm').waitFor();
    await page.getByRole('rowheader', { name: 'Nguyễn Hoàng An' }).waitFor();
    expect(await inspect(staff['teacher']!)).toEqual([]);
    await page.getByRole('link', { name: 'Tiếp: tạo mã và in phiếu' }).click();
    await page.getByRole('button', { name: 'Tạo mã cho 42 thí sinh' }).click();
    await page.getByText('42/42 thí sinh đã có mã').waitFor(JOB);
    const answer = page.waitForResponse((response) => response.url().endsWith('/slips'));
    await page.getByRole('button', { name: 'Mở phiếu để in' }).click();
    const slips = (await (await answer).json()) as AccessSlips;
    await page.getByText('PHIẾU DỰ THI').nth(41).waitFor();
    expect(await inspect(staff['teacher']!)).toEqual([]);
    await openExam(page);
    await page.getByRole('button', { name: 'Niêm phong…' }).click();
    await page.getByText('Máy chủ rút 42 đề khác nhau').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Niêm phong' }).click();
    await page.getByText('42 đề đã niêm phong').waitFor(JOB);
    await page.getByText('Mã băm bản kê').waitFor();
    expect(await inspect(staff['teacher']!)).toEqual([]);
    candidates = await gather(url, { ...slips, slips: slips.slips.slice(0, 4) });
  });

  it('the proctor starts it, watches, and releases a device with a reason', async () => {
    const page = pageOf('proctor');
    await page.reload();
    await page.getByRole('link', { name: TITLE }).click();
    await page.getByRole('link', { name: 'Xem phòng thi' }).click();
    await page.getByRole('button', { name: '4 Đang chờ' }).waitFor();
    await page.getByRole('button', { name: 'Mở kỳ thi…' }).click();
    await page.getByText('Hiện có 4/42 thí sinh đã vào phòng chờ').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Mở kỳ thi ngay' }).click();
    await Promise.all(candidates.map(answerThree));
    candidates[0]?.close();
    await page.getByRole('button', { name: '1 Mất kết nối' }).waitFor();
    await page
      .getByRole('button', { name: /^Mở lại máy:/ })
      .first()
      .click();
    await page.getByRole('radio', { name: 'Đổi sang máy khác' }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Mở lại máy' }).click();
    await page.getByText(/Đã mở lại máy cho/).waitFor();
    await giveMoreTime(page, candidates[1]!);
    expect(await inspect(staff['proctor']!)).toEqual([]);
    await candidates[1]?.submit();
    await page.getByText(/Đã kết thúc lúc/).waitFor(JOB);
    await page.getByRole('button', { name: '4 Đã thu bài' }).waitFor();
    for (const candidate of candidates) candidate.close();
  });

  it('the teacher grades, reads the table, takes its files and releases it', async () => {
    const page = pageOf('teacher');
    await openExam(page);
    await page.getByRole('button', { name: 'Chấm bài' }).click();
    await page.getByRole('link', { name: 'Xem bảng điểm và công bố' }).click(JOB);
    await page.getByRole('rowheader', { name: 'Nguyễn Hoàng An' }).waitFor();
    expect(await inspect(staff['teacher']!)).toEqual([]);
    expect(
      readFileSync(await savedBy(page, 'Tải Excel'))
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect(readFileSync(await savedBy(page, 'Tải CSV'), 'utf8')).toContain('Nguyễn Hoàng An');
    const publication = await savedBy(page, 'Tải tệp công bố');
    const checked = await niem(['verify-papers', publication, '--json']);
    expect(checked.code).toBe(0);
    const { papers } = JSON.parse(readFileSync(publication, 'utf8')) as Publication;
    expect(papers).toHaveLength(42);
    await page.getByRole('button', { name: 'Công bố kết quả…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Công bố' }).click();
    await page.getByText('Đã công bố kết quả').waitFor();
  });

  it('the teacher finds everything again, leaves and comes back', async () => {
    const watched = staff['teacher']!;
    const { page } = watched;
    await openExam(page);
    expect(await inspect(watched)).toEqual([]);
    for (const section of ['Việc của tôi', 'Ngân hàng câu hỏi', 'Kỳ thi']) {
      await visit(page, section);
      expect(await inspect(watched)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Thoát' }).click();
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    const password = page.locator('[autocomplete=current-password]');
    await page.getByLabel('Tên đăng nhập').fill('co.lan');
    await password.fill('không phải mật khẩu này');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('alert').waitFor();
    expect(await inspect(watched)).toEqual([]);
    await password.fill(PASSWORD);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByText('Xin chào Nguyễn Thị Lan').waitFor();
  });

  it('the administrator finds every act in the ledger', async () => {
    const page = pageOf('admin');
    await page.goto(`${url}/staff/#/audit`);
    for (const act of ['Công bố kết quả', 'Chấm bài', 'Kết thúc kỳ thi']) {
      await page.getByRole('rowheader', { name: act, exact: true }).first().waitFor();
    }
    await page.getByRole('button', { name: 'Xem thêm' }).click();
    await page.getByRole('rowheader', { name: 'Mở lại máy', exact: true }).first().waitFor();
    expect(await inspect(staff['admin']!)).toEqual([]);
  });
});

async function visit(page: Page, section: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Các mục' }).getByRole('link', { name: section }).click();
  await page.getByRole('heading', { level: 1, name: section }).waitFor();
}

async function giveMoreTime(page: Page, candidate: PlayedCandidate): Promise<void> {
  const before = await candidate.api.get<CandidateMe>('/candidate/me');
  await page.getByRole('button', { name: `Thêm giờ: ${before.name}` }).click();
  await page.getByRole('textbox', { name: 'Số phút' }).fill('7');
  await page.getByRole('radio', { name: 'Máy hỏng' }).check();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Thêm 7 phút' }).click();
  await page.getByText('Đã thêm 7 phút cho 1 thí sinh.').waitFor();
  await page.getByText(/kết thúc .*, vì: \+7 phút \(Máy hỏng\)/).waitFor();
  const after = await candidate.api.get<CandidateMe>('/candidate/me');
  expect(after.endsAt).toBe((before.endsAt ?? 0) + 7 * 60_000);
}

async function answerThree(candidate: PlayedCandidate): Promise<void> {
  await candidate.opened();
  const questions = candidate.paper.filter(({ view }) => view.kind !== 'description').slice(0, 3);
  for (const { slot, view } of questions) await candidate.answer(slot, plausibleAnswer(view));
}
