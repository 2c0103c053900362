/**
 * An exam whose matrix is no partition of its questions: a list takes from both cells, and sets of enemies run across
 * all of them. Forms of it come from the solver.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type {
  Blueprint,
  CandidateList,
  ExamCertificate,
  ExamView,
  ItemList,
  Publication,
} from '#bank/protocol';
import { createExam, enrol, reached, seal, setMatrix } from '../../scripts/steps/exam.ts';
import { gather } from '../../scripts/steps/gather.ts';
import { main as verifyPapers } from '../../scripts/verify/verify-papers.ts';
import { csvOf, filledBank } from '../support/exam.ts';
import { openSchool } from '../support/server.ts';
import { tempDir } from '../support/temp-dir.ts';

const TOPICS = ['Dao động', 'Sóng'];
const A_TOPIC = 14;
const PUPILS = 6;
const FORMS = { count: 4, perShift: 2, overlap: 60, maxUses: 3, spare: 1, seatsPerRoom: 6, seatsPerRow: 3 };

/** Every second question has an enemy in the other topic. */
const rows = TOPICS.flatMap((topic, at) =>
  Array.from({ length: A_TOPIC }, (_, index) => ({
    'Mã câu': `${at}-${String(index).padStart(2, '0')}`,
    'Dạng câu': 'Trả lời số',
    'Chủ đề': topic,
    'Mức độ': 'Biết',
    'Nội dung': `Câu ${at}-${index}: một cộng một bằng bao nhiêu?`,
    'Đáp án': '2',
    'Tỉ lệ đúng': `${50 + ((index * 7) % 30)}%`,
    'Thời gian': String(40 + ((index * 11) % 30)),
    'Nhóm loại trừ': index % 2 === 0 ? `E${index}` : '',
  })),
);

async function verify(publication: Publication): Promise<{ code: number; said: string }> {
  const file = join(tempDir(), 'publication.json');
  writeFileSync(file, JSON.stringify(publication));
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const code = await verifyPapers([file, '--json']).finally(() => spy.mockRestore());
  return { code, said: lines.join('') };
}

it(
  'is sealed with solved forms, written, published and checked by a stranger, who notices what was changed',
  { timeout: 180_000 },
  async () => {
    const { school, url } = await openSchool();
    const { api } = school.teacher;
    const bank = await filledBank(school, TOPICS, rows);
    const { items } = await api.get<ItemList>(`/banks/${bank}/items?limit=100`);
    const idOf = new Map(items.map(({ id, code }) => [code, id]));
    const listed = [...idOf].flatMap(([code, id]) => (/-0[0-5]$/.test(code ?? '') ? [id] : []));
    const cell = (id: string, topic: string) =>
      ({ id, count: 3, points: 100, topic, level: 'KNOW', kind: 'numeric' }) as const;
    const blueprint: Blueprint = {
      parts: [
        { title: 'Phần I', cells: TOPICS.map((topic, at) => cell(`c${at}`, topic)) },
        { title: 'Phần II', cells: [{ id: 'list', count: 4, points: 100, items: listed }] },
      ],
    };
    const plan = { title: 'Vật lí 11', bank, durationSeconds: 20, profile: 'P1' as const };
    const sealedWith = async (forms: typeof FORMS): Promise<ExamView> => {
      const draft = await createExam(api, { ...plan, assembly: { forms }, reserve: 1 });
      await setMatrix(api, draft.id, blueprint, 1000);
      return draft;
    };
    const pupils = Array.from({ length: PUPILS }, (_, index) => ({
      'Số báo danh': `${1001 + index}`,
      'Họ và tên': 'Nguyễn Văn An',
      'Ca thi': '1',
    }));
    const list = { name: 'lop.csv', bytes: csvOf(pupils) };

    const narrow = await sealedWith({ ...FORMS, overlap: 0, maxUses: 5 });
    await enrol(api, narrow.id, list);
    await expect(seal(api, narrow.id)).rejects.toMatchObject({
      problem: {
        code: 'form-bound',
        values: { list: expect.stringContaining('số câu trùng với đề') },
      },
    });

    const { id } = await sealedWith(FORMS);
    const slips = await enrol(api, id, list);
    await seal(api, id);
    const certificate = await api.get<ExamCertificate>(`/exams/${id}/certificate`);
    expect(certificate).toMatchObject({ algorithm: 'niem-solved/1', papers: PUPILS + 1, questions: 10 });
    expect(
      certificate.constraints.filter(({ name, holds }) => !holds && name !== 'score' && name !== 'time'),
    ).toEqual([]);

    const candidates = await gather(url, slips);
    await school.proctor.api.post(`/exams/${id}/start`);
    await Promise.all(candidates.map((candidate) => candidate.opened()));
    await Promise.all(candidates.map((candidate) => candidate.answer(0, { x: '2' })));
    const { candidates: seated } = await school.proctor.api.get<CandidateList>(`/exams/${id}/candidates`);
    expect(new Set(seated.map(({ form }) => form))).toEqual(new Set(['0101', '0102']));
    await reached(api, id, 'closed');

    const publication = await api.get<Publication>(`/exams/${id}/publication`);
    expect(publication.manifest.algorithm).toBe('niem-solved/1');
    const honest = await verify(publication);
    expect(honest).toMatchObject({ code: 0, said: expect.stringContaining('"ok":true') });

    const saidOf = async (change: (copy: Publication, first: string[]) => void): Promise<string> => {
      const copy = structuredClone(publication);
      change(copy, copy.forms?.list[0]?.items ?? []);
      const { code, said } = await verify(copy);
      expect(code).toBe(1);
      return said;
    };
    const enemyOf = (item = ''): string | undefined => {
      const { enemies: [set] = [] } = publication.snapshot.find((one) => one.item === item) ?? {};
      return publication.snapshot.find((one) => one.item !== item && set && one.enemies?.includes(set))?.item;
    };
    const outOfPlace = (copy: Publication, first: string[]): void => {
      first.splice(0, 1, copy.snapshot.find(({ topic }) => topic === TOPICS[1])?.item ?? '');
    };
    expect(await saidOf(outOfPlace)).toContain('holds an item that does not belong there');
    expect(
      await saidOf((copy, first) => {
        const at = first.slice(0, 3).findIndex((item) => enemyOf(item) !== undefined);
        const pool = copy.snapshot.filter(({ enemies }) => enemies);
        const own = at >= 0 ? first[at] : pool.find(({ topic }) => topic === TOPICS[0])?.item;
        first.splice(Math.max(at, 0), 1, own ?? '');
        first.splice(3, 1, enemyOf(own) ?? '');
      }),
    ).toContain('enemies stand on it together');
    expect(await saidOf(({ forms }, first) => forms?.list[2]?.items.splice(0, 10, ...first))).toContain(
      'questions in common',
    );
    expect(
      await saidOf(({ forms }, first) =>
        forms?.list.forEach(({ items: own }) => own.splice(0, 3, ...first.slice(0, 3))),
      ),
    ).toContain('3 are allowed');
    expect(
      await saidOf(({ papers }) => papers.forEach((paper) => (paper.paperHash = papers[0]!.paperHash))),
    ).toContain('its form is');
    expect(await saidOf(({ manifest }) => (manifest.algorithm = 'niem-forms/1'))).toContain('manifest');
  },
);
