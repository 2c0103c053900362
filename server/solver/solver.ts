import { satisfies, toLp, type LinearModel } from '#bank/assembly';
import { solveInThread, type Ended, type Watch } from './thread.ts';

/** Of the search; fixed, so that the same model gives the same form. */
const SEED = 1;

/** Values of the variables in their order; `isOptimal` is false where the time ended before nothing better was proved. */
interface Solution {
  objective: number;
  values: number[];
  isOptimal: boolean;
}

/** A model in the LP format, as a solver sees it; `gap` in thousandths of the objective. */
export function solveLp(lp: string, seconds: number, watch: Watch = {}, gap = 0): Promise<Ended> {
  return solveInThread({ lp, seconds, gap, seed: SEED }, watch);
}

/**
 * Solves a model, to the optimum or so many thousandths beside it, within so many seconds. What is found was counted again here, in the numbers of the model.
 *
 * @returns `infeasible` when nothing can satisfy it, `nothing` when the time ended before anything was found
 */
export async function solveModel(
  model: LinearModel,
  seconds: number,
  watch: Watch = {},
  gap = 0,
): Promise<Solution | 'infeasible' | 'nothing'> {
  if (model.variables.length === 0)
    return satisfies(model, []) ? { objective: 0, values: [], isOptimal: true } : 'infeasible';
  const ended = await solveLp(toLp(model), seconds, watch, gap);
  if (!('values' in ended)) return ended.type;
  const values = model.variables.map(({ name }) => ended.values[name] ?? 0);
  if (!satisfies(model, values)) throw new Error('a solution does not satisfy its model');
  return { objective: ended.objective, values, isOptimal: ended.type === 'optimal' };
}
