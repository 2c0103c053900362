import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { formModel, satisfies, toLp } from '#bank/assembly';
import { solveLp } from '#server/solver';
import { interlocking } from '../cases/interlocking.ts';
import { lpFile, OPTIMA_FILE, type Optima } from '../lp.ts';
import { percentile, processorSeconds, rounded } from '../plan.ts';
import type { Rung } from './rung.ts';

const TOLERANCE = 1e-6;
const SECONDS_EACH = 120;

/** The solver finds what two others found. */
export const a8: Rung = {
  about: '20 interlocking blueprints over 300 to 1,000 items, as LP files',
  bar: 'optima of CBC and GLPK within 1e-6, median 5 s of processor; the files are those of their blueprints',
  async run(say) {
    const optima = JSON.parse(readFileSync(OPTIMA_FILE, 'utf8')) as Optima;
    const solved = [];
    for (const { number, cbc, glpk } of optima.models) {
      const one = { number, ...(await solve(number, [cbc, glpk])) };
      if (!one.holds) say(JSON.stringify(one));
      solved.push(one);
    }
    const seconds = solved.map((one) => one.seconds);
    const medianSeconds = percentile(seconds, 0.5);
    const wrong = solved.filter(({ holds }) => !holds).map(({ number }) => number);
    const figures = {
      models: solved.length,
      wrong,
      medianSeconds,
      slowestSeconds: Math.max(...seconds),
      furthest: Math.max(...solved.map(({ off }) => off)),
      solvers: optima.solvers,
    };
    return { holds: solved.length === 20 && wrong.length === 0 && medianSeconds <= 5, figures };
  },
};

/** Solves the file, and counts over what was found in the numbers of the blueprint that it was written from. */
async function solve(number: number, others: readonly number[]) {
  const lp = gunzipSync(readFileSync(lpFile(number))).toString('utf8');
  const { model } = formModel(interlocking(number));
  const isSame = digest(toLp(model)) === digest(lp);
  const begun = processorSeconds();
  const ended = await solveLp(lp, SECONDS_EACH);
  const seconds = rounded(processorSeconds() - begun);
  if (ended.type !== 'optimal') return { holds: false, isSame, off: Infinity, seconds };
  const values = model.variables.map(({ name }) => Math.round(ended.values[name] ?? 0));
  const objective = model.variables.reduce((sum, { cost }, at) => sum + cost * (values[at] ?? 0), 0);
  const off = Math.max(
    ...[objective, ended.objective].flatMap((one) => others.map((other) => Math.abs(one - other))),
  );
  return { holds: isSame && satisfies(model, values) && off <= TOLERANCE, isSame, off, seconds };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
