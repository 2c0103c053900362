import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { OwnerOrders } from './owner.ts';

/** The process runs compiled, as threads do. */
const PROGRAM = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/server/doctor/owner.js', import.meta.url)
  : new URL('./owner.js', import.meta.url);

/** A process that owns the journal of a database, or waits for it. */
export interface Owner {
  /** What it said so far. */
  readonly lines: readonly string[];
  signal(signal: NodeJS.Signals): void;
  /** Its exit code, once its last line has been read; null when a signal ended it. */
  ended(): Promise<number | null>;
  /** Its first line that begins with this word. @throws Error when it ends without one */
  line(word: string): Promise<string>;
  /** Resolves when it has said so many lines. @throws Error when it ends before */
  said(count: number): Promise<void>;
}

/** The orders go by standard input: the address may hold a password, which arguments would show to others. */
export function startOwner(orders: OwnerOrders): Owner {
  const child = spawn(process.execPath, [fileURLToPath(PROGRAM)], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(orders)}\n`);
  const lines: string[] = [];
  const firsts = new Map<string, string>();
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    const [word = ''] = line.split(' ', 1);
    if (!firsts.has(word)) firsts.set(word, line);
  });
  let hasEnded = false;
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(([[code]]) => {
    hasEnded = true;
    return code as number | null;
  });
  const hasMore = () => Promise.race([once(reader, 'line'), ended]);
  return {
    lines,
    signal: (signal) => void child.kill(signal),
    ended: () => ended,
    async line(word) {
      for (;;) {
        const found = firsts.get(word);
        if (found !== undefined) return found;
        if (hasEnded) throw new Error(`an owner ended and never said ${word}`);
        await hasMore();
      }
    },
    async said(count) {
      for (; lines.length < count; await hasMore()) {
        if (hasEnded)
          throw new Error(`an owner ended after ${lines.length} of ${count} lines: ${lines.at(-1)}`);
      }
    },
  };
}
