/**
 * A process that takes the journal of a database, or waits for it, and appends until it is killed or overtaken. It
 * reads its orders from the first line of its standard input, tells each step and each acknowledged record on a line,
 * at once, and ends with 3 when it has been overtaken.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { createMongoJournal } from '#server/storage';
import { passingKeys } from './workplace.ts';

/** What an owner is told to do, as one line of JSON. */
export interface OwnerOrders {
  url: string;
  /** The journal's root key, in hexadecimal digits. */
  root: string;
  /** Begins the ids of its records. */
  name: string;
  leaseMs: number;
}

/** Without it the journal grows so much that each taking over reads longer than the one before. */
const PAUSE_MS = 5;
const SEGMENT_BYTES = 65_536;
const SAVERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

const say = (line: string) => process.stdout.write(`${line}\n`);

const input = createInterface({ input: process.stdin });
const [line] = await once(input, 'line');
const { url, root, name, leaseMs } = JSON.parse(String(line)) as OwnerOrders;
// without whoever started it there is nothing to do
input.on('close', () => process.exit(0));

const journal = await createMongoJournal({
  url,
  keys: passingKeys(Buffer.from(root, 'hex')),
  segmentBytes: SEGMENT_BYTES,
  leaseMs,
  onWaiting: () => say('waiting'),
  onFailure: (reason) => say(`lost ${nameOf(reason.cause ?? reason)}`),
});
say(`open ${journal.head()}`);
const ends = await Promise.allSettled(SAVERS.map(save));
say(`refused ${ends.map((end) => (end.status === 'rejected' ? nameOf(end.reason) : '')).join(' ')}`);
process.exit(3);

async function save(saver: string): Promise<never> {
  for (let seq = 0; ; seq++) {
    const id = `${name}.${saver}.${seq}`;
    const record = { attempt: saver, type: 'answer', at: seq, data: { id, text: 'x'.repeat(seq % 700) } };
    const [position] = await journal.append([record]);
    say(`ack ${position} ${id}`);
    await pause(PAUSE_MS);
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}
