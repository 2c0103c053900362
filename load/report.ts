import { BARS, type Bar, type BarName, type ProfileName } from './bars.ts';
import { describeMachine } from './measure/machine.ts';
import { median, rounded } from './measure/numbers.ts';
import type { Measured, RungResult } from './rungs/rung.ts';

/** One bar as it came out. */
interface Outcome {
  bar: BarName;
  title: string;
  unit: string;
  good: Bar['good'];
  limit: number;
  /** Median of the rounds; `least` and `most` of them show the noise. */
  value: number;
  least: number;
  most: number;
  rounds: number[];
  holds: boolean;
}

export interface Report {
  add(rung: string, result: RungResult, begun: number): void;
  failed(rung: string, error: unknown): void;
  raised(limit: string): void;
  /** Every bar that was to be measured has been, and holds. */
  isGood(): boolean;
  json(): object;
  table(): string;
}

export function createReport(profile: ProfileName): Report {
  const begun = new Date();
  const machine = describeMachine();
  const outcomes: Outcome[] = [];
  const rungs: Record<string, object> = {};
  const failures: Record<string, string> = {};
  const raised = new Set<string>();
  const isGood = () => outcomes.every(({ holds }) => holds) && Object.keys(failures).length === 0;

  return {
    add(rung, { measured, figures }, since) {
      outcomes.push(...measured.map(outcomeOf));
      rungs[rung] = { seconds: rounded((performance.now() - since) / 1000), ...figures };
    },
    failed(rung, error) {
      failures[rung] = error instanceof Error ? (error.stack ?? error.message) : String(error);
    },
    raised: (limit) => void raised.add(limit),
    isGood,
    json: () => ({
      ok: isGood(),
      profile,
      begun: begun.toISOString(),
      seconds: Math.round((Date.now() - begun.getTime()) / 1000),
      machine,
      limitsRaised: [...raised],
      missed: outcomes.filter(({ holds }) => !holds).map(({ bar }) => bar),
      failures,
      bars: outcomes,
      rungs,
    }),
    table() {
      const failed = Object.entries(failures).map(
        ([rung, error]) => `${rung} could not be measured: ${error}`,
      );
      const limits = raised.size > 0 ? [`limits raised: ${[...raised].join('; ')}`] : [];
      return [...outcomes.map(rowOf), ...failed, ...limits].join('\n');
    },
  };
}

function outcomeOf({ bar, rounds, limits }: Measured): Outcome {
  const { title, unit, good, limit: fixed } = BARS[bar];
  const value = median(rounds);
  const limit = fixed ?? median(limits ?? []);
  return {
    bar,
    title,
    unit,
    good,
    limit: rounded(limit, 4),
    value: rounded(value, 4),
    least: rounded(Math.min(...rounds), 4),
    most: rounded(Math.max(...rounds), 4),
    rounds: rounds.map((round) => rounded(round, 4)),
    holds: good === 'atLeast' ? value >= limit : value <= limit,
  };
}

function rowOf({ title, unit, good, limit, value, least, most, holds }: Outcome): string {
  const bar = `${good === 'atLeast' ? '≥' : '≤'} ${limit}`;
  const figures = `${value} ${unit}`.trim().padEnd(18);
  return `${holds ? 'holds ' : 'MISSED'}  ${title.padEnd(62)} ${figures} ${bar.padEnd(12)} (${least} to ${most})`;
}
