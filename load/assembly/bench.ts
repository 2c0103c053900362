import { parseArgs } from 'node:util';
import { describeMachine } from '../measure/machine.ts';
import { rounded } from '../measure/numbers.ts';
import { RUNGS } from './rungs/index.ts';

const USAGE = `Usage: npm run bench:assembly -- [--only RUNG,…] [--json]

Holds the assembly of papers and the marking of answers against their bars. Needs no server.
Exit code 0: every bar holds; 1: one is missed, or could not be measured; 2: wrong usage.

  --only …   some rungs: ${Object.entries(RUNGS)
    .map(([name, { about }]) => `\n               ${name.padEnd(4)} ${about}`)
    .join('')}
  --json     one line of JSON, the last on standard output, instead of the table
`;

interface Outcome {
  about: string;
  bar: string;
  holds: boolean;
  seconds: number;
  figures: Record<string, unknown>;
}

async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const wanted = values.only?.split(',') ?? Object.keys(RUNGS);
  const unknown = wanted.find((name) => !Object.hasOwn(RUNGS, name));
  if (unknown !== undefined) {
    console.error(`There is no rung "${unknown}".\n\n${USAGE}`);
    return 2;
  }
  const begun = new Date();
  const machine = describeMachine();
  const rungs = await climb(wanted);
  const ok = Object.values(rungs).every(({ holds }) => holds);
  if (values.json) console.log(JSON.stringify({ ok, begun: begun.toISOString(), machine, rungs }));
  else for (const [name, outcome] of Object.entries(rungs)) console.log(rowOf(name, outcome));
  return ok ? 0 : 1;
}

/** Runs the rungs one after the other; one that fails does not keep the others from being measured. */
async function climb(wanted: readonly string[]): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  for (const [name, { about, bar, run }] of Object.entries(RUNGS)) {
    if (!wanted.includes(name)) continue;
    console.error(`— ${name}: ${about}`);
    const begun = performance.now();
    const result = await run((text) => console.error(`  ${text}`)).catch((error: unknown) => ({
      holds: false,
      figures: { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    }));
    outcomes[name] = { about, bar, seconds: rounded((performance.now() - begun) / 1000), ...result };
  }
  return outcomes;
}

function rowOf(name: string, { about, bar, holds, seconds, figures }: Outcome): string {
  const told = JSON.stringify(figures);
  return `${holds ? 'holds ' : 'MISSED'}  ${name.padEnd(4)} ${about}: ${bar} (${seconds} s)\n        ${told}`;
}

process.exitCode = await main(process.argv.slice(2));
