import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DeviceSpec } from '../devices/device.ts';
import { Latencies } from '../measure/latencies.ts';
import { sum } from '../measure/numbers.ts';
import type { Opened, OrderName, Orders, Pace, Reply, Request, Tally } from './messages.ts';

const PROGRAM = fileURLToPath(new URL('./process.js', import.meta.url));

/** Several generator processes that act as one. */
export interface Generators {
  open(group: string, clients: readonly DeviceSpec[], pace: Pace): Promise<Opened>;
  loop(group: string): Promise<void>;
  schedule(group: string, fromMs: number, toMs: number): Promise<void>;
  tally(group: string): Promise<TallyOfAll>;
  rest(group: string): Promise<number>;
  close(group: string): Promise<void>;
  /** Ends one process at once, with the connections of all its clients; gives how many processes are left. */
  kill(): Promise<number>;
  stop(): Promise<void>;
}

export interface TallyOfAll extends Omit<Tally, 'latencies' | 'lateness'> {
  latencies: Latencies;
  lateness: Latencies;
  /** The busiest process: part of one processor that it used. */
  busiest: number;
}

/** Starts so many generator processes. */
export function startGenerators(count: number): Generators {
  const members = Array.from({ length: count }, () => new Member());

  function all<N extends OrderName>(
    name: N,
    order: (index: number) => Parameters<Orders[N]>[0],
  ): Promise<Awaited<ReturnType<Orders[N]>>[]> {
    return Promise.all(members.map((member, index) => member.ask(name, order(index))));
  }

  return {
    async open(group, clients, pace) {
      const share =
        'perSecond' in pace
          ? { perSecond: pace.perSecond / count }
          : { atOnce: Math.ceil(pace.atOnce / count) };
      const shares = members.map((_, index) => clients.filter((_, at) => at % count === index));
      return together(await all('open', (index) => ({ group, clients: shares[index] ?? [], pace: share })));
    },
    async loop(group) {
      await all('loop', () => ({ group }));
    },
    async schedule(group, fromMs, toMs) {
      await all('schedule', () => ({ group, fromMs, toMs }));
    },
    tally: async (group) => total(await all('tally', () => ({ group }))),
    rest: async (group) => sum((await all('rest', () => ({ group }))).map(({ unanswered }) => unanswered)),
    async close(group) {
      await all('close', () => ({ group }));
    },
    async kill() {
      await members.pop()?.end('SIGKILL');
      return members.length;
    },
    async stop() {
      await Promise.all(members.map((member) => member.end('SIGTERM')));
    },
  };
}

class Member {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #next = 0;

  constructor() {
    this.#child = fork(PROGRAM, { serialization: 'advanced', execArgv: ['--max-semi-space-size=32'] });
    this.#child.on('message', (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('error' in reply) waiting?.reject(new Error(reply.error));
      else waiting?.resolve(reply.result);
    });
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('A load generator has ended.'));
      this.#waiting.clear();
    });
  }

  ask<N extends OrderName>(
    name: N,
    order: Parameters<Orders[N]>[0],
  ): Promise<Awaited<ReturnType<Orders[N]>>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      const request: Request = { id, name, order };
      this.#child.send(request);
    });
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }
}

function together(parts: readonly Opened[]): Opened {
  const latencies = new Latencies();
  const failures: Record<string, number> = {};
  for (const part of parts) {
    latencies.merge(part.latencies);
    for (const [why, count] of Object.entries(part.failures)) failures[why] = (failures[why] ?? 0) + count;
  }
  return {
    opened: sum(parts.map(({ opened }) => opened)),
    failures,
    seconds: Math.max(...parts.map(({ seconds }) => seconds)),
    latencies: latencies.take(),
  };
}

function total(parts: readonly Tally[]): TallyOfAll {
  const latencies = new Latencies();
  const lateness = new Latencies();
  for (const part of parts) {
    latencies.merge(part.latencies);
    lateness.merge(part.lateness);
  }
  const add = (of: (tally: Tally) => number) => sum(parts.map(of));
  return {
    elapsedMs: add(({ elapsedMs }) => elapsedMs) / parts.length,
    offered: add(({ offered }) => offered),
    sent: add(({ sent }) => sent),
    answered: add(({ answered }) => answered),
    refused: add(({ refused }) => refused),
    cutOff: add(({ cutOff }) => cutOff),
    pushed: add(({ pushed }) => pushed),
    cpuMs: add(({ cpuMs }) => cpuMs),
    busiest: Math.max(...parts.map(({ cpuMs, elapsedMs }) => cpuMs / elapsedMs)),
    latencies,
    lateness,
  };
}
