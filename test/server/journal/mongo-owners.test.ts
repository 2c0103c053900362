import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { randomKey } from '#bank/vault';
import { createMongoJournal } from '#server/storage';
import { collect } from '#server/storage/contract';
import { newDatabase, testServer } from '../../support/mongo-server.ts';
import { testKeys } from './support.ts';

const OWNER = fileURLToPath(new URL('./mongo-owner.mjs', import.meta.url));
const ROUNDS = 20;
/** Long enough for an owner to renew it on a busy computer: one that cannot is overtaken before its round. */
const LEASE_MS = 1500;

/** A process that owns the journal of this database, or waits for it. */
function startOwner(url: string, root: Uint8Array, name: string) {
  const args = [OWNER, url, Buffer.from(root).toString('hex'), name, String(LEASE_MS)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
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
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    /** Its exit code, once its last line has been read. */
    ended: () => ended,
    /** Its first line that begins with this word; rejects when it ends without one. */
    async line(word: string): Promise<string> {
      for (;;) {
        const found = firsts.get(word);
        if (found !== undefined) return found;
        if (hasEnded) throw new Error(`it ended and never said ${word}`);
        await hasMore();
      }
    },
    /** Rejects when it ends before it has acknowledged so many. */
    async acknowledged(count: number): Promise<void> {
      for (; lines.length < count; await hasMore()) {
        if (hasEnded) throw new Error(`it ended after ${lines.length} of ${count} lines: ${lines.at(-1)}`);
      }
    },
  };
}

function acknowledgements(lines: readonly string[]): [position: number, id: string][] {
  return lines.flatMap((line) => {
    const [word, position, id = ''] = line.split(' ');
    return word === 'ack' ? [[Number(position), id] as [number, string]] : [];
  });
}

describe.skipIf(!testServer)(
  'two owners of one journal (skipped unless NIEM_TEST_DATABASE_URL names a server)',
  () => {
    it(`lose and double nothing in ${ROUNDS} takeovers from owners killed or stopped in the middle of a batch`, async () => {
      const url = newDatabase();
      const root = randomKey();
      const told: string[][] = [];
      const refusals: string[] = [];
      let owner = startOwner(url, root, 'p0');
      for (let round = 1; round <= ROUNDS; round++) {
        told.push(owner.lines);
        const next = startOwner(url, root, `p${round}`);
        await next.line('waiting');
        await owner.acknowledged(60 + round * 7);
        const stopped = round % 2 === 0;
        owner.signal(stopped ? 'SIGSTOP' : 'SIGKILL');
        const head = Number((await next.line('open')).split(' ')[1]);
        await next.acknowledged(30);
        if (stopped) owner.signal('SIGCONT');
        expect(await owner.ended()).toBe(stopped ? 3 : null);
        if (stopped) refusals.push(await owner.line('lost'), await owner.line('refused'));
        const beyond = acknowledgements(owner.lines).filter(([position]) => position > head);
        expect(beyond).toEqual([]);
        owner = next;
      }
      told.push(owner.lines);
      owner.signal('SIGKILL');
      await owner.ended();

      expect(new Set(refusals)).toEqual(new Set(['lost Overtaken', `refused${' Unavailable'.repeat(8)}`]));
      const journal = await createMongoJournal({ url, keys: testKeys(root), leaseMs: LEASE_MS });
      const records = await collect(journal.replay(1));
      const found = new Map(records.map(({ position, data }) => [position, (data as { id: string }).id]));
      expect([...found.keys()]).toEqual(records.map((_, i) => i + 1));
      expect(new Set(found.values()).size).toBe(found.size);
      const acknowledged = told.flatMap(acknowledgements);
      expect(acknowledged.length).toBeGreaterThan(ROUNDS * 60);
      expect(acknowledged.filter(([position, id]) => found.get(position) !== id)).toEqual([]);
      await journal.close();
    }, 300_000);
  },
);
