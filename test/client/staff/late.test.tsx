// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ExamView, LateAttempt, LatePage } from '#bank/protocol';
import { LateAnswers } from '../../../client/staff/exams/late.tsx';
import { chooseLanguage } from '../../../client/staff/words/language.ts';
import { answerCalls, button, click, field, mount, type, until } from './mount.tsx';

const NOW = Date.UTC(2026, 4, 20, 3);
const closed = { id: 'e'.repeat(22), state: 'closed' } as ExamView;
const path = `/exams/${closed.id}/late`;
const text = () => document.body.textContent;

const lan: LateAttempt = {
  attempt: 'a'.repeat(22),
  candidate: 'c'.repeat(22),
  number: '1001',
  name: 'Lan',
  why: ['after-deadline', 'superseded'],
  count: 3,
  firstAt: NOW,
  lastAt: NOW + 120_000,
  slots: [0, 4],
  upTo: 3,
  mayCount: true,
};

let waiting: LateAttempt[];
let roles: string[];
/** How the server answers a decision. */
let reply: { status: number; body?: unknown };

beforeEach(() => {
  waiting = [lan];
  roles = ['proctor'];
  reply = {
    status: 200,
    body: { attempt: lan.attempt, decision: 'd'.repeat(22), verdict: 'count', answers: 3, sheet: 2 },
  };
});

afterEach(() => {
  chooseLanguage('vi');
  vi.unstubAllGlobals();
});

function answers() {
  return answerCalls(({ method, path: asked }) => {
    if (asked === '/me') return { status: 200, body: { id: 'u'.repeat(22), name: 'Cô Mai', roles } };
    if (method === 'POST') {
      if (reply.status === 200) waiting = [];
      return reply;
    }
    const page: LatePage = {
      exam: closed.id,
      state: closed.state,
      now: NOW + 200_000,
      waitsUntil: NOW + 1_800_000,
      attempts: waiting,
    };
    return { status: 200, body: page };
  });
}

describe('late answers on the page of an exam', () => {
  test('are not spoken of where there are none', async () => {
    waiting = [];
    const calls = answers();
    await mount(<LateAnswers exam={closed} />);
    await until(() => calls.some((call) => call.path === path));
    expect(document.querySelector('section')).toBeNull();
    await mount(<LateAnswers exam={{ ...closed, state: 'open' }} />);
    expect(calls.filter((call) => call.path === path)).toHaveLength(1);
  });

  test('stand with number, questions, times and reasons, in both languages', async () => {
    answers();
    await mount(<LateAnswers exam={closed} />);
    await until(() => text().includes('1001 · Lan'));
    for (const fact of ['3 câu trả lời, ở câu 1, 5', 'đến sau giờ làm bài', 'từ máy đã được thay'])
      expect(text()).toContain(fact);
    chooseLanguage('en');
    await mount(<LateAnswers exam={closed} />);
    await until(() => text().includes('3 answers, to questions 1, 5'));
    expect(text()).toContain('Grading waits for your decision until');
  });

  test('are decided on with a reason only, once, and leave the page', async () => {
    const calls = answers();
    await mount(<LateAnswers exam={closed} />);
    await until(() => button('Tính vào bài') !== undefined);
    expect(button('Tính vào bài')?.disabled).toBe(true);
    expect(button('Không tính')?.disabled).toBe(true);
    await type(field('Lí do quyết định cho Lan'), '  ok ');
    expect(button('Tính vào bài')?.disabled).toBe(true);
    await type(field('Lí do quyết định cho Lan'), ' Mất mạng. ');
    await click(button('Tính vào bài'));
    await until(() => document.querySelector('section') === null);
    const [sent] = calls.filter(({ method }) => method === 'POST');
    expect(sent).toMatchObject({
      path: `${path}/${lan.attempt}`,
      body: { verdict: 'count', reason: 'Mất mạng.', upTo: 3 },
    });
    expect(text()).toContain('Đã tính câu trả lời muộn của Lan.');
  });

  test('that somebody else has decided on meanwhile say so, and the list can be loaded again', async () => {
    const title = 'Đã có người quyết định về các câu trả lời muộn này.';
    reply = { status: 409, body: { code: 'late-decided', title } };
    answers();
    await mount(<LateAnswers exam={closed} />);
    await until(() => button('Không tính') !== undefined);
    await type(field('Lí do quyết định cho Lan'), 'Không có lí do chính đáng.');
    await click(button('Không tính'));
    await until(() => document.querySelector('[role=alert]')?.textContent.includes(title) ?? false);
    waiting = [];
    await click(button('Thử lại'));
    await until(() => document.querySelector('section') === null);
    expect(text()).not.toContain(title);
  });

  test('are named for those who cannot see them', async () => {
    answers();
    await mount(<LateAnswers exam={closed} />);
    await until(() => button('Tính vào bài') !== undefined);
    const names = [...document.querySelectorAll('section button')].map((one) =>
      one.getAttribute('aria-label'),
    );
    expect(names).toEqual(['Tính vào bài: Lan', 'Không tính: Lan']);
    const item = document.querySelector('.late li');
    expect(document.getElementById(item?.getAttribute('aria-labelledby') ?? '')?.textContent).toBe(
      '1001 · Lan',
    );
  });

  test('are only shown to who may not decide, and after the grading', async () => {
    roles = ['reviewer'];
    answers();
    await mount(<LateAnswers exam={closed} />);
    await until(() => text().includes('1001 · Lan'));
    expect(button('Tính vào bài')).toBeUndefined();
    roles = ['proctor'];
    await mount(<LateAnswers exam={{ ...closed, state: 'graded' }} />);
    await until(() => text().includes('đến sau khi đã chấm'));
    expect(button('Tính vào bài')).toBeUndefined();
  });
});
