import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AccessSlips, JobView } from '#bank/protocol';
import { dataPaths } from '#server';
import { root } from '../scripts/process/repository.ts';
import { ServerProcess } from '../scripts/process/server-process.ts';
import { SLOTS } from './devices/answers.ts';
import { endsWithUs } from './servers/living.ts';
import {
  prepareExam,
  prepareSchool,
  startExam,
  type PreparedExam,
  type PreparedSchool,
} from './stage/exam.ts';
import { signEverybodyIn } from './stage/sessions.ts';
import { workFolder } from './stage/stage.ts';

const USAGE = `Usage: npm run load -- [--candidates N] [--storm N] [--seconds N]

Starts a server, prepares two exams and lets real k6 play their candidates: load/exam.k6.js, a whole exam from the slip to
the receipt, and load/storm.k6.js, a start that everybody waits for. Exit code 0 when all thresholds hold, 1 when one does
not, 2 for wrong usage or a missing k6.

  --candidates N   candidates of the exam; each signs in with a code of their own [200]
  --storm N        candidates who wait for the start; signed in before, as codes take 20 ms each [2000]
  --seconds N      length of the exam [60]
`;

const NO_K6 = `k6 was not found. It is one program; either of these gives it:

  go install go.k6.io/k6@v1.8.1        (about two minutes; lands in $(go env GOPATH)/bin, which is looked into)
  https://grafana.com/docs/k6/latest/set-up/install-k6/

The npm package of that name is empty.`;

async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      candidates: { type: 'string', default: '200' },
      storm: { type: 'string', default: '2000' },
      seconds: { type: 'string', default: '60' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [candidates, storm, seconds] = [values.candidates, values.storm, values.seconds].map(Number);
  if (![candidates, storm, seconds].every((number) => Number.isInteger(number) && Number(number) > 0)) {
    console.error(`The numbers are whole and positive.\n\n${USAGE}`);
    return 2;
  }
  const k6 = findK6();
  if (k6 === null) {
    console.error(NO_K6);
    return 2;
  }
  return play(k6, { candidates: candidates ?? 0, storm: storm ?? 0, seconds: seconds ?? 0 });
}

async function play(
  k6: string,
  size: { candidates: number; storm: number; seconds: number },
): Promise<number> {
  const folder = await workFolder();
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  const server = new ServerProcess({
    NIEM_DATA: data,
    NIEM_KEY_FILE: join(folder, 'keys', 'keys.json'),
    NIEM_PORT: '0',
    NIEM_LOG_LEVEL: 'warn',
  });
  const { url, setupUrl } = await server.start();
  endsWithUs(server.pid);
  console.error(`Two exams are prepared at ${url} …`);
  const prepared = await prepareSchool(url, setupUrl, folder);
  const exam = await prepareExam(prepared, size.candidates);
  const slips = await issueCodes(prepared, exam);
  const storm = await prepareExam(prepared, size.storm);
  await server.stop();
  const seats = await signEverybodyIn(dataPaths(data).store, storm.id);
  const { url: base } = await server.start();
  endsWithUs(server.pid);
  await startExam(base, exam);

  const run = (script: string, facts: object) =>
    runK6(k6, { script, facts, folder, base, seconds: size.seconds });
  const examCode = await run('exam', { code: exam.code, seats: slips });
  const numbered = seats.map(({ token }, index) => ({ number: `${index}`, token }));
  const stormCode = await run('storm', { id: storm.id, proctor: storm.proctor, seats: numbered });
  await server.stop();
  return examCode === 0 && stormCode === 0 ? 0 : 1;
}

async function issueCodes({ school: { teacher } }: PreparedSchool, { id }: PreparedExam) {
  await teacher.api.finished(await teacher.api.post<JobView>(`/exams/${id}/codes`));
  const { slips } = await teacher.api.post<AccessSlips>(`/exams/${id}/slips`);
  return slips.map(({ number, code }) => ({ number, code }));
}

interface K6Run {
  script: string;
  /** What the script reads from its file. */
  facts: object;
  folder: string;
  base: string;
  seconds: number;
}

async function runK6(k6: string, { script, facts, folder, base, seconds }: K6Run): Promise<number> {
  const file = join(folder, `${script}.json`);
  await writeFile(file, JSON.stringify(facts), { mode: 0o600 });
  const settings = { BASE: base, EXAM: file, SLOTS: String(SLOTS), SECONDS: String(seconds) };
  const env = Object.entries(settings).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const path = join(root, 'load', `${script}.k6.js`);
  const child = spawn(k6, ['run', '--no-usage-report', '--quiet', ...env, path], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

function findK6(): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...goFolders()];
  const names = process.platform === 'win32' ? ['k6.exe'] : ['k6'];
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
  return found ?? null;
}

/** Where `go install` puts programs. */
function goFolders(): string[] {
  const home = join(homedir(), 'go', 'bin');
  try {
    return [join(execFileSync('go', ['env', 'GOPATH'], { encoding: 'utf8' }).trim(), 'bin'), home];
  } catch {
    return [home];
  }
}

process.exitCode = await main(process.argv.slice(2));
