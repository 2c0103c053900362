/** What is to be solved, as text in the LP format, and how long it may take. */
export interface SolveTask {
  lp: string;
  /** Seconds; a result that was cut off by time cannot be had again. */
  seconds: number;
  /** By how many thousandths of its objective a solution may be worse than the best. */
  gap: number;
  /** Of the search; another one may give another of equally good solutions. */
  seed: number;
}

/** How far a search is. */
export interface SolveProgress {
  nodes: number;
  /** The best solution so far; absent when there is none. */
  best?: number;
  /** What no solution can do better than. */
  bound: number;
}

export type SolveReply =
  | { type: 'progress'; progress: SolveProgress }
  | { type: 'optimal' | 'stopped'; objective: number; values: Record<string, number> }
  | { type: 'infeasible' | 'nothing' };
