/**
 * How soon a server is back: seconds from its start until `/readyz` is 200, empty and in the middle of an exam after
 * `kill -9`.
 *
 *   node load/probes/restart.mjs [candidates] [answers each] [rounds]      needs `npm run build`
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { filledBank, inTurns, QUESTIONS } from './bank.mjs';
import { freshPlace, root, startServer, summary } from './built-server.mjs';

const [candidates = 1000, answers = 60, rounds = 10] = process.argv.slice(2).map(Number);
const SLOTS = QUESTIONS / 2;

const steps = (name) => import(join(root, 'dist/scripts/steps', `${name}.js`));
const { ApiClient } = await steps('api-client');
const { foundSchool } = await steps('school');
const { createExam, enrol, seal, setMatrix } = await steps('exam');

await measured('empty', async (place) => (await startServer(place)).stop());
await measured(`${candidates} candidates, ${answers} answers each`, async (place) => {
  const server = await startServer(place);
  await writeExam(server);
  await server.kill();
});

async function measured(what, prepare) {
  const place = freshPlace();
  try {
    await prepare(place);
    const found = [];
    for (let round = 0; round < rounds; round++) {
      const server = await startServer(place);
      found.push(server.ready);
      await server.kill();
    }
    const [cpu, wall] = ['cpu', 'wall'].map((name) => summary(found.map((ready) => ready[name])));
    console.log(JSON.stringify({ what, rounds, cpu, wall }));
  } finally {
    place.remove();
  }
}

async function writeExam({ url, setupUrl }) {
  const school = await foundSchool(url, setupUrl);
  const { teacher, proctor } = school;
  const exam = await createExam(teacher.api, {
    title: 'Kiểm tra',
    bank: await filledBank(school),
    durationSeconds: 7200,
    profile: 'P1',
  });
  const cell = { id: 'c', count: SLOTS, points: 25, topic: 'Sóng', level: 'KNOW', kind: 'choice' };
  await setMatrix(teacher.api, exam.id, { parts: [{ title: 'Phần I', cells: [cell] }] }, SLOTS * 25);
  const list = Array.from({ length: candidates }, (_, i) => `${10_000 + i},Nguyễn Văn Bình`);
  const bytes = Buffer.from(['Số báo danh,Họ và tên', ...list].join('\n'));
  const slips = await enrol(teacher.api, exam.id, { name: 'lop.csv', bytes });
  await seal(teacher.api, exam.id);
  await proctor.api.post(`/exams/${exam.id}/start`);
  await inTurns(slips.slips, (slip) => sit(url, slips.exam, slip));
}

/** Signs in and saves over HTTP; a server cannot tell one token of an option from another. */
async function sit(url, exam, { number, code }) {
  const api = new ApiClient(url);
  await api.post('/candidate/sign-in', { exam, number, code });
  const { epoch } = await api.post('/candidate/join', { device: 'probe' });
  for (let seq = 1; seq <= answers; seq++) {
    const response = { c: randomBytes(6).toString('base64url') };
    const saved = await api.post('/candidate/save', {
      epoch,
      entries: [{ seq, slot: (seq - 1) % SLOTS, response }],
    });
    if (!saved.ok) throw new Error(`a save was refused: ${saved.code}`);
  }
}
