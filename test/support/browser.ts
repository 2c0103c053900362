import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type ConsoleMessage,
  type Page,
} from 'playwright-core';
import { afterAll, type TestContext } from 'vitest';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((folder) => {
    const root = process.env[folder];
    if (!root) return [];
    return ['Chromium', 'Google\\Chrome', 'Microsoft\\Edge'].map((name) =>
      join(root, name, 'Application', name.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe'),
    );
  }),
};

/** A Chromium of this machine: on the path, where its installer puts it, or in playwright's own cache. */
const executable = [
  ...(process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => COMMANDS.map((name) => join(folder, name))),
  ...(PLACES[process.platform] ?? []),
  chromium.executablePath(),
].find((file) => existsSync(file));

const NO_BROWSER =
  'no Chromium was found: "apt-get install chromium" or "npx playwright-core install chromium" gives one';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-quic',
  '--disable-component-update',
  '--disable-sync',
];

/** Ends a wait for what never comes; a busy machine may take long to show what does. */
const PATIENCE_MS = 90_000;

export const hasBrowser = executable !== undefined;

/** For `beforeEach`: skips the tests of a file where there is no browser, and says how to get one. */
export function needBrowser(context: TestContext): void {
  if (!hasBrowser) context.skip(NO_BROWSER);
}

const browsers: Browser[] = [];

afterAll(async () => {
  await Promise.all(browsers.splice(0).map((browser) => browser.close()));
});

/** Starts a browser with these switches beside the usual ones; closed after the tests of this file. */
export async function openBrowser(...switches: string[]): Promise<Browser> {
  if (executable === undefined) throw new Error(NO_BROWSER);
  const browser = await chromium.launch({ executablePath: executable, args: [...FLAGS, ...switches] });
  browsers.push(browser);
  return browser;
}

/** A page that keeps its complaints. */
export interface WatchedPage {
  page: Page;
  /**
   * Errors and warnings of the console, violations of the content policy among them, and uncaught errors. A refusal
   * of the server is none: the page is to tell of it.
   */
  complaints: string[];
  /** While this is set, requests that reach no server are as expected. */
  isServerAway: boolean;
}

/** Opens a page in a context of its own: no cookie, no storage of others. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'vi-VN', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const watched: WatchedPage = { page, complaints: [], isServerAway: false };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isExpected(watched, message)) {
      watched.complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => watched.complaints.push(`uncaught: ${error.stack ?? error.message}`));
  return watched;
}

/** Chromium itself writes a line about each answer that is a refusal, and about each request that reached nobody. */
function isExpected({ isServerAway }: WatchedPage, message: ConsoleMessage): boolean {
  const isRefusal = /status of 4\d\d/.test(message.text()) && message.location().url.includes('/api/v1/');
  return isRefusal || (isServerAway && /net::ERR_(CONNECTION|EMPTY_RESPONSE|SOCKET)/.test(message.text()));
}
