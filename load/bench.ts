import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROFILES } from './profiles.ts';
import { createReport, type Report } from './report.ts';
import { RUNGS } from './rungs/index.ts';
import type { Bench } from './rungs/rung.ts';
import { prepareStage, workFolder, type Stage } from './stage/stage.ts';

const USAGE = `Usage: npm run bench -- [--profile ci|full] [--only RUNG,…] [--json] [--cpu-prof FOLDER]

Measures what the engine costs and what it holds against its bars, on this machine, with real servers.
Exit code 0: every bar holds; 1: one is missed, or could not be measured; 2: wrong usage.

  --profile ci     in at most eight minutes (default)
  --profile full   everything, an hour and a half
  --only …         some rungs: ${Object.entries(RUNGS)
    .map(([name, { about }]) => `\n                     ${name.padEnd(10)} ${about}`)
    .join('')}
  --json           one line of JSON, the last on standard output, instead of the table
  --cpu-prof …     also writes processor profiles of the servers, for Chromium's or Node's tools
`;

/** Clients that one generator process takes without being the bottleneck itself. */
const CLIENTS_PER_PROCESS = 5_000;

async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      profile: { type: 'string', default: 'ci' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      'cpu-prof': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.profile !== 'ci' && values.profile !== 'full') return misused('The profile is ci or full.');
  const wanted = values.only?.split(',');
  const unknown = wanted?.find((name) => !Object.hasOwn(RUNGS, name));
  if (unknown !== undefined) return misused(`There is no rung "${unknown}".`);
  if (process.platform !== 'linux') {
    return misused('The bench reads processor time and memory from /proc, so it runs on Linux only.');
  }
  const report = await climb(values.profile, wanted, values['cpu-prof']);
  console.log(values.json ? JSON.stringify(report.json()) : report.table());
  return report.isGood() ? 0 : 1;
}

function misused(message: string): number {
  console.error(`${message}\n\n${USAGE}`);
  return 2;
}

/** Runs the rungs one after the other; one that fails does not keep the others from being measured. */
async function climb(
  name: 'ci' | 'full',
  wanted: string[] | undefined,
  profiles: string | undefined,
): Promise<Report> {
  const profile = PROFILES[name];
  const folder = await workFolder();
  const report = createReport(name);
  let prepared: Promise<Stage> | null = null;
  if (profiles !== undefined) mkdirSync(profiles, { recursive: true });
  const bench: Bench = {
    profile,
    folder,
    processesFor: (clients) =>
      Math.max(Math.ceil(clients / CLIENTS_PER_PROCESS), Math.min(2, availableParallelism() - 1)),
    stage: () => (prepared ??= timed('an exam is prepared', () => prepareStage(folder, profile.seats))),
    say,
    raised: report.raised,
    profiles: profiles === undefined ? null : resolve(profiles),
  };
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [rung, { about, profiles: when, run }] of Object.entries(RUNGS)) {
    if (wanted ? !wanted.includes(rung) : !when.includes(name)) continue;
    say(`— ${rung}: ${about}`);
    const begun = performance.now();
    await run(bench).then(
      (result) => report.add(rung, result, begun),
      (error: unknown) => report.failed(rung, error),
    );
  }
  return report;
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  say(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return result;
}

function say(text: string): void {
  console.error(`  ${text}`);
}

process.exitCode = await main(process.argv.slice(2));
