import type { Generators, TallyOfAll } from '../generator/generator.ts';
import { usageOf } from './processes.ts';

/** What a server did and cost while it was looked at. */
export interface Window {
  seconds: number;
  /** Answers per second. */
  perSecond: number;
  /** Microseconds of processor per answer, over all processes and threads of the server. */
  microseconds: number;
  /** Processor of the server, as a part of one. */
  cores: number;
  tally: TallyOfAll;
}

/** Looks at a server for so long while a group of clients keeps it busy. */
export async function look(
  pid: number,
  generators: Generators,
  group: string,
  seconds: number,
): Promise<Window> {
  await generators.tally(group);
  const before = usageOf(pid).cpuMs;
  const from = performance.now();
  await sleep(seconds * 1000);
  const tally = await generators.tally(group);
  const cores = (usageOf(pid).cpuMs - before) / (performance.now() - from);
  const perSecond = tally.answered / (tally.elapsedMs / 1000);
  return { seconds, perSecond, cores, microseconds: (cores * 1e6) / perSecond, tally };
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
