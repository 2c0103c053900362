// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  timePolicyAt,
  type ExamView,
  type PresencePage,
  type PresencePush,
  type WaitingDevice,
} from '#bank/protocol';
import { freshnessOf } from '../../../client/staff/wall/freshness.tsx';
import type { WallEvents } from '../../../client/staff/wall/wall-socket.ts';
import { Wall } from '../../../client/staff/wall/wall.tsx';
import { answerCalls, click, mount, until } from './mount.tsx';

/** Lines that the page has opened, each as the page hears it. */
const lines: (WallEvents & { exam: string; isClosed: boolean })[] = [];

vi.mock('../../../client/staff/wall/wall-socket.ts', () => ({
  openWallSocket(exam: string, events: WallEvents) {
    const line = { ...events, exam, isClosed: false };
    lines.push(line);
    return () => {
      line.isClosed = true;
    };
  },
}));

const exam = { id: 'e'.repeat(22), title: 'Kiểm tra', state: 'open', owner: 'u'.repeat(22) } as ExamView;
const lan: PresencePage['candidates'][number] = {
  candidate: 'c'.repeat(22),
  attempt: 'a'.repeat(22),
  number: '1001',
  name: 'Lan',
  state: 'running',
  connected: true,
  watermark: 1,
  answered: 1,
  lastSavedAt: 1_000,
  devices: 1,
  held: 0,
  because: [],
};
const { candidate: _candidate, number: _number, name: _name, ...standing } = lan;
const push = (changes: Partial<typeof standing>): PresencePush => ({
  exam: exam.id,
  state: 'open',
  now: 2_000,
  standings: [{ ...standing, ...changes }],
});

const text = () => document.body.textContent;
const row = () => document.querySelector('.wall tbody tr')?.textContent ?? '';
let asked = 0;
const waiting: WaitingDevice = {
  request: 'r'.repeat(22),
  candidate: lan.candidate,
  number: '1001',
  name: 'Lan',
  askedAt: 1_000,
  expiresAt: 300_000,
  device: { kind: 'phone', system: 'Android', network: '10.1.2.*' },
};
let devices: WaitingDevice[] = [];
let clock: PresencePage['clock'] = [];
const decided: { path: string; body: unknown }[] = [];

beforeEach(() => {
  lines.length = 0;
  asked = 0;
  devices = [];
  clock = [];
  decided.length = 0;
  answerCalls(({ path, body }) => {
    if (path === '/me')
      return { status: 200, body: { id: 'u'.repeat(22), name: 'Cô Mai', roles: ['proctor'] } };
    if (path === `/exams/${exam.id}`) return { status: 200, body: exam };
    if (path === `/exams/${exam.id}/device-requests`)
      return { status: 200, body: { exam: exam.id, now: 1_500, requests: devices } };
    if (path.startsWith('/device-requests/')) {
      decided.push({ path, body });
      devices = [];
      return { status: 200, body: { request: waiting.request, verdict: 'approve' } };
    }
    asked++;
    return { status: 200, body: { exam: exam.id, state: 'open', now: 1_500, clock, candidates: [lan] } };
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function open() {
  await mount(<Wall params={{ exam: exam.id }} />);
  await until(() => row().includes('Lan') && lines.length > 0);
  const line = lines.at(-1);
  if (!line) throw new Error('the page has opened no line');
  return line;
}

describe('the wall', () => {
  test('shows what the server pushes, at once and under the name it knows', async () => {
    const line = await open();
    expect(line.exam).toBe(exam.id);
    line.onOpen();
    line.onPush(push({ answered: 7 }));
    await until(() => row().includes('7'));
    expect(row()).toContain('Lan');
    line.onPush(push({ connected: false }));
    await until(() => row().includes('Mất kết nối'));
    expect(text()).toContain('Đang cập nhật');
  });

  test('asks again and again only while no line is there', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const line = await open();
    const before = asked;
    await vi.advanceTimersByTimeAsync(9_500);
    expect(asked).toBeGreaterThanOrEqual(before + 3);

    line.onOpen();
    await until(() => asked > before + 3);
    const withLine = asked;
    for (let beats = 0; beats < 5; beats++) {
      line.onBeat({ now: 3_000 });
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(asked).toBe(withLine);

    line.onClose();
    await vi.advanceTimersByTimeAsync(6_500);
    expect(asked).toBeGreaterThan(withLine);
  });

  test('says what happened to the clock of the server during the exam', async () => {
    clock = [
      { kind: 'away', from: 0, at: 600_000, byMs: 600_000 },
      { kind: 'set', from: 1_000, at: 2_000, byMs: -3_600_000 },
      { kind: 'behind', from: 1_000, at: 1_000, byMs: -60_000 },
    ];
    await open();
    const told = [...document.querySelectorAll('.callout')].map(({ textContent }) => textContent);
    expect(told).toEqual([
      expect.stringMatching(/vắng mặt từ \d\d:00:00 đến \d\d:10:00/),
      expect.stringContaining('bị chỉnh 1 giờ'),
      expect.stringContaining('chậm 1 phút'),
    ]);
  });

  test('reminds of a clock that has been stopped for long, and says when the attempt is closed', async () => {
    const { pauseWarnMs } = timePolicyAt(0);
    const line = await open();
    const paused = { since: 2_000, closesAt: 600_000 };
    const about = (ms: number) => ({ ...push({ state: 'paused', paused }), now: 2_000 + ms });
    line.onPush(about(pauseWarnMs - 1));
    await until(() => row().includes('Dừng đồng hồ'));
    expect(document.querySelector('.callout')).toBeNull();
    line.onPush(about(pauseWarnMs));
    await until(() => /1 thí sinh đã dừng quá 30 phút.* lúc \d\d\/\d\d\/\d{4} \d\d:10/.test(text()));
  });

  test('shows a device that waits as soon as the server says so, and sends the decision with its reason', async () => {
    const line = await open();
    devices = [waiting];
    line.onDevices({ exam: exam.id });
    await until(() => text().includes('Máy chờ giám thị đồng ý: 1'));
    expect(text()).toContain('điện thoại, Android, 10.1.2.*');
    await click(document.querySelector('[aria-label="Đồng ý: Lan"]'));
    await until(() => text().includes('Cho Lan làm tiếp ở máy mới?'));
    await click(
      [...document.querySelectorAll('[role=dialog] button')].find((one) => one.textContent === 'Đồng ý'),
    );
    await until(() => decided.length > 0 && !text().includes('Máy chờ giám thị'));
    expect(decided).toEqual([
      {
        path: `/device-requests/${waiting.request}`,
        body: { verdict: 'approve', reason: 'device-failed' },
      },
    ]);
  });

  test('closes its line when the page is left', async () => {
    const line = await open();
    await mount(<p />);
    expect(line.isClosed).toBe(true);
  });

  test('tells by the age of the last news whether they are fresh, slow or lost', () => {
    expect([0, 5_999, 6_000, 14_999, 15_000, Infinity].map(freshnessOf)).toEqual([
      'fresh',
      'fresh',
      'slow',
      'slow',
      'lost',
      'lost',
    ]);
  });
});
