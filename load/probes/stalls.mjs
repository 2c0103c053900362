/**
 * For how long bulk work holds up everybody else: the longest stall of the server's event loop (see stall-probe.mjs)
 * while a large class list is looked at, taken, taken again and taken out, and while papers are sealed.
 *
 *   node load/probes/stalls.mjs [rows] [sealed]      needs `npm run build`
 */
import { once } from 'node:events';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { freshPlace, root, startServer } from './built-server.mjs';
import { filledBank, QUESTIONS } from './bank.mjs';

const [rows = 19_000, sealed = 2_000] = process.argv.slice(2).map(Number);
const { foundSchool } = await import(join(root, 'dist/scripts/steps/school.js'));
const { createExam, seal, setMatrix } = await import(join(root, 'dist/scripts/steps/exam.js'));

const place = freshPlace();
const server = await startServer(place, ['--import', join(root, 'load/probes/stall-probe.mjs')]);
try {
  const school = await foundSchool(server.url, server.setupUrl);
  const { api } = school.teacher;
  const bank = await filledBank(school);
  const list = `/exams/${await draft(api, bank)}/roster`;
  const csv = Buffer.from(
    table(rows)
      .map((cells) => cells.join(','))
      .join('\n'),
  );
  await measured('nothing', () => new Promise((resolve) => setTimeout(resolve, 2000)));
  await measured(`preview of ${rows} rows, CSV`, () => api.upload(`${list}/preview`, csv, 'lop.csv'));
  const workbook = await workbookOf(table(rows));
  await measured(`preview of ${rows} rows, XLSX`, () => api.upload(`${list}/preview`, workbook, 'lop.xlsx'));
  await measured(`import of ${rows} rows`, () => api.upload(list, csv, 'lop.csv'));
  await measured(`the same import again`, () => api.upload(list, csv, 'lop.csv'));
  await measured(`removal of ${rows} candidates`, () => remove(list.replace('roster', 'candidates'), api));
  const exam = await draft(api, bank);
  const some = table(sealed)
    .map((cells) => cells.join(','))
    .join('\n');
  await api.upload(`/exams/${exam}/roster`, Buffer.from(some), 'lop.csv');
  await measured(`sealing of ${sealed} papers`, () => seal(api, exam));
} finally {
  await server.kill();
  place.remove();
}

async function draft(api, bank) {
  const exam = await createExam(api, { title: 'Kiểm tra', bank, durationSeconds: 3600, profile: 'P1' });
  const cell = { id: 'c', count: QUESTIONS / 2, points: 25, topic: 'Sóng', level: 'KNOW', kind: 'choice' };
  await setMatrix(api, exam.id, { parts: [{ title: 'Phần I', cells: [cell] }] }, (QUESTIONS / 2) * 25);
  return exam.id;
}

function table(count) {
  const people = Array.from({ length: count }, (_, i) => [
    String(100_000 + i),
    'Nguyễn Thị Minh Khai',
    `12A${i % 20}`,
    '05/06/2009',
    `HS-${i}`,
  ]);
  return [['Số báo danh', 'Họ và tên', 'Lớp', 'Ngày sinh', 'Mã học sinh'], ...people];
}

async function workbookOf(cells) {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Lớp').addRows(cells);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

async function remove(path, { cookie }) {
  const headers = { 'x-niem': '1', cookie };
  const { ok } = await fetch(`${server.url}/api/v1${path}`, { method: 'DELETE', headers });
  if (!ok) throw new Error('the candidates were not removed');
}

async function measured(what, act) {
  await told();
  const began = performance.now();
  await act();
  const { longest, work } = await told();
  const seconds = Math.round(performance.now() - began) / 1000;
  console.log(JSON.stringify({ what, longest: Math.round(longest), work: Math.round(work), seconds }));
}

async function told() {
  server.child.send('tell');
  const [delay] = await once(server.child, 'message');
  return delay;
}
