import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ExamList } from '#bank/protocol';
import type { ApiClient } from './steps/api-client.ts';
import { signIn } from './steps/sign-in.ts';
import { readPassword } from './terminal/password.ts';

const FILES: readonly string[] = ['publication', 'results.xlsx', 'results.csv'];

const USAGE = `Usage: niem export EXAM-CODE --server URL --login NAME [--what WHAT] --out FILE [--json]

Writes a file of an exam that is over. The password is asked for, or read from standard input.

  --what   publication (default): everything to derive the papers again, without content or names, for
           "niem verify-papers"; results.xlsx or results.csv: the mark sheet of a graded exam
  --json   Tell the outcome as one line of JSON.
`;

/** `niem export`: 0 written, 1 refused by the server, 2 wrong usage. */
export async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      server: { type: 'string' },
      login: { type: 'string' },
      what: { type: 'string', default: 'publication' },
      out: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [code] = positionals;
  const { what } = values;
  if (values.help || !code || !values.server || !values.login || !values.out || !FILES.includes(what)) {
    console[values.help ? 'log' : 'error'](USAGE);
    return values.help ? 0 : 2;
  }
  try {
    const api = await signIn(values.server, values.login, await readPassword());
    const exam = await findExam(api, code);
    const bytes = await api.download(`/exams/${exam}/${what}`);
    await writeFile(values.out, bytes);
    console.log(
      values.json
        ? JSON.stringify({ exam, file: values.out, bytes: bytes.length })
        : `${values.out}: ${bytes.length} bytes`,
    );
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function findExam(api: ApiClient, code: string): Promise<string> {
  let after: string | undefined;
  do {
    const page = await api.get<ExamList>(`/exams${after ? `?after=${encodeURIComponent(after)}` : ''}`);
    const found = page.exams.find((exam) => exam.code === code.toUpperCase());
    if (found) return found.id;
    after = page.next;
  } while (after);
  throw new Error(`There is no exam with the code ${code} among those of this account.`);
}
