import { beforeEach, expect, it } from 'vitest';
import { overflow, violations } from '../support/accessibility.ts';
import { hasBrowser, needBrowser, openBrowser, openPage } from '../support/browser.ts';
import { filledBank, sealedExam } from '../support/exam.ts';
import { openSchool } from '../support/server.ts';
import { inspect } from '../support/staff-page.ts';
import { signInByForm, signStaffIn } from '../support/sign-in.ts';

const CANCELLED = 'Kỳ thi này đã bị huỷ và không diễn ra.';

beforeEach(needBrowser);

it(
  'the cancellation of a sealed exam is told to a candidate who waits, and to one who signs in',
  { timeout: 120_000 },
  async () => {
    if (!hasBrowser) return;
    const { school, url } = await openSchool();
    const rows = ['A', 'B'].map((letter) => ({
      'Mã câu': `S${letter}`,
      'Dạng câu': 'Trả lời số',
      'Chủ đề': 'Sóng',
      'Mức độ': 'Biết',
      'Nội dung': `Câu ${letter}: một cộng một bằng bao nhiêu?`,
      'Đáp án': '2',
    }));
    const { exam, slips } = await sealedExam(school, {
      bank: await filledBank(school, ['Sóng'], rows),
      durationSeconds: 600,
      cells: [{ id: 'c1', count: 1, points: 1000, topic: 'Sóng', level: 'KNOW', kind: 'numeric' }],
      pupils: [{ number: '1001', name: 'Nguyễn Văn Bình' }],
    });
    const browser = await openBrowser();
    const { page } = await openPage(browser, { reducedMotion: 'reduce' });
    const signIn = () => signInByForm(page, slips.slips[0]);
    await page.goto(`${url}/thi/${slips.exam}`);
    await signIn();
    await page.getByText('Nguyễn Văn Bình').waitFor();

    const staff = await openPage(browser, {
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    await staff.page.goto(`${url}/staff/#/exams/${exam.id}`);
    await signStaffIn(staff.page, school.teacher);
    await staff.page.getByRole('button', { name: 'Huỷ kỳ thi' }).click();
    const dialog = staff.page.getByRole('dialog', { name: 'Huỷ kỳ thi?' });
    await dialog.getByRole('radio', { name: 'Nghi lộ đề' }).check();
    expect([...(await violations(staff.page)), ...(await overflow(staff.page))]).toEqual([]);
    await dialog.getByRole('button', { name: 'Huỷ kỳ thi' }).click();
    await staff.page.getByText('Kỳ thi này đã bị huỷ sau khi niêm phong').waitFor();
    expect(await inspect(staff)).toEqual([]);

    await page.getByText(CANCELLED).waitFor();
    await page.reload();
    await page.getByText(CANCELLED).waitFor();
    await signIn();
    await page.getByText(CANCELLED).waitFor();
  },
);
