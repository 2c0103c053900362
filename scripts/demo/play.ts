import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccessSlips, ExamTimes, ExamView, GradeSummary, JobView } from '#bank/protocol';
import { niem } from '../process/niem.ts';
import type { ServerProcess } from '../process/server-process.ts';
import { ApiError, type ApiClient } from '../steps/api-client.ts';
import { importQuestions, reviewAll, sharedBank } from '../steps/bank.ts';
import { createExam, enrol, reached, seal, setMatrix } from '../steps/exam.ts';
import { gather } from '../steps/gather.ts';
import { foundSchool, type School } from '../steps/school.ts';
import { MATRIX_TOTAL, QUESTION_FILE, readClassList, readMatrices, TOPICS, type Matrix } from './content.ts';
import type { DemoPlace } from './place.ts';
import type { Report } from './report.ts';
import { killAndRestart, sit, takeStock } from './sitting.ts';

const EXAM_SECONDS = 20;

export interface Figures {
  questions: number;
  refusedRows: number;
  cells: number;
  candidates: number;
  distinctPapers: number;
  savesAcknowledged: number;
  savesLost: number;
  kills: number;
  handedIn: number;
  graded: number;
  ledger: string;
  ledgerSize: number;
  ledgerVerified: boolean;
  papersVerified: number;
  seconds: number;
}

interface Stage {
  server: ServerProcess;
  place: DemoPlace;
  report: Report;
  school: School;
}

/** One whole exam from the question file to the verified record. */
export async function playExam(server: ServerProcess, place: DemoPlace, report: Report) {
  const begun = Date.now();
  const { url, setupUrl } = await server.start();
  if (setupUrl === null) throw new Error('The data folder is not fresh.');
  const school = await foundSchool(url, setupUrl);
  report.done('Server up, four accounts by one-time links', url);
  const stage = { server, place, report, school };
  const { bank, ...questions } = await fillBank(stage);
  const { exam, slips, ...prepared } = await prepareExam(stage, bank);
  const sitting = await holdExam(stage, exam, slips);
  const graded = await markExam(stage, exam);
  const verified = await verify(stage, exam);
  const figures: Figures = {
    ...questions,
    ...prepared,
    ...sitting,
    graded,
    ...verified,
    seconds: Math.round((Date.now() - begun) / 100) / 10,
  };
  report.say(`\nEverything in ${figures.seconds} s. Data: ${place.data}\nExports: ${place.exports}\n`);
  return { figures, school, bank };
}

async function fillBank({ report, school }: Stage) {
  const { teacher, reviewer } = school;
  const bank = await sharedBank(teacher.api, reviewer.api, 'Vật lí 11', TOPICS);
  const { summary, refused } = await importQuestions(
    teacher.api,
    bank.id,
    QUESTION_FILE,
    report.progress('rows'),
  );
  const questions = summary.counts.added;
  report.done('Question file read', `${questions} questions taken, ${refused.length} rows refused`);
  for (const row of refused) {
    for (const { cell, text } of row.problems) report.say(`      ${cell ?? ''}  ${text}`);
  }
  const approved = await reviewAll(teacher.api, reviewer.api, bank.id);
  report.done('Reviewed and approved by a second person', `${approved} questions`);
  return { bank: bank.id, questions, refusedRows: refused.length };
}

async function prepareExam({ report, school }: Stage, bank: string) {
  const teacher = school.teacher.api;
  const { A, B } = await readMatrices();
  const title = 'Kiểm tra giữa kì I – Vật lí 11';
  const exam = await createExam(teacher, { title, bank, durationSeconds: EXAM_SECONDS, profile: 'P1' });
  await setMatrix(teacher, exam.id, A.blueprint, MATRIX_TOTAL);
  const cells = A.blueprint.parts.reduce((sum, part) => sum + part.cells.length, 0);
  report.done('Matrix set', `${cells} cells, 10.00 points`);
  report.done('A matrix the bank cannot fill is refused', '');
  report.say(`      ${await refusedMatrix(teacher, exam.id, B)}`);
  const slips = await enrol(teacher, exam.id, await readClassList());
  report.done('Class list taken, access codes made', `${slips.slips.length} candidates`);
  const sealed = await seal(teacher, exam.id);
  report.done('Papers drawn and sealed', `manifest ${sealed.manifestHash?.slice(0, 16)}…`);
  return { exam, slips, cells, candidates: slips.slips.length };
}

/** Sets a matrix that the bank cannot fill, and gives the sentence with which the server refuses it. */
async function refusedMatrix(teacher: ApiClient, exam: string, { blueprint }: Matrix): Promise<string> {
  try {
    await setMatrix(teacher, exam, blueprint, MATRIX_TOTAL);
  } catch (error) {
    if (error instanceof ApiError && error.problem.code === 'blueprint-infeasible') return error.message;
    throw error;
  }
  throw new Error('A matrix that the bank cannot fill was taken.');
}

async function holdExam({ server, report, school }: Stage, exam: ExamView, slips: AccessSlips) {
  const candidates = await gather(school.teacher.api.base, slips);
  report.done('Candidates signed in and waiting', `${candidates.length}`);
  const { endsAt } = await school.proctor.api.post<ExamTimes>(`/exams/${exam.id}/start`);
  report.done('Exam started by the proctor', `ends ${new Date(endsAt).toLocaleTimeString('vi-VN')}`);
  let kills = 0;
  await sit(candidates, endsAt, async () => {
    await killAndRestart(server);
    kills++;
    report.done('Server process killed (SIGKILL) and restarted', 'in the middle of the exam');
  });
  await reached(school.teacher.api, exam.id, 'closed');
  const { acknowledged, lost, handedIn } = await takeStock(candidates);
  report.done('Closed by the server at the deadline', `${handedIn} of ${candidates.length} had handed in`);
  report.done('Answers acknowledged, and lost', `${acknowledged} acknowledged, ${lost} lost`);
  return { savesAcknowledged: acknowledged, savesLost: lost, kills, handedIn };
}

async function markExam({ place, report, school }: Stage, exam: ExamView): Promise<number> {
  const teacher = school.teacher.api;
  const job = await teacher.post<JobView>(`/exams/${exam.id}/grade`);
  const { graded, digest } = await teacher.finished<GradeSummary>(job, report.progress('graded'));
  report.done('Graded twice, byte for byte alike', `${graded} sheets, ${digest.slice(0, 16)}…`);
  await teacher.post(`/exams/${exam.id}/release`);
  for (const name of ['results.xlsx', 'results.csv']) {
    await writeFile(join(place.exports, name), await teacher.download(`/exams/${exam.id}/${name}`));
  }
  report.done('Released; results exported', 'results.xlsx, results.csv');
  return graded;
}

async function verify({ place, report, school }: Stage, exam: ExamView) {
  const file = join(place.exports, 'publication.json');
  const bytes = await school.teacher.api.download(`/exams/${exam.id}/publication`);
  await writeFile(file, bytes);
  const publication = JSON.parse(bytes.toString()) as { papers: { paperHash: string }[] };
  const log = await toldBy<{ ok: boolean; size: number }>('verify-log', `${place.data}/ledger`);
  report.done('Record verified offline', `${log.ok ? 'sound' : 'NOT SOUND'}, ${log.size} leaves`);
  const papers = await toldBy<{ ok: boolean; verified: number }>('verify-papers', file);
  report.done('Papers derived again offline', `${papers.verified} of ${publication.papers.length}`);
  return {
    distinctPapers: new Set(publication.papers.map(({ paperHash }) => paperHash)).size,
    ledger: place.ledger,
    ledgerSize: log.size,
    ledgerVerified: log.ok,
    papersVerified: papers.ok ? papers.verified : 0,
  };
}

/** What a subcommand tells in its line of JSON. */
async function toldBy<T>(...args: string[]): Promise<T> {
  const { stdout, stderr } = await niem([...args, '--json']);
  if (!stdout.startsWith('{')) throw new Error(`niem ${args[0]} told nothing.\n${stderr}`);
  return JSON.parse(stdout) as T;
}
