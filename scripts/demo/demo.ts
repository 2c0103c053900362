import { parseArgs } from 'node:util';
import type { ExamTimes } from '#bank/protocol';
import { ServerProcess } from '../process/server-process.ts';
import { createExam, enrol, seal, setMatrix } from '../steps/exam.ts';
import type { School } from '../steps/school.ts';
import { MATRIX_TOTAL, readClassList, readMatrices } from './content.ts';
import { preparePlace, type DemoPlace } from './place.ts';
import { playExam, type Figures } from './play.ts';
import { Report } from './report.ts';

const USAGE = `Usage: niem demo [--once] [--json]

Plays one whole exam on a fresh data folder through the public interfaces, then leaves a second, longer exam open for
a look round until Ctrl+C.

  --once   Stop after the exam has been verified.
  --json   Tell the figures as one line of JSON on standard output, and nothing else.

Exit code: 0 everything held, 1 something did not.`;

const LOOK_ROUND_SECONDS = 45 * 60;

export async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { once: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const report = new Report({ quiet: values.json ?? false });
  const place = await preparePlace();
  const server = new ServerProcess(place.env);
  try {
    const { figures, school, bank } = await playExam(server, place, report);
    if (values.json) console.log(JSON.stringify(figures));
    if (!values.once) await lookRound(school, bank, place, report);
    return held(figures) ? 0 : 1;
  } catch (error) {
    console.error(server.log);
    throw error;
  } finally {
    await server.stop();
  }
}

function held({
  candidates,
  distinctPapers,
  graded,
  papersVerified,
  savesLost,
  ledgerVerified,
}: Figures): boolean {
  const whole = [distinctPapers, graded, papersVerified].every((count) => count === candidates);
  return whole && savesLost === 0 && ledgerVerified;
}

/** Leaves a longer exam open and tells how to come in as teacher, proctor and candidate. */
async function lookRound(school: School, bank: string, place: DemoPlace, report: Report): Promise<void> {
  const teacher = school.teacher.api;
  const { A } = await readMatrices();
  const plan = {
    title: 'Thi thử Vật lí 11',
    bank,
    durationSeconds: LOOK_ROUND_SECONDS,
    profile: 'P1' as const,
  };
  const exam = await createExam(teacher, plan);
  await setMatrix(teacher, exam.id, A.blueprint, MATRIX_TOTAL);
  const { slips, exam: code } = await enrol(teacher, exam.id, await readClassList());
  await seal(teacher, exam.id);
  const { endsAt } = await school.proctor.api.post<ExamTimes>(`/exams/${exam.id}/start`);
  const [candidate] = slips;
  report.say(`A second exam is open until ${new Date(endsAt).toLocaleTimeString('vi-VN')}. Look round:

  Staff       ${teacher.base}/staff
    teacher   ${school.teacher.login}   ${school.teacher.password}
    proctor   ${school.proctor.login}   ${school.proctor.password}
    admin     ${school.admin.login}   ${school.admin.password}
  Candidate   ${teacher.base}/thi/${code}
    number    ${candidate?.number}   access code ${candidate?.code}

Ctrl+C ends it; the data stay in ${place.data}.`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
