import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasBrowser, needBrowser, openBrowser, openPage } from '../support/browser.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

let stage: RunningSchool;
let page: Page;
/** Everything in the console, and every refusal, of any kind. */
let heard: string[];

beforeEach(needBrowser);

beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openSchool();
  ({ page } = await openPage(await openBrowser()));
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on('response', (answer) => {
    if (answer.status() >= 400) heard.push(`${answer.status()} ${answer.url()}`);
  });
});

beforeEach(() => {
  heard = [];
});

describe('a page that is opened before anybody has signed in', () => {
  it.each([
    ['/thi/ABC123', 'Vào phòng thi'],
    ['/thi', 'Vào phòng thi'],
    ['/staff', 'Đăng nhập'],
  ])('%s asks who it is, is refused nothing, and leaves the console empty', async (path, heading) => {
    const asked = page.waitForResponse((answer) => answer.url().endsWith('/me'));
    await page.goto(stage.url + path);
    expect((await asked).status()).toBe(200);
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(heard).toEqual([]);
  });
});
