import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { DomainError } from '#bank/protocol';
import type { HashReply, HashRequest, HashTask } from './hash-process.ts';

/** The process runs compiled, as threads do. */
const PROGRAM = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/server/identity/hash-process.js', import.meta.url)
  : new URL('./hash-process.js', import.meta.url);

/** Sign-ins that may wait: at 20 ms each on one core the last of them is served within four seconds. */
const QUEUE = 200;
const BUSY_SECONDS = 5;

export interface Hasher {
  hash(secret: string): Promise<string>;
  /**
   * Takes as long for an unknown account (`encoded` null) as for a known one.
   *
   * @throws DomainError `sign-in-busy` when too many wait already
   */
  verify(encoded: string | null, secret: string): Promise<boolean>;
  close(): void;
}

interface Waiting {
  task: HashTask;
  settle(reply: HashReply): void;
  fail(error: Error): void;
}

/**
 * Password and code hashing (argon2id, see `hash-process.ts`) in a process of its own, one secret per core at a time.
 * Sign-ins go before the codes of class lists; their queue is bounded. When the process dies, those in it are asked to
 * come again, and the next request starts another.
 */
export function createHasher(pepper: Uint8Array): Hasher {
  const lanes = availableParallelism();
  const signIns: Waiting[] = [];
  const others: Waiting[] = [];
  const running = new Map<number, Waiting>();
  let child: ChildProcess | null = null;
  let lastId = 0;

  function start(): ChildProcess {
    const started = fork(fileURLToPath(PROGRAM), {
      execArgv: [],
      serialization: 'advanced',
      env: { ...process.env, UV_THREADPOOL_SIZE: String(lanes) },
    });
    started.on('message', (reply: HashReply) => finish(reply));
    started.on('error', () => started.kill());
    started.on('exit', () => lose(started));
    send(started, { op: 'pepper', pepper });
    return started;
  }

  function finish(reply: HashReply): void {
    const waiting = running.get(reply.id);
    running.delete(reply.id);
    if ('failure' in reply) waiting?.fail(new Error(`hashing failed: ${reply.failure}`));
    else waiting?.settle(reply);
    advance();
  }

  function lose(ended: ChildProcess): void {
    if (child === ended) child = null;
    const lost = [...running.values()];
    running.clear();
    for (const waiting of lost) waiting.fail(busy());
    advance();
  }

  function advance(): void {
    while (running.size < lanes) {
      const next = signIns.shift() ?? others.shift();
      if (!next) break;
      child ??= start();
      running.set(++lastId, next);
      send(child, { id: lastId, ...next.task });
    }
    keepAlive(child, running.size > 0);
  }

  function run(queue: Waiting[], task: HashTask): Promise<HashReply> {
    return new Promise((settle, fail) => {
      queue.push({ task, settle, fail });
      advance();
    });
  }

  return {
    async hash(secret) {
      const reply = await run(others, { op: 'hash', secret: normalise(secret) });
      if (!('hash' in reply)) throw new Error('the hashing process answered something else');
      return reply.hash;
    },
    async verify(encoded, secret) {
      if (signIns.length >= QUEUE) throw busy();
      const reply = await run(signIns, { op: 'verify', encoded, secret: normalise(secret) });
      return 'matches' in reply && reply.matches;
    },
    close() {
      child?.disconnect();
    },
  };
}

/** An idle process keeps its parent from nothing. */
function keepAlive(child: ChildProcess | null, isBusy: boolean): void {
  for (const handle of [child, child?.channel]) {
    if (isBusy) handle?.ref();
    else handle?.unref();
  }
}

function send(child: ChildProcess, request: HashRequest): void {
  child.send(request, (error) => {
    if (error) child.kill();
  });
}

function busy(): DomainError {
  return new DomainError('sign-in-busy', 503, { seconds: BUSY_SECONDS });
}

/** NFKC, so that the same password typed on another keyboard is the same bytes (NIST SP 800-63B). */
function normalise(password: string): string {
  return password.normalize('NFKC');
}
