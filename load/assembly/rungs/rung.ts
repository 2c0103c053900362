/** One bar of assembly and marking; `npm run bench:assembly` climbs them. */
export interface Rung {
  about: string;
  /** What must hold, in words. */
  bar: string;
  /** `say` tells what goes on, on the terminal. */
  run(say: (text: string) => void): Promise<{ holds: boolean; figures: Record<string, unknown> }>;
}
