import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/process/repository.ts';
import { plausibleAnswer } from '../../scripts/steps/plausible-answer.ts';
import { gather } from '../../scripts/steps/gather.ts';
import { reached } from '../../scripts/steps/exam.ts';
import { ALL_KINDS, ALL_KINDS_CELLS, PICTURE_QUESTION, TOPIC } from '../support/all-kinds.ts';
import { filledBank, sealedExam } from '../support/exam.ts';
import { problemOf } from '../support/refusal.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { workbookOf } from '../support/workbook.ts';

const preload = pathToFileURL(join(root, 'test/support/no-code-from-strings.mjs')).href;

let stage: RunningSchool;
beforeAll(async () => {
  stage = await openSchool({
    NODE_OPTIONS: `--disallow-code-generation-from-strings --import ${preload}`,
  });
});

describe('a server that may make no code from strings', () => {
  it('refuses what does not fit its schema', async () => {
    const { api } = stage.school.admin;
    const refused = await problemOf(api.post('/invitations', { roles: ['admin'], more: true }));
    expect(refused).toMatchObject({ status: 400, code: 'invalid-input' });
    expect(await problemOf(api.get('/audit/entries?limit=many'))).toMatchObject({ code: 'invalid-input' });
  });

  it('does an exam with questions of every kind, from the import to the mark sheet', async () => {
    const { school, url, server } = stage;
    const teacher = school.teacher.api;
    const bank = await filledBank(school, [TOPIC], ALL_KINDS, [PICTURE_QUESTION]);
    const { exam, slips } = await sealedExam(school, {
      bank,
      durationSeconds: 10,
      cells: ALL_KINDS_CELLS,
      pupils: [{ number: '1001', name: 'Nguyễn Văn Bình' }],
    });
    const candidates = await gather(url, slips);
    await school.proctor.api.post(`/exams/${exam.id}/start`);
    for (const candidate of candidates) {
      await candidate.opened();
      for (const { slot, view } of candidate.paper)
        if (view.kind !== 'description') await candidate.answer(slot, plausibleAnswer(view));
      candidate.close();
    }
    await reached(teacher, exam.id, 'closed');
    await teacher.finished(await teacher.post(`/exams/${exam.id}/grade`));
    expect((await teacher.download(`/exams/${exam.id}/results.xlsx`)).subarray(0, 2).toString()).toBe('PK');
    expect((await teacher.download(`/question-template`)).subarray(0, 2).toString()).toBe('PK');
    expect(server.log).toBe('');
  });

  it('reads a workbook', async () => {
    const { api } = stage.school.teacher;
    const { id } = await api.post<{ id: string }>('/exams', {
      title: 'Kiểm tra',
      bank: (await api.get<{ banks: { id: string }[] }>('/banks')).banks[0]?.id,
      profile: 'P1',
      durationSeconds: 600,
      markingPolicy: 'vn-thpt-2025',
      showPoints: true,
    });
    const list = await workbookOf([
      ['Số báo danh', 'Họ và tên'],
      ['1001', 'Nguyễn Văn Bình'],
    ]);
    expect(await api.upload(`/exams/${id}/roster/preview`, list, 'lop.xlsx')).toMatchObject({ added: 1 });
  });
});
