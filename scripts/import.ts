import { parseArgs } from 'node:util';
import type { BankList } from '#bank/protocol';
import type { ApiClient } from './steps/api-client.ts';
import { importQuestions } from './steps/bank.ts';
import { signIn } from './steps/sign-in.ts';
import { readPassword } from './terminal/password.ts';
import { progressLine } from './terminal/progress.ts';

const USAGE = `Usage: niem import FILE --bank NAME --server URL --login NAME [--json]

Brings the questions of a file (.xlsx, .csv, .gift) into a bank. Rows that cannot be taken are told with their cell;
the others go in. Doing it again doubles nothing. The password is asked for, or read from standard input.

Exit code: 0 every row taken, 1 refused or some rows refused, 2 wrong usage.`;

export async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      server: { type: 'string' },
      login: { type: 'string' },
      bank: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [file] = positionals;
  if (values.help || !file || !values.server || !values.login || !values.bank) {
    console[values.help ? 'log' : 'error'](USAGE);
    return values.help ? 0 : 2;
  }
  try {
    const api = await signIn(values.server, values.login, await readPassword());
    const bank = await findBank(api, values.bank);
    const onProgress = values.json ? undefined : progressLine('rows');
    const { summary, refused } = await importQuestions(api, bank, file, onProgress);
    if (values.json) console.log(JSON.stringify({ ...summary.counts, refusedRows: refused }));
    else {
      for (const row of refused) {
        for (const { cell, line, text } of row.problems) console.log(`${cell ?? line ?? row.row}: ${text}`);
      }
      const { added, changed, same } = summary.counts;
      console.log(`${added} new, ${changed} changed, ${same} as before, ${refused.length} refused`);
    }
    return refused.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function findBank(api: ApiClient, name: string): Promise<string> {
  const { banks } = await api.get<BankList>('/banks');
  const found = banks.find((bank) => bank.name === name.normalize('NFC'));
  if (!found) throw new Error(`There is no bank "${name}" among those of this account.`);
  return found.id;
}
