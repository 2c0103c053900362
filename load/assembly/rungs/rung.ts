/** One bar of the assembly bench. */
export interface Rung {
  about: string;
  bar: string;
  run(say: (text: string) => void): Promise<{ holds: boolean; figures: Record<string, unknown> }>;
}
