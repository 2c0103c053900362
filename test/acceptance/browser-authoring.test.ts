import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ItemDetail } from '#bank/item';
import type { TemplateList } from '#bank/item/parametric';
import type { Blueprint, ItemList } from '#bank/protocol';
import { createExam, reached } from '../../scripts/steps/exam.ts';
import { ALL_KINDS, PICTURE_QUESTION, TOPIC } from '../support/all-kinds.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { filledBank, sealedExam } from '../support/exam.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { signStaffIn } from '../support/sign-in.ts';
import { inspect } from '../support/staff-page.ts';

const TEST_MS = 180_000;
const TEMPLATE = {
  code: 'TS-1',
  topic: TOPIC,
  level: 'APPLY',
  item: {
    kind: 'numeric',
    stem: [[{ t: 'text', v: 'Hai lần @{a} bằng mấy?' }]],
    parameters: [{ name: 'a', from: '1', to: '3', step: '1' }],
    derived: [],
    constraints: [],
    key: '2*a',
    distractors: [],
  },
};
const CELL = { id: 'I.1', count: 1, points: 1000, topic: TOPIC, level: 'KNOW', kind: 'hotspot' } as const;

let stage: RunningSchool;
let bank: string;
let watched: WatchedPage;

beforeEach(needBrowser);

beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openSchool();
  bank = await filledBank(stage.school, [TOPIC], ALL_KINDS.slice(0, 1), [PICTURE_QUESTION]);
  watched = await openPage(await openBrowser(), { viewport: { width: 1280, height: 800 } });
  await watched.page.goto(`${stage.url}/staff`);
  await signStaffIn(watched.page, stage.school.teacher);
  await watched.page.getByRole('heading', { name: 'Việc của tôi' }).waitFor();
}, TEST_MS);

const goTo = (path: string) => watched.page.goto(`${stage.url}/staff#${path}`);

async function onlyItem(): Promise<string> {
  const { items } = await stage.school.teacher.api.get<ItemList>(`/banks/${bank}/items?kind=hotspot`);
  return items[0]?.id ?? '';
}

describe('authors at their pages', { timeout: TEST_MS }, () => {
  it('draw an area of a picture by dragging, and it is saved as it was drawn', async () => {
    const { page } = watched;
    const item = await onlyItem();
    await goTo(`/banks/${bank}/items/${item}/edit`);
    const canvas = page.locator('.area-canvas');
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox())!;
    const to = async (part: number) => page.mouse.move(box.x + part * box.width, box.y + part * box.height);
    await to(0.25);
    await page.mouse.down();
    await to(0.5);
    await to(0.75);
    await page.mouse.up();
    const areas = page.getByLabel('Các vùng đúng');
    expect(await areas.inputValue()).toBe('tròn 12 12 4\nchữ nhật 6 6 18 18');
    await page.getByRole('button', { name: 'Xoá vùng A' }).click();
    expect(await inspect(watched)).toEqual([]);
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
    await page.getByRole('button', { name: 'Phiên bản 2' }).waitFor();
    const { key } = await stage.school.teacher.api.get<ItemDetail>(`/banks/${bank}/items/${item}`);
    expect(key).toEqual({ areas: [{ id: 'a', shape: 'rect', coords: [6, 6, 18, 18] }] });
  });

  it('come back to a question with changing numbers, and make more of it', async () => {
    const { page } = watched;
    const { api } = stage.school.teacher;
    await api.post(`/banks/${bank}/variants`, TEMPLATE);
    await goTo(`/banks/${bank}/variants`);
    await page.getByRole('button', { name: 'TS-1 (3 biến thể)' }).click();
    expect(await page.getByLabel('Công thức đáp án').inputValue()).toBe('2*a');
    await page.getByLabel('Tham số').fill('a: 1..5');
    const make = page.getByRole('button', { name: 'Tạo 5 bản nháp' });
    await make.waitFor();
    expect(await inspect(watched)).toEqual([]);
    await make.click();
    await page.getByText('Đã tạo 2').waitFor();
    const { templates } = await api.get<TemplateList>(`/banks/${bank}/templates`);
    expect(templates).toMatchObject([{ code: 'TS-1', made: 5 }]);
  });

  it('see where a question was used, and let a matrix leave it out for a while', async () => {
    const { page } = watched;
    const { teacher, proctor } = stage.school;
    const pupils = [{ number: '1001', name: 'Nguyễn Văn Bình' }];
    const { exam } = await sealedExam(stage.school, { bank, durationSeconds: 10, cells: [CELL], pupils });
    await proctor.api.post(`/exams/${exam.id}/start`);
    await reached(teacher.api, exam.id, 'closed');
    await goTo(`/banks/${bank}/items/${await onlyItem()}`);
    await page.getByText(/^lần cuối \d\d\/\d\d\/\d{4}, 1 bài thi, 1 đề$/).waitFor();
    expect(await inspect(watched)).toEqual([]);
    const setting = { title: 'Thi lại', bank, durationSeconds: 60, profile: 'P1' } as const;
    const again = await createExam(teacher.api, setting);
    const blueprint: Blueprint = { parts: [{ title: 'Phần I', cells: [CELL] }] };
    await teacher.api.put(`/exams/${again.id}/blueprint`, { blueprint, total: 1000 });
    await goTo(`/exams/${again.id}/matrix`);
    await page.getByLabel('Nghỉ ít nhất, ngày').fill('30');
    await page.getByText('Ô I.1: cần 1, có 0 · 1 câu khớp mới dùng').waitFor();
    expect(await inspect(watched)).toEqual([]);
    await page.getByRole('button', { name: 'Lưu ma trận' }).click();
    await page.getByText('tạm giữ lại: 1 câu mới dùng (dùng lại từ').waitFor();
  });
});
