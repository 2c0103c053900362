import { randomInt } from 'node:crypto';

export interface Timetable {
  stop(): void;
}

/** Steps of randomness within an interval. */
const STEPS = 1_000_000;

/**
 * Calls `onDue` for each of so many clients again and again, at moments fixed in advance, so that a slow server does not
 * slow down those who load it. Intervals are spread evenly between the two bounds; the first one begins anywhere, as if
 * everybody had been at it for a while.
 */
export function createTimetable(
  clients: number,
  fromMs: number,
  toMs: number,
  onDue: (client: number, due: number) => void,
): Timetable {
  const heap = createHeap(clients);
  const chance = () => randomInt(STEPS) / STEPS;
  const interval = () => fromMs + chance() * (toMs - fromMs);
  // Who looks at any moment finds a long interval more often than a short one, in proportion to its length.
  const intervalFound = () => Math.sqrt(fromMs ** 2 + chance() * (toMs ** 2 - fromMs ** 2));
  const begin = performance.now();
  for (let client = 0; client < clients; client++) heap.push(begin + chance() * intervalFound(), client);
  let timer: NodeJS.Timeout | null = null;

  function run(): void {
    for (;;) {
      const now = performance.now();
      if (heap.size() === 0) return;
      if (heap.firstTime() > now) break;
      const [due, client] = heap.pop();
      onDue(client, due);
      heap.push(due + interval(), client);
    }
    timer = setTimeout(run, heap.firstTime() - performance.now());
  }

  run();
  return {
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}

/** A binary heap of moments in two arrays: ten thousand clients leave nothing for the garbage collector. */
function createHeap(capacity: number) {
  const times = new Float64Array(capacity);
  const items = new Uint32Array(capacity);
  let size = 0;
  const time = (index: number) => times[index] ?? Infinity;

  function swap(a: number, b: number): void {
    [times[a], times[b]] = [time(b), time(a)];
    [items[a], items[b]] = [items[b] ?? 0, items[a] ?? 0];
  }

  function sink(index: number): void {
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const smaller = right < size && time(right) < time(left) ? right : left;
      if (smaller >= size || time(index) <= time(smaller)) return;
      swap(index, smaller);
      index = smaller;
    }
  }

  function rise(index: number): void {
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (time(parent) <= time(index)) return;
      swap(index, parent);
      index = parent;
    }
  }

  return {
    size: () => size,
    firstTime: () => time(0),
    push(at: number, item: number): void {
      times[size] = at;
      items[size] = item;
      rise(size++);
    },
    pop(): [time: number, item: number] {
      const first: [number, number] = [time(0), items[0] ?? 0];
      swap(0, --size);
      sink(0);
      return first;
    },
  };
}
