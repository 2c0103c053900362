import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { address, ConfigError, dataPaths, readConfig, readVersion } from '#server';
import { createStandby, type RunningStandby } from '#server/storage';
import { untilStopped } from './process/until-stopped.ts';

const USAGE = `Usage: niem standby --listen HOST:PORT [--data FOLDER] [--json]

Keeps a second copy of everything a primary writes, on this disk. The primary names it in NIEM_STANDBY.

  --listen HOST:PORT   Address to listen on; port 0 takes a free one.
  --data FOLDER        Its own data folder, empty at first [NIEM_DATA].
  --json               Tell the address as one line of JSON.

NIEM_STANDBY_TLS_CERT, NIEM_STANDBY_TLS_KEY and NIEM_STANDBY_TLS_CA name its certificate, private key and authority
("niem standby-certificates" makes them). The key file is never sent: for a promotion, put a copy of the primary's on
this computer by hand. "niem promote" makes this folder the primary's once this process has ended.
`;

/** `niem standby`: runs until it is told to stop, or its disk can promise nothing any more. */
export async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      listen: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  let standby: RunningStandby;
  try {
    standby = await open(values.listen ?? '', values.data);
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const problem of error.problems) console.error(`Setting: ${problem}`);
      return 2;
    }
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
  if (values.json) console.log(JSON.stringify({ address: standby.address }));
  else console.log(`Máy dự phòng đang chờ máy chính / the standby waits for its primary: ${standby.address}`);
  const failure = await Promise.race([untilStopped(), standby.failed]);
  if (failure) {
    // what closes in order could still write to a disk that has failed
    console.error(failure.message);
    process.exit(1);
  }
  await standby.close();
  return 0;
}

async function open(listen: string, data: string | undefined): Promise<RunningStandby> {
  const config = readConfig(process.env);
  const problems: string[] = [];
  const at = address('--listen', listen, problems);
  const files = config.standbyTls;
  if (!files) {
    problems.push(
      'Set NIEM_STANDBY_TLS_CERT, NIEM_STANDBY_TLS_KEY and NIEM_STANDBY_TLS_CA. Make them with ' +
        '"niem standby-certificates".',
    );
  }
  if (problems.length > 0 || !files) throw new ConfigError(problems);
  const dataDir = data === undefined ? config.dataDir : resolve(data);
  return createStandby({
    listen: at,
    files,
    dataDir,
    paths: dataPaths(dataDir),
    version: readVersion(),
    onEvent: (event, reason) => console.error(reason ? `${event}: ${reason.message}` : event),
  });
}
