/**
 * Appends to a journal until it is killed or refused, and prints one line for each acknowledged record.
 *
 *   node appending-child.mjs FOLDER ROOT_KEY_HEX FIRST_SEQ
 */
import { createSegmentJournal } from '../../../dist/server/storage/segment-journal/index.js';
import { unwrapKey, wrapKey } from '../../../dist/bank/vault/index.js';

const [dir, rootHex, firstSeq] = process.argv.slice(2);
const root = Buffer.from(rootHex, 'hex');
const journal = await createSegmentJournal({
  dir,
  keys: {
    wrap: async (key) => wrapKey(root, key),
    unwrap: async (wrapped) => unwrapKey(root, wrapped),
    keepOnly: async () => undefined,
  },
  segmentBytes: 65_536,
});
process.stdout.write(`open ${journal.head()}\n`);

async function save(attempt) {
  for (let seq = Number(firstSeq); ; seq++) {
    await journal.append([
      { attempt, type: 'answer', at: Date.now(), data: { seq, text: 'x'.repeat(seq % 900) } },
    ]);
    process.stdout.write(`acknowledged ${attempt} ${seq}\n`);
  }
}

try {
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(save));
} catch (error) {
  const again = await journal.append([{ attempt: 'a', type: 'answer', at: 0, data: null }]).then(
    () => 'accepted',
    (later) => later.name,
  );
  process.stdout.write(`refused ${error.name} ${again}\n`, () => process.exit(0));
}
