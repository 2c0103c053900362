import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig, readVersion, reportPath, type Config } from '#server';
import {
  examine,
  isDatabaseUrl,
  openReport,
  openReportKeeper,
  readReportKey,
  ScratchInUse,
  verdictOf,
  type Report,
} from '#server/doctor';
import { createFileKeyProvider } from '#server/keys';
import { reportLines } from './doctor-table.ts';
import { progressLine } from './terminal/progress.ts';

const USAGE = `Usage: niem doctor [--database URL] [--scratch NAME] [--keep-primary] [--out FILE] [--json]
       niem doctor --verify FILE [--key KEY] [--json]

Holds a MongoDB to everything that Niêm relies on: every case of the contracts of store and journal, two servers on one
database of which one is killed, and the loss of the primary. For production it takes a replica set of three members or
more. Its primary is made to step down twice: whoever else uses it waits for some seconds. The report is signed with a
key of this installation and kept beside the key file, so that "niem serve" can tell whether there is one.

  --database URL   The replica set [NIEM_DATABASE_URL]. The database named in it is not touched.
  --scratch NAME   Throwaway databases are NAME_1, NAME_2 and so on; they must not exist and are dropped [niem_doctor].
                   The user needs readWriteAnyDatabase and dbAdminAnyDatabase; clusterManager for the step down.
  --keep-primary   Does not make the primary step down; the report is then incomplete.
  --out FILE       Writes the signed report, a compact JWS (RFC 7515), to this file too.
  --verify FILE    Checks and shows a signed report.
  --key KEY        The key that must have signed it, as the run told it [that of this installation].
  --json           The outcome as one line of JSON.

Exit code: 0 passed, 1 failed, incomplete for production or not genuine, 2 wrong usage.`;

const SCRATCH_NAME = /^[a-z][a-z0-9_]{0,39}$/;

interface Options {
  database?: string;
  scratch: string;
  'keep-primary'?: boolean;
  out?: string;
  verify?: string;
  key?: string;
  json?: boolean;
}

/** `niem doctor`: 0 passed, 1 failed or incomplete, 2 wrong usage. */
export async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: withKeyAttached(argv),
    options: {
      database: { type: 'string' },
      scratch: { type: 'string', default: 'niem_doctor' },
      'keep-primary': { type: 'boolean' },
      out: { type: 'string' },
      verify: { type: 'string' },
      key: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  try {
    const config = readConfig(process.env);
    if (values.verify !== undefined) return await verify(values.verify, values, config);
    const url = values.database ?? config.databaseUrl ?? '';
    if (!isDatabaseUrl(url) || !SCRATCH_NAME.test(values.scratch) || values.key !== undefined) {
      console.error(USAGE);
      return 2;
    }
    return await run(url, values, config);
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const problem of error.problems) console.error(`Setting: ${problem}`);
      return 2;
    }
    console.error(error instanceof Error ? error.message : String(error));
    return error instanceof ScratchInUse ? 2 : 1;
  }
}

/** A key in base64url may begin with a hyphen, which would be taken for another option. */
function withKeyAttached(argv: readonly string[]): string[] {
  const place = argv.indexOf('--key');
  const key = argv[place + 1];
  if (place === -1 || key === undefined) return [...argv];
  return argv.toSpliced(place, 2, `--key=${key}`);
}

async function run(url: string, options: Options, config: Config): Promise<number> {
  const keeper = await openReportKeeper(reportPath(config), await providerOf(config));
  const report = await examine({
    url,
    scratch: options.scratch,
    keepPrimary: options['keep-primary'] ?? false,
    version: readVersion(),
    onProgress: progressLine('cases'),
  });
  const jws = await keeper.sign(report);
  await keeper.keep(jws);
  if (options.out !== undefined) await writeFile(options.out, `${jws}\n`);
  tell(report, options.json, { key: keeper.key, jws });
  if (!options.json) console.log(`Ký bằng khóa / signed with the key ${keeper.key}`);
  return exitCodeOf(report);
}

async function verify(file: string, options: Options, config: Config): Promise<number> {
  const key = options.key ?? (await readReportKey(reportPath(config), await providerOf(config)));
  if (key === null) {
    console.error(
      'This installation has no key that signs reports. Name the key that must have signed it with --key.',
    );
    return 2;
  }
  const report = await openReport(await readFile(file, 'utf8'), key);
  if (!report) {
    console.error(`Không xác thực được / not genuine: ${file} is no report that the key ${key} has signed.`);
    if (options.json) console.log(JSON.stringify({ genuine: false, key }));
    return 1;
  }
  tell(report, options.json, { genuine: true, key });
  if (!options.json) console.log(`Chữ ký đúng / genuine: signed with the key ${key}`);
  return exitCodeOf(report);
}

function tell(report: Report, json: boolean | undefined, more: object): void {
  if (json) console.log(JSON.stringify({ verdict: verdictOf(report), ...more, report }));
  else console.log(reportLines(report).join('\n'));
}

function exitCodeOf(report: Report): number {
  return verdictOf(report) === 'passed' ? 0 : 1;
}

function providerOf({ keyFile, dataDir, keyPassphrase }: Config) {
  return createFileKeyProvider({
    path: keyFile,
    dataFolder: dataDir,
    ...(keyPassphrase !== null && { passphrase: keyPassphrase }),
  });
}
