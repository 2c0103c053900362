import { setTimeout as pause } from 'node:timers/promises';
import { equal } from 'node:assert/strict';
import { Conflict, Duplicate, Unavailable, type Journal, type Store } from '#server/storage';
import type { TestDocuments } from '#server/storage/contract';
import { requireAll } from './takeovers.ts';

export interface LossSubject {
  /** With nothing in it. */
  journal: Journal;
  /** With nothing in it, and commits of several writes. */
  store: Store<TestDocuments>;
  /** Takes the primary away; resolves once there is one again. */
  losePrimary(signal: AbortSignal): Promise<void>;
}

/** What was acknowledged. */
export interface Acknowledged {
  appends: number;
  commits: number;
}

const WRITERS = ['a', 'b', 'c', 'd'];
/** Acknowledgements of every stream before the primary goes, and again after it. */
const STEADY = 50;
const REFUSED_PAUSE_MS = 50;

/** A worker that goes on until it is stopped; it tells how many acknowledgements it has. */
interface Stream {
  acknowledged(): number;
  /** One piece of work. */
  step(): Promise<void>;
}

/**
 * Appends and commits go on without a break while the primary is lost `losses` times. Afterwards everything that was
 * acknowledged must be there, once, and every commit whole.
 *
 * @throws AssertionError for a broken promise
 */
export async function surviveLosses(
  { journal, store, losePrimary }: LossSubject,
  losses: number,
  signal: AbortSignal,
): Promise<Acknowledged> {
  const appended: [position: number, id: string][] = [];
  const committers = WRITERS.map((name) => createCommitter(store, name));
  const streams = [...WRITERS.map((name) => createAppender(journal, name, appended)), ...committers];
  const done = new AbortController();
  const ends = AbortSignal.any([signal, done.signal]);
  const progress = createProgress(streams);
  const work = Promise.all(streams.map((stream) => keepOn(stream, ends, progress.tell)));
  const lose = async () => {
    for (let loss = 0; loss < losses; loss++) {
      await progress.further(STEADY);
      await losePrimary(signal);
    }
    await progress.further(STEADY);
  };
  try {
    // a stream never ends before it is told to, so its end is its failure
    await Promise.race([lose(), work]);
  } finally {
    done.abort();
    await work.catch(() => undefined);
  }
  signal.throwIfAborted();
  await requireAll(journal, appended);
  for (const committer of committers) await committer.requireWhole();
  return { appends: appended.length, commits: committers.reduce((sum, one) => sum + one.acknowledged(), 0) };
}

async function keepOn(stream: Stream, signal: AbortSignal, tell: () => void): Promise<void> {
  while (!signal.aborted) {
    await stream.step();
    tell();
  }
}

/** Waits until every stream has got on. */
function createProgress(streams: readonly Stream[]) {
  let check: () => void = () => undefined;
  return {
    tell: () => check(),
    further(by: number): Promise<void> {
      const goals = streams.map((stream) => stream.acknowledged() + by);
      return new Promise((resolve) => {
        check = () => {
          if (streams.every((stream, i) => stream.acknowledged() >= (goals[i] ?? 0))) resolve();
        };
      });
    },
  };
}

/** The journal has the patience for an election itself: what it refuses is a broken promise. */
function createAppender(journal: Journal, name: string, appended: [number, string][]): Stream {
  let count = 0;
  return {
    acknowledged: () => count,
    async step() {
      const id = `${name}.${count}`;
      const [position = 0] = await journal.append([
        { attempt: name, type: 'answer', at: count, data: { id } },
      ]);
      appended.push([position, id]);
      count += 1;
    },
  };
}

/**
 * Each commit moves a counter on by one and inserts the document of that number. After an outcome that stayed open the
 * counter is read again, as everybody must who uses the Store.
 */
function createCommitter(store: Store<TestDocuments>, name: string) {
  const total = `total.${name}`;
  const known = { n: 0, version: 0 };
  const acknowledged: number[] = [];
  /** The outcome of the last commit is open: it may even come true after the counter was read again. */
  let isOpen = false;

  async function readAgain(): Promise<void> {
    const found = await store.get('counters', total);
    Object.assign(known, { n: found?.n ?? 0, version: found?.v ?? 0 });
  }

  async function commitNext(): Promise<void> {
    const n = known.n + 1;
    const doc = { _id: total, n };
    await store.commit([
      { op: 'insert', in: 'counters', doc: { _id: `${name}.${n}`, n } },
      known.version === 0
        ? { op: 'insert', in: 'counters', doc }
        : { op: 'replace', in: 'counters', doc, ifVersion: known.version },
    ]);
    acknowledged.push(n);
    Object.assign(known, { n, version: known.version + 1 });
  }

  return {
    acknowledged: () => acknowledged.length,
    async step() {
      try {
        if (isOpen) await readAgain();
        await commitNext();
        isOpen = false;
      } catch (error) {
        const cameTrue = isOpen && (error instanceof Conflict || error instanceof Duplicate);
        if (!cameTrue && !(error instanceof Unavailable)) throw error;
        isOpen = true;
        await pause(REFUSED_PAUSE_MS);
      }
    },
    /** @throws AssertionError unless every document up to the counter is there, and none beyond it */
    async requireWhole() {
      const n = (await store.get('counters', total))?.n ?? 0;
      const missing = acknowledged.filter((number) => number > n);
      equal(missing.length, 0, `acknowledged commits are missing: ${missing.length}`);
      equal(new Set(acknowledged).size, acknowledged.length, 'a commit was acknowledged twice');
      const ids = Array.from({ length: n + 1 }, (_, i) => `${name}.${i + 1}`);
      const docs = await store.getMany('counters', ids);
      equal(docs.filter(Boolean).length, n, 'a commit was done in part');
      equal(docs.at(-1) ?? null, null, 'a commit was done in part');
    },
  };
}
