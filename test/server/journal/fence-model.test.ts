import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Unavailable, type Journal } from '#server/storage';
import { answer, collect } from '#server/storage/contract';
import { createProcess, type JournalProcess } from './journal-process.ts';
import { createReplica, type Fate, type Replica } from './replica-double.ts';
import { createGenerations } from './support.ts';

type Step =
  | { do: 'start' }
  | { do: 'append' | 'stop' | 'continue' | 'close'; which: number }
  | { do: 'retire'; which: number; keep: number }
  | { do: 'settle'; keep: boolean }
  | { do: 'wait' };

const which = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: 'start' as const }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('append' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('stop' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('continue' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('retire' as const), which, keep: fc.nat({ max: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), keep: fc.boolean() }) },
  { weight: 6, arbitrary: fc.constant({ do: 'wait' as const }) },
);
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 12, arbitrary: fc.constant('done' as const) },
  { weight: 1, arbitrary: fc.constantFrom('unheard' as const, 'pending' as const, 'refused' as const) },
  { weight: 1, arbitrary: fc.constant('delayed' as const) },
);

const LEASE_MS = 8;
const HALF_A_LEASE = () => new Promise((resolve) => setTimeout(resolve, LEASE_MS / 2));

/** Records by position, as somebody has seen them. */
type Seen = Map<number, number>;

async function look(journal: Journal): Promise<Seen> {
  const records = await collect(journal.replay(1));
  return new Map(records.map(({ position, data }) => [position, (data as { seq: number }).seq]));
}

/** Plays the steps, then lets everything come down, and opens the journal once more. */
async function play(steps: readonly Step[], fates: readonly Fate[]): Promise<void> {
  const replica = createReplica();
  const keys = createGenerations();
  const processes: { process: JournalProcess; journal: Journal | null }[] = [];
  const acknowledged: Seen = new Map();
  const retired: Seen = new Map();
  const twice: number[] = [];
  const pending: Promise<unknown>[] = [];
  let seq = 0;
  let keep = true;

  function start(): void {
    const at = (processes.length * 7) % fates.length;
    const own = [...fates.slice(at), ...fates.slice(0, at)];
    const process = createProcess({
      replica,
      leaseMs: LEASE_MS,
      fate: () => own.shift() ?? 'done',
      keys: keys(),
    });
    const entry: (typeof processes)[number] = { process, journal: null };
    processes.push(entry);
    const opened = process.opened.then(async (journal) => {
      entry.journal = journal;
    });
    pending.push(opened.catch(expectUnavailable));
  }

  async function retire(journal: Journal, kept: number): Promise<void> {
    const upTo = journal.head() - kept;
    const seen = await look(journal);
    for (const [position, id] of seen) if (position <= upTo) retired.set(position, id);
    await journal.retire(upTo);
  }

  start();
  for (const one of steps) {
    const { process, journal } = processes['which' in one ? one.which % processes.length : 0] ?? {};
    if (one.do === 'start' && processes.length < 6) start();
    else if (one.do === 'append' && journal) {
      const id = ++seq;
      const appended = journal.append([answer('a', id, 'x'.repeat(300))]);
      const noted = appended.then(([position = 0]) => {
        if (acknowledged.has(position)) twice.push(position);
        acknowledged.set(position, id);
      });
      pending.push(noted.catch(expectUnavailable));
    } else if (one.do === 'stop') process?.stop();
    else if (one.do === 'continue') process?.continue();
    else if (one.do === 'close' && journal) pending.push(journal.close());
    else if (one.do === 'retire' && journal) pending.push(retire(journal, one.keep).catch(() => undefined));
    else if (one.do === 'settle') replica.settle(one.keep);
    else if (one.do === 'wait') await HALF_A_LEASE();
  }

  for (const { process } of processes) process.continue();
  const settling = setInterval(() => replica.settle((keep = !keep)), 1);
  const closings = processes.map(({ process }) =>
    process.opened.then((journal) => journal.close()).catch(() => undefined),
  );
  await Promise.all([...pending, ...closings]);
  const journal = await createProcess({ replica, leaseMs: LEASE_MS, keys: keys() }).opened;
  clearInterval(settling);
  expect(twice).toEqual([]);
  check(await look(journal), { acknowledged, retired });
  expectDense(replica);
  await journal.close();
}

function expectUnavailable(error: unknown): void {
  if (!(error instanceof Unavailable)) throw error;
}

/** Nothing acknowledged is lost or moved, nothing is doubled. */
function check(found: Seen, { acknowledged, retired }: { acknowledged: Seen; retired: Seen }): void {
  const positions = [...found.keys()];
  const [first = 0] = positions;
  expect(positions).toEqual(positions.map((_, i) => first + i));
  expect(new Set(found.values()).size).toBe(found.size);
  for (const [position, id] of acknowledged) {
    expect(found.get(position) ?? retired.get(position), `record ${id} at ${position}`).toBe(id);
  }
}

/** From the base on, every number is taken. */
function expectDense(replica: Replica): void {
  const [stream] = replica.documents('journalStreams');
  const numbers = replica.documents('journalBatches').map(({ _id }) => Number(_id.split('/')[1]));
  const base = Number(stream?.['firstBatch']);
  const live = numbers.filter((number) => number >= base);
  expect(live).toEqual(live.map((_, i) => base + i));
}

it('loses and doubles nothing, whenever processes stop, go on, take over, retire, and writes are lost or late', async () => {
  const steps = fc.array(step, { minLength: 5, maxLength: 50 });
  const fates = fc.array(fate, { minLength: 1, maxLength: 60 });
  await fc.assert(fc.asyncProperty(steps, fates, play), { numRuns: 300 });
}, 240_000);
