/**
 * Writes the collection of interlocking blueprints as LP files, has CBC and GLPK (`coinor-cbc` and `glpk-utils` of
 * Debian) solve each, and writes down what they found: `node dist/load/assembly/write-lp.js`, from the root of the
 * repository. Run it again only when the blueprints of `cases/interlocking.ts` change.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formModel, toLp } from '#bank/assembly';
import { INTERLOCKING, interlocking } from './cases/interlocking.ts';
import { lpFile, LP_FOLDER, OPTIMA_FILE, type Optima } from './lp.ts';

const SECONDS = 600;

const scratch = mkdtempSync(join(tmpdir(), 'niem-lp-'));
mkdirSync(LP_FOLDER, { recursive: true });
try {
  const models = Array.from({ length: INTERLOCKING }, (_, number) => solveByOthers(number));
  const solvers = {
    cbc: versionOf('cbc', ['-quit'], /Version: (\S+)/),
    glpk: versionOf('glpsol', ['--version'], /Solver (\S+)/),
  };
  const optima: Optima = { solvers, models };
  writeFileSync(OPTIMA_FILE, `${JSON.stringify(optima, null, 2)}\n`);
} finally {
  rmSync(scratch, { recursive: true });
}

function solveByOthers(number: number): Optima['models'][number] {
  const lp = toLp(formModel(interlocking(number)).model);
  writeFileSync(lpFile(number), gzipSync(lp, { level: 9 }));
  const file = join(scratch, 'model.lp');
  writeFileSync(file, lp);
  const found = { number, cbc: byCbc(file), glpk: byGlpk(file) };
  console.error(JSON.stringify(found));
  return found;
}

/** `Optimal - objective value 12345.00000000` is the first line of what it writes. */
function byCbc(file: string): number {
  const result = join(scratch, 'cbc.txt');
  execFileSync('cbc', [file, 'ratio', '0', 'allow', '0', 'sec', String(SECONDS), 'solve', 'solu', result]);
  const [, value] = /^Optimal - objective value (-?[\d.]+)/.exec(readFileSync(result, 'utf8')) ?? [];
  return proved('cbc', value);
}

/** `Status: INTEGER OPTIMAL` and `Objective: cost = 12345 (MAXimum)` stand at the top of what it writes. */
function byGlpk(file: string): number {
  const result = join(scratch, 'glpk.txt');
  execFileSync('glpsol', ['--lp', file, '--cuts', '--tmlim', String(SECONDS), '--output', result]);
  const text = readFileSync(result, 'utf8');
  const [, value] = /Status: +INTEGER OPTIMAL\n[^]*?Objective: +cost = (-?[\d.e+]+)/.exec(text) ?? [];
  return proved('glpsol', value);
}

function proved(solver: string, value: string | undefined): number {
  if (value === undefined) throw new Error(`${solver} proved no optimum within ${SECONDS} s`);
  return Math.abs(Number(value));
}

function versionOf(program: string, args: readonly string[], version: RegExp): string {
  const told = execFileSync(program, [...args], { encoding: 'utf8' });
  return version.exec(told)?.[1] ?? told.split('\n')[0] ?? '';
}
