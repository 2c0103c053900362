import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, dataPaths, readConfig } from '#server';
import { promote } from '#server/storage';

const USAGE = `Usage: niem promote [--data FOLDER] [--json]

Makes the folder of a standby a primary's, so that "npm start" serves from it. The standby must have been stopped. What
the old primary sends after that is refused for ever. It must not serve any more: of exams with profile P2 and P3 it
acknowledges nothing without a standby, of all others it would. Exams of P2 and P3 that were running go on here once a new
standby is in step.

  --data FOLDER   The standby's data folder [NIEM_DATA].
  --json          Tell the outcome as one line of JSON.
`;

/** `niem promote`: 0 when the folder is a primary's now. */
export async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      data: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  try {
    const dataDir = values.data === undefined ? readConfig(process.env).dataDir : resolve(values.data);
    const promotion = await promote(dataDir, dataPaths(dataDir));
    if (values.json) console.log(JSON.stringify(promotion));
    else {
      console.log(
        `Đã lên làm máy chính, đời ${promotion.term}. / Promoted: this folder is the primary's, term ${promotion.term}. ` +
          'Put the key file of the old primary in place and start the server with "npm start".',
      );
    }
    return 0;
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const problem of error.problems) console.error(`Setting: ${problem}`);
      return 2;
    }
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
