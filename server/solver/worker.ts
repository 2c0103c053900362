/** Worker thread that solves one linear model, so that a search of seconds does not hold up the server. */
import { parentPort, workerData } from 'node:worker_threads';
import highsPackage from 'highs';
import type { SolveReply, SolveTask } from './solve.ts';

if (!parentPort) throw new Error('This file runs as a worker thread.');
const server = parentPort;
const { lp, seconds, seed, gap } = workerData as SolveTask;

/** What was found ends the search when nothing can be better by more. */
const ENOUGH = { mip_rel_gap: gap / 1000, mip_abs_gap: 0 };

/** Between two reports of how far it is. */
const TELL_AFTER_MS = 300;
let told = -Infinity;

/** The types are those of the CommonJS build; a module gets the loader itself. */
const loadHighs = highsPackage as unknown as typeof highsPackage.default;

const highs = await loadHighs();
const { modelStatus, callbackType } = highs.constants;
highs.withModel({ format: 'lp', data: lp }, (model) => {
  model.options.set({ output_flag: false, random_seed: seed, time_limit: seconds, ...ENOUGH });
  model.run({
    [callbackType.mipInterrupt]({ data }) {
      const now = performance.now();
      if (now - told < TELL_AFTER_MS) return;
      told = now;
      const { mip_node_count: nodes = 0n, mip_primal_bound: best, mip_dual_bound: bound = 0 } = data;
      const found = best !== undefined && Math.abs(best) < highs.infinity && { best };
      send({ type: 'progress', progress: { nodes: Number(nodes), bound, ...found } });
    },
  });
  const status = model.getModelStatus();
  if (status === modelStatus.infeasible) return send({ type: 'infeasible' });
  const isOptimal = status === modelStatus.optimal || status === modelStatus.empty;
  const isFeasible = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
  if (!isOptimal && !isFeasible) return send({ type: 'nothing' });
  const { colValue } = model.getSolution();
  const values = Object.fromEntries([...colValue].map((value, index) => [model.getColName(index), value]));
  send({ type: isOptimal ? 'optimal' : 'stopped', objective: model.getObjectiveValue(), values });
});

function send(reply: SolveReply): void {
  server.postMessage(reply, []);
}
