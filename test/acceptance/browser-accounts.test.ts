import type { Browser, Page, Route } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overflow, showWhole, smallTargets, violations } from '../support/accessibility.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { inspect } from '../support/staff-page.ts';
import { signStaffIn } from '../support/sign-in.ts';

const PASSWORD = 'một câu mới, vẫn dễ nhớ';
const NAME = 'Nguyễn Thị Lan';

let stage: RunningSchool;
let browser: Browser;
let admin: WatchedPage;
let teacher: WatchedPage;

beforeEach(needBrowser);

beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openSchool();
  browser = await openBrowser();
  admin = await signedIn('admin');
  teacher = await signedIn('teacher');
});

async function openAt(path: string): Promise<WatchedPage> {
  const viewport = { width: 1280, height: 800 };
  const watched = await openPage(browser, { viewport, reducedMotion: 'reduce' });
  await watched.page.goto(`${stage.url}/staff/${path}`);
  return watched;
}

async function signedIn(who: 'admin' | 'teacher'): Promise<WatchedPage> {
  const watched = await openAt('');
  await signStaffIn(watched.page, stage.school[who]);
  await watched.page.getByRole('heading', { name: 'Việc của tôi' }).waitFor();
  return watched;
}

/** Opens what may be done with the account of the teacher. */
async function openAccount(): Promise<void> {
  await admin.page.getByRole('button', { name: `Sửa tài khoản: ${NAME}` }).click();
  await admin.page.getByRole('dialog', { name: `Tài khoản của ${NAME}` }).waitFor();
}

/** Goes on to a page without loading anew. */
async function goTo({ page }: WatchedPage, path: string): Promise<void> {
  await page.goto(`${stage.url}/staff/${path}`);
}

const askedAgain = () => teacher.page.getByRole('heading', { name: 'Đăng nhập lại' });

/** The teacher, whose session is over; until the page goes on. */
async function signInAgain(): Promise<void> {
  await askedAgain().waitFor();
  await signStaffIn(teacher.page, { login: stage.school.teacher.login, password: PASSWORD });
  await askedAgain().waitFor({ state: 'detached' });
}

/** Ends the session of a page without its knowing. */
async function endSession(page: Page): Promise<void> {
  await page.evaluate(() => fetch('/api/v1/sign-out', { method: 'POST', headers: { 'x-niem': '1' } }));
}

const rowOf = (name: string) => admin.page.getByRole('row', { name });

describe('accounts by the hands of an administrator', { timeout: 120_000 }, () => {
  it('are listed; the own one is not for change', async () => {
    await admin.page.goto(`${stage.url}/staff/#/people`);
    await rowOf(NAME).waitFor();
    expect(await rowOf('Trần Văn Quản (bạn)').getByRole('button').count()).toBe(0);
    expect(await inspect(admin)).toEqual([]);
  });

  it('are changed in a dialog that fits a phone', async () => {
    const { page } = admin;
    for (const theme of ['Nền tối', 'Nền sáng']) {
      await page.getByRole('button', { name: theme }).click();
      await openAccount();
      for (const width of [1280, 360]) {
        await showWhole(page, width);
        expect([...(await violations(page)), ...(await overflow(page))]).toEqual([]);
        expect(await smallTargets(page, 24)).toEqual([]);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.keyboard.press('Escape');
    }
    await openAccount();
  });

  it('get other roles', async () => {
    const { page } = admin;
    await page.getByRole('checkbox', { name: 'Giáo viên' }).uncheck();
    await page.getByText('Hãy chọn ít nhất một vai trò').waitFor();
    expect(await page.getByRole('button', { name: 'Lưu vai trò' }).isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'Giáo viên' }).check();
    await page.getByRole('checkbox', { name: 'Giám thị' }).check();
    await page.getByRole('button', { name: 'Lưu vai trò' }).click();
    await page.getByText(`Đã đổi vai trò của ${NAME}`).waitFor();
    await rowOf(NAME).getByText('Giáo viên, Giám thị').waitFor();
  });

  it('get a link for a new password, which its owner uses', async () => {
    await openAccount();
    await admin.page.getByRole('button', { name: 'Tạo đường dẫn đặt mật khẩu' }).click();
    const link = await admin.page.getByLabel('Đường dẫn dùng một lần').inputValue();
    expect(await violations(admin.page)).toEqual([]);
    await admin.page.getByRole('button', { name: 'Xong' }).click();
    const visitor = await openAt(link.slice(link.indexOf('#')));
    await visitor.page.getByRole('heading', { name: 'Đặt mật khẩu mới' }).waitFor();
    await visitor.page.getByText(`tài khoản của ${NAME}`).waitFor();
    const button = visitor.page.getByRole('button', { name: 'Đặt mật khẩu' });
    expect(await button.isDisabled()).toBe(true);
    await visitor.page.locator('[autocomplete=new-password]').fill(PASSWORD);
    expect(await inspect(visitor)).toEqual([]);
    await button.click();
    await visitor.page.getByText(`Xin chào ${NAME}`).waitFor();
    await goTo(teacher, '#/exams');
    await signInAgain();
    await teacher.page.getByRole('heading', { level: 1, name: 'Kỳ thi' }).waitFor();
  });

  it('keep what is being entered, also when the session ends again while it is taken up', async () => {
    const { page } = teacher;
    await goTo(teacher, '#/banks/new');
    await page.getByLabel('Tên ngân hàng').fill('Vật lí 11');
    await endSession(page);
    await page.getByRole('button', { name: 'Tạo ngân hàng' }).click();
    const endFirst = async (route: Route) => {
      await endSession(page);
      await route.continue();
    };
    await page.route('**/api/v1/me', endFirst, { times: 1 });
    await askedAgain().waitFor();
    await signStaffIn(page, { login: stage.school.teacher.login, password: PASSWORD });
    await page.locator('.over').getByRole('alert').waitFor();
    await signInAgain();
    expect(await page.getByLabel('Tên ngân hàng').inputValue()).toBe('Vật lí 11');
  });

  it('are locked, which signs their owner out, and unlocked', async () => {
    await openAccount();
    await admin.page.getByRole('button', { name: 'Khoá tài khoản' }).click();
    await rowOf(NAME).getByText('Đã khoá').waitFor();
    await goTo(teacher, '#/banks');
    await askedAgain().waitFor();
    await openAccount();
    expect(await admin.page.getByText('Quên mật khẩu').count()).toBe(0);
    expect(await violations(admin.page)).toEqual([]);
    await admin.page.getByRole('button', { name: 'Mở khoá tài khoản' }).click();
    await rowOf(NAME).getByText('Đang dùng').waitFor();
    expect(admin.complaints).toEqual([]);
  });
});
