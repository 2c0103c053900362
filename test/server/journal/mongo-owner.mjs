/**
 * Takes the journal of a database, or waits for it, and appends until it is killed or overtaken. Tells each step and
 * each acknowledged record on a line, at once. Ends with 3 when it has been overtaken.
 *
 *   node mongo-owner.mjs URL ROOT_KEY_HEX NAME LEASE_MS
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createMongoJournal } from '../../../dist/server/storage/index.js';
import { unwrapKey, wrapKey } from '../../../dist/bank/vault/index.js';

const [url, rootHex, name, leaseMs] = process.argv.slice(2);
const root = Buffer.from(rootHex, 'hex');
const say = (line) => process.stdout.write(`${line}\n`);

/** Without it the journal grows so much that each taking over reads longer than the one before. */
const PAUSE_MS = 5;

const journal = await createMongoJournal({
  url,
  keys: { wrap: async (key) => wrapKey(root, key), unwrap: async (wrapped) => unwrapKey(root, wrapped) },
  segmentBytes: 65_536,
  leaseMs: Number(leaseMs),
  onWaiting: () => say('waiting'),
  onFailure: (reason) => say(`lost ${reason.cause?.name ?? reason.name}`),
});
say(`open ${journal.head()}`);

async function save(saver) {
  for (let seq = 0; ; seq++) {
    const id = `${name}.${saver}.${seq}`;
    const record = { attempt: saver, type: 'answer', at: seq, data: { id, text: 'x'.repeat(seq % 700) } };
    const [position] = await journal.append([record]);
    say(`ack ${position} ${id}`);
    await pause(PAUSE_MS);
  }
}

const ends = await Promise.allSettled(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(save));
say(`refused ${ends.map(({ reason }) => reason.name).join(' ')}`);
process.exit(3);
