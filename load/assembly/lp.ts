import { join } from 'node:path';

/** Where the collection of models lies, seen from the root of the repository. */
export const LP_FOLDER = join('load', 'assembly', 'lp');

export function lpFile(number: number): string {
  return join(LP_FOLDER, `${String(number).padStart(2, '0')}.lp.gz`);
}

/** What two other solvers found for each model, and which ones they were. */
export interface Optima {
  solvers: { cbc: string; glpk: string };
  models: { number: number; cbc: number; glpk: number }[];
}

export const OPTIMA_FILE = join(LP_FOLDER, 'optima.json');
