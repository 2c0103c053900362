import { describe, expect, test } from 'vitest';
import type { PresentCandidate, ResultRow } from '#bank/protocol';
import { dataText, readNote } from '../../../client/staff/audit/leaf-text.ts';
import { bankPart } from '../../../client/staff/banks/bank-part.ts';
import { readTopics } from '../../../client/staff/banks/topics.ts';
import { durationSeconds, NEW_EXAM, toFields, toNewExam } from '../../../client/staff/exams/exam-settings.ts';
import { examSteps, type ExamStepState } from '../../../client/staff/exams/exam-steps.ts';
import { readableTex } from '../../../client/staff/items/readable-tex.ts';
import { summarise } from '../../../client/staff/results/summary.ts';
import { judgePassword, passwordLength } from '../../../client/staff/session/password.ts';
import { may } from '../../../client/staff/session/session.ts';
import { countStandings, inOrder, needsAttention, standingOf } from '../../../client/staff/wall/standing.ts';
import { byGivenName, dateTime, duration } from '../../../client/staff/words/format.ts';

describe('steps of an exam', () => {
  const owner = { isOwner: true, mayStart: false };
  const proctor = { isOwner: false, mayStart: true };
  const draft = { state: 'draft', candidateCount: 0, codeCount: 0 } as const;
  const blueprint = { parts: [] };
  const states = (steps: { name: string; state: ExamStepState }[]) =>
    Object.fromEntries(steps.map(({ name, state }) => [name, state]));

  test('a new draft wants its matrix and its list, nothing else', () => {
    const steps = states(examSteps(draft, owner));
    expect(steps).toMatchObject({ matrix: 'now', roster: 'now', codes: 'later', seal: 'later' });
    expect(Object.values(states(examSteps(draft, proctor)))).not.toContain('now');
  });

  test('sealing needs matrix and list, not the codes', () => {
    const ready = { ...draft, blueprint, candidateCount: 42 };
    expect(states(examSteps(ready, owner))).toMatchObject({ codes: 'now', seal: 'now', start: 'later' });
  });

  test('a sealed exam waits for the invigilator, who has one thing to do', () => {
    const sealed = { state: 'sealed', blueprint, candidateCount: 42, codeCount: 42 } as const;
    expect(states(examSteps(sealed, owner))['start']).toBe('waiting');
    const now = examSteps(sealed, proctor).filter(({ state }) => state === 'now');
    expect(now.map(({ name }) => name)).toEqual(['start']);
  });

  test('after the end its teacher grades, then releases', () => {
    const closed = { state: 'closed', blueprint, candidateCount: 42, codeCount: 42 } as const;
    expect(states(examSteps(closed, owner))).toMatchObject({
      sitting: 'done',
      grade: 'now',
      release: 'later',
    });
    expect(states(examSteps({ ...closed, state: 'graded' }, owner))['release']).toBe('now');
    const released = examSteps({ ...closed, state: 'released' }, owner);
    expect(released.every(({ state }) => state === 'done')).toBe(true);
  });
});

describe('the wall', () => {
  const one = (changed: Partial<PresentCandidate>): PresentCandidate => ({
    candidate: 'c'.repeat(22),
    attempt: 'a'.repeat(22),
    number: '1',
    name: 'Nguyễn An',
    state: 'running',
    connected: true,
    watermark: 0,
    answered: 0,
    lastSavedAt: null,
    devices: 1,
    held: 0,
    because: [],
    ...changed,
  });

  test('tells the cut off from those who never came', () => {
    expect(standingOf(one({ connected: false }))).toBe('lost');
    expect(standingOf(one({ connected: false, devices: 0 }))).toBe('away');
    expect(standingOf(one({ connected: false, devices: 0, state: 'closed' }))).toBe('away');
    expect(standingOf(one({ state: 'waiting' }))).toBe('waiting');
    expect(standingOf(one({ state: 'disconnected', connected: false }))).toBe('lost');
    expect(standingOf(one({ state: 'paused', connected: false }))).toBe('paused');
    expect(standingOf(one({ state: 'terminated' }))).toBe('ended');
    expect(standingOf(one({ state: 'superseded' }))).toBe('closed');
    expect(standingOf(one({ state: 'submitted', connected: false }))).toBe('submitted');
    expect(countStandings([one({}), one({ connected: false })])).toMatchObject({ working: 1, lost: 1 });
  });

  test('puts first what needs a look, and nothing once it is over', () => {
    const held = one({ number: '9', held: 2, state: 'submitted' });
    const lost = one({ number: '3', connected: false });
    const away = one({ number: '2', connected: false, devices: 0 });
    const working = one({ number: '1' });
    const order = inOrder([working, away, lost, held], 'problem', 'open').map(({ number }) => number);
    expect(order).toEqual(['9', '3', '2', '1']);
    expect(needsAttention(lost, 'open')).toBe(true);
    expect(needsAttention(lost, 'closed')).toBe(false);
  });

  test('orders numbers as numbers and names by the given name', () => {
    const list = [one({ number: '10', name: 'Trần Ân' }), one({ number: '9', name: 'Lê Bình' })];
    expect(inOrder(list, 'number', 'open').map(({ number }) => number)).toEqual(['9', '10']);
    expect(inOrder(list, 'name', 'open').map(({ name }) => name)).toEqual(['Trần Ân', 'Lê Bình']);
    expect(['Đỗ An', 'Trần Ánh', 'Bùi An'].sort(byGivenName)).toEqual(['Bùi An', 'Đỗ An', 'Trần Ánh']);
  });
});

describe('settings of an exam', () => {
  test('durations are whole minutes or seconds within the limits', () => {
    expect(durationSeconds({ duration: '45', unit: 'minutes' })).toBe(2700);
    expect(durationSeconds({ duration: '20', unit: 'seconds' })).toBe(20);
    for (const duration of ['', '0', '-5', '1,5', '9', 'abc']) {
      expect(durationSeconds({ duration, unit: 'seconds' })).toBeNull();
    }
    expect(durationSeconds({ duration: '721', unit: 'minutes' })).toBeNull();
  });

  test('what is sent is shown again as it was typed', () => {
    const fields = { ...NEW_EXAM, title: ' Kiểm tra ', bank: 'b', deadline: '2030-01-02T10:30' };
    const sent = toNewExam(fields);
    expect(sent).toMatchObject({ title: 'Kiểm tra', durationSeconds: 2700, profile: 'P1' });
    expect(sent && toFields(sent)).toEqual({ ...fields, title: 'Kiểm tra' });
    expect(toNewExam({ ...fields, deadline: '' })?.deadline).toBeNull();
  });
});

test('passwords are judged as the server judges them', () => {
  expect(judgePassword('ngắn quá', '')).toBe('short');
  expect(judgePassword('aaaaaaaaaaaaaaaaaa', 'lan')).toBe('plain');
  expect(judgePassword('cô lan dạy vật lí ở đây', 'Lan')).toBe('plain');
  expect(judgePassword('một câu dễ nhớ', 'lan')).toBe('short');
  expect(judgePassword('một câu dễ nhớ!!', 'lan')).toBe('good');
  expect(judgePassword('một câu dài và rất dễ nhớ', 'lan')).toBe('strong');
  expect(passwordLength('ệ'.normalize('NFD'))).toBe(1);
});

test('rights follow role in the bank and account together', () => {
  const teacher = (access: Parameters<typeof may>[1]) => may(['teacher'], access);
  const reviewer = (access: Parameters<typeof may>[1]) => may(['reviewer'], access);
  expect(bankPart({ roles: ['manager'] }, teacher)).toEqual({
    writes: true,
    reviews: true,
    manages: true,
    reads: true,
  });
  expect(bankPart({ roles: ['author', 'reviewer'] }, reviewer)).toMatchObject({
    writes: false,
    reviews: true,
  });
  expect(bankPart({ roles: [] }, teacher)).toMatchObject({ reads: false, manages: false });
});

test('topics are one on each line, each once', () => {
  expect(readTopics('  Dao  động \n\nSóng\nDao động\r\n')).toEqual(['Dao động', 'Sóng']);
});

test('marks are summed up without those who were absent', () => {
  const row = (rounded: number | null): ResultRow => ({
    attempt: 'a'.repeat(22),
    number: '1',
    name: 'An',
    marks: rounded === null ? null : { parts: [rounded], total: rounded, rounded },
  });
  expect(summarise([row(800), row(725), row(null)])).toEqual({
    graded: 2,
    absent: 1,
    average: 763,
    highest: 800,
    lowest: 725,
  });
  expect(summarise([row(null)]).average).toBeNull();
});

test('formulas in lists are brought nearer to what they mean', () => {
  expect(readableTex('x=A\\cos(\\omega t+\\varphi)')).toBe('x=Acos(ωt+φ)'.replace('ωt', 'ω t'));
  expect(readableTex('\\dfrac{A}{\\omega} và \\sqrt{2}')).toBe('A/ω và √(2)');
  expect(readableTex('\\omega liên hệ 0{,}5')).toBe('ω liên hệ 0,5');
  expect(readableTex('\\unknown{x} C:\\thư mục')).toBe('\\unknown{x} C:\\thư mục');
});

test('checkpoints and leaves are read for the page', () => {
  expect(readNote('niem/x\n42\nAAAA\n\n— sig\n')).toEqual({ origin: 'niem/x', size: 42, root: 'AAAA' });
  expect(readNote('nonsense')).toBeNull();
  expect(dataText({ papers: 42, hash: 'f'.repeat(64) })).toBe(`papers: 42 · hash: ${'f'.repeat(44)}…`);
  expect(dataText(undefined)).toBe('');
});

test('times and durations read as people write them', () => {
  expect(dateTime(new Date(2026, 10, 24, 9, 41).getTime())).toBe('24/11/2026 09:41');
  expect(duration(2700, 'vi')).toBe('45 phút');
  expect(duration(3900, 'en')).toBe('1 hour 5 minutes');
  expect(duration(20, 'vi')).toBe('20 giây');
});
