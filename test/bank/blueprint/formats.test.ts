import { expect, test } from 'vitest';
import {
  checkBlueprint,
  EXAM_FORMATS,
  examFormat,
  partPoints,
  plannedSections,
  questionCount,
  routesOf,
  totalPoints,
  type ExamFormat,
} from '#bank/blueprint';
import type { Blueprint } from '#bank/protocol';
import { blueprintOf, matrixCell } from './pool.ts';

/** A blueprint that follows a format with one topic. */
function follow({ id, parts, branches }: ExamFormat): Blueprint {
  return {
    format: id,
    ...(branches && { branches: branches.map((branch) => ({ id: branch.id, title: branch.title.vi })) }),
    parts: parts.map(({ title, kind, questions, branch }, part) => ({
      title: title.vi,
      ...(branch !== undefined && { branch }),
      cells: questions.map(({ count, points }, index) => ({
        id: `${part}.${index}`,
        count,
        points,
        topic: 'T',
        level: 'KNOW' as const,
        kind,
      })),
    })),
  };
}

/** `kind count×points` of each part, and responses where a cluster counts as four. */
function shapeOf(format: ExamFormat): string {
  const parts = format.parts.map(
    ({ kind, questions }) =>
      `${kind} ${questions.map(({ count, points }) => `${count}×${points}`).join('+')}`,
  );
  const [route] = routesOf(follow(format));
  const cells = route?.blueprint.parts.flatMap((part) => part.cells) ?? [];
  const responses = cells.reduce(
    (sum, cell) => sum + cell.count * ('kind' in cell && cell.kind === 'tfCluster' ? 4 : 1),
    0,
  );
  const items = cells.reduce((sum, { count }) => sum + count, 0);
  return `${format.minutes}′ ${parts.join(', ')}: ${items} items, ${responses} responses`;
}

const SCIENCE = '50′ choice 18×25, tfCluster 4×100, numeric 6×25: 28 items, 40 responses';
const SOCIAL = '50′ choice 24×25, tfCluster 4×100: 28 items, 40 responses';
const LANGUAGE = '50′ choice 40×25: 40 items, 40 responses';

test('every subject of the graduation exam from 2025 stands as Decision 764 lays it down', () => {
  const shapes = Object.fromEntries(
    EXAM_FORMATS.filter(({ id }) => id.startsWith('thpt-2025-')).map((format) => [
      format.name.vi,
      shapeOf(format),
    ]),
  );
  expect(shapes).toEqual({
    Toán: '90′ choice 12×25, tfCluster 4×100, numeric 6×50: 22 items, 34 responses',
    'Ngữ văn': '120′ essay 4×100, essay 1×200+1×400: 6 items, 6 responses',
    'Vật lí': SCIENCE,
    'Hoá học': SCIENCE,
    'Sinh học': SCIENCE,
    'Địa lí': SCIENCE,
    'Lịch sử': SOCIAL,
    'Giáo dục kinh tế và pháp luật': SOCIAL,
    'Công nghệ (Công nghiệp)': SOCIAL,
    'Công nghệ (Nông nghiệp)': SOCIAL,
    'Tin học': '50′ choice 24×25, tfCluster 2×100, tfCluster 2×100, tfCluster 2×100: 28 items, 40 responses',
    'Tiếng Anh': LANGUAGE,
    'Tiếng Nga': LANGUAGE,
    'Tiếng Pháp': LANGUAGE,
    'Tiếng Trung Quốc': LANGUAGE,
    'Tiếng Đức': LANGUAGE,
    'Tiếng Nhật': LANGUAGE,
    'Tiếng Hàn': LANGUAGE,
  });
});

test('tests of 45 minutes have 3–2–2–3 points, or their other two splits', () => {
  const points = (id: string) => examFormat(id)?.parts.map(partPoints);
  expect(points('truong-45-3223')).toEqual([300, 200, 200, 300]);
  expect(points('truong-45-3403')).toEqual([300, 400, 300]);
  expect(points('truong-45-3430')).toEqual([300, 400, 300]);
});

test.each(EXAM_FORMATS.map((format) => [format.id, format] as const))(
  '%s: a blueprint that follows it is sound and worth ten points on every way through',
  (_, format) => {
    const blueprint = follow(format);
    expect(checkBlueprint(blueprint, 1000)).toEqual([]);
    for (const route of routesOf(blueprint)) expect(totalPoints(route.blueprint)).toBe(1000);
    expect(format.since).toMatch(/^\d{4}-\d\d-\d\d$/);
  },
);

test('Informatics prints thirty questions of which each branch answers twenty-eight', () => {
  const informatics = examFormat('thpt-2025-tin-hoc');
  const blueprint = informatics && follow(informatics);
  expect(blueprint && questionCount(blueprint)).toBe(30);
  expect(
    blueprint && routesOf(blueprint).map((route) => [route.branch?.id, questionCount(route.blueprint)]),
  ).toEqual([
    ['cs', 28],
    ['ict', 28],
  ]);
});

test('its matrix is printed once for each branch, with ten points in each', () => {
  const informatics = examFormat('thpt-2025-tin-hoc');
  const sections = informatics ? plannedSections(follow(informatics), 'official', 'vi') : [];
  expect(sections.map(({ name, caption }) => [name, caption])).toEqual([
    ['Ma trận cs', 'Theo ma trận đã đặt – Khoa học máy tính (CS)'],
    ['Đặc tả cs', 'Theo ma trận đã đặt – Khoa học máy tính (CS)'],
    ['Ma trận ict', 'Theo ma trận đã đặt – Tin học ứng dụng (ICT)'],
    ['Đặc tả ict', 'Theo ma trận đã đặt – Tin học ứng dụng (ICT)'],
  ]);
  for (const { table } of sections.filter(({ name }) => name.startsWith('Ma trận')))
    expect([table.foot[0]?.at(-1)?.text, table.foot[1]?.at(-1)?.text]).toEqual(['40', '10,0']);
});

test('a blueprint that departs from its format is told where', () => {
  const geography = follow(examFormat('thpt-2025-dia-li') as ExamFormat);
  const [single, clusters, short] = geography.parts;
  const without = { ...geography, parts: [single, clusters] } as Blueprint;
  expect(checkBlueprint(without, 850)).toEqual([
    { code: 'blueprint-format-parts', values: { need: 3, have: 2 } },
  ]);
  const cells = [matrixCell('x', 4, { kind: 'numeric' }), matrixCell('y', 2, { points: 25 })];
  const other = { ...geography, parts: [single, clusters, { ...short, cells }] } as Blueprint;
  expect(checkBlueprint(other, 1000)).toEqual([
    { code: 'blueprint-format-part', values: { part: 3, need: 6, have: 4, points: 25 } },
  ]);
  const school = { ...follow(examFormat('truong-45-3430') as ExamFormat) };
  const [first, ...rest] = school.parts;
  const fewer = { ...school, parts: [{ ...first, cells: [matrixCell('x', 11)] }, ...rest] } as Blueprint;
  expect(checkBlueprint(fewer, 975)).toEqual([
    { code: 'blueprint-format-points', values: { part: 1, need: 300, have: 275 } },
  ]);
  expect(checkBlueprint({ ...blueprintOf([matrixCell('a', 1)]), format: 'nowhere' }, 25)).toEqual([
    { code: 'blueprint-format-unknown', values: { format: 'nowhere' } },
  ]);
});
