import { addFractions, fraction, fractionText, multiplyFractions, type Fraction } from '#bank/marks';

/** What an item can come to: shares of its points, each with its probability; together they are 1. */
export type Chances = readonly { share: Fraction; chance: Fraction }[];

/** One thing that may happen next. `once`: it counts for the first time only, `else` is what it brings then. */
export interface Event {
  brings: Fraction;
  chance: Fraction;
  once?: string;
  else?: Fraction;
}

interface State {
  sum: Fraction;
  chance: Fraction;
  /** What has counted already, sorted. */
  counted: readonly string[];
}

/** The sums that steps taken one after the other can come to; of each step exactly one event happens. */
export function sumsOf(steps: readonly (readonly Event[])[]): Chances {
  let states: readonly State[] = [{ sum: fraction(0n), chance: fraction(1n), counted: [] }];
  for (const events of steps)
    states = merged(states.flatMap((state) => events.map((event) => after(state, event))));
  return states.map(({ sum, chance }) => ({ share: sum, chance }));
}

function after({ sum, chance, counted }: State, { brings, chance: likely, once, else: again }: Event): State {
  const isAgain = once !== undefined && counted.includes(once);
  return {
    sum: addFractions(sum, isAgain && again ? again : brings),
    chance: multiplyFractions(chance, likely),
    counted: once === undefined || isAgain ? counted : [...counted, once].sort(),
  };
}

/** States that nothing tells apart become one. */
function merged(states: readonly State[]): State[] {
  const known = new Map<string, State>();
  for (const state of states) {
    const key = JSON.stringify([fractionText(state.sum), ...state.counted]);
    const same = known.get(key);
    known.set(key, same ? { ...same, chance: addFractions(same.chance, state.chance) } : state);
  }
  return [...known.values()];
}

/** How often so many of n coins show heads. */
export function coins(n: number): { heads: number; chance: Fraction }[] {
  let ways = 1n;
  return Array.from({ length: n + 1 }, (_, heads) => {
    const chance = fraction(ways, 2n ** BigInt(n));
    ways = (ways * BigInt(n - heads)) / BigInt(heads + 1);
    return { heads, chance };
  });
}

export function factorial(n: number): bigint {
  return n < 2 ? 1n : BigInt(n) * factorial(n - 1);
}

/** Orders of n parts in which 0, 1, … stand right behind their forerunner: OEIS A123513, by A000255. */
export function ordersBySuccessions(n: number): bigint[] {
  const none = [1n, 1n];
  for (let m = 2; m <= n; m++)
    none.push(BigInt(m - 1) * (none[m - 1] ?? 0n) + BigInt(m - 2) * (none[m - 2] ?? 0n));
  let choices = 1n;
  return Array.from({ length: n }, (_, together) => {
    const ways = choices * (none[n - together] ?? 0n);
    choices = (choices * BigInt(n - 1 - together)) / BigInt(together + 1);
    return ways;
  });
}

/** Orders of n parts in which 0, 1, … pairs stand the wrong way round: the Mahonian numbers, OEIS A008302. */
export function ordersByInversions(n: number): bigint[] {
  let ways = [1n];
  for (let m = 2; m <= n; m++) {
    const wider = Array.from({ length: ways.length + m - 1 }, () => 0n);
    ways.forEach((count, at) => {
      for (let more = 0; more < m; more++) wider[at + more] = (wider[at + more] ?? 0n) + count;
    });
    ways = wider;
  }
  return ways;
}
