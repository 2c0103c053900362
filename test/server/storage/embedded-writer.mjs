/**
 * A process of its own that writes into an embedded store and tells each acknowledgement on a line, at once.
 *
 *   node embedded-writer.mjs hold FOLDER     opens the store and waits
 *   node embedded-writer.mjs write FOLDER    writes pairs of documents without end: `ack <id>`
 *   node embedded-writer.mjs fill FOLDER     writes large pairs until the store is Unavailable, then closes it
 */
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { createEmbeddedStore, model } from '../../../dist/server/storage/index.js';

const [, , command, dir] = process.argv;
const side = { round: { type: String, required: true }, body: { type: Buffer, required: true } };
const left = model(side);
left.index({ round: 1 }, { name: 'by_round', unique: true });
const right = model(side);
right.index({ round: 1 }, { name: 'by_round' });

const store = await createEmbeddedStore({ dir, schemas: { left, right } });
say('open');
if (command === 'write') await Promise.all(Array.from({ length: 8 }, (_, n) => writePairs(n)));
else if (command === 'fill') await fill();
else setInterval(() => undefined, 60_000);

async function writePairs(writer) {
  for (let n = 0; ; n += 1) {
    const id = `${process.pid}-${writer}-${n}`;
    await store.commit(pair(id, Buffer.alloc(500, n)));
    say(`ack ${id}`);
    // replaced and deleted documents move index entries too
    if (n % 3 === 1) await store.commit(moved(id, Buffer.alloc(700, n)));
    if (n % 3 === 1) say(`moved ${id}`);
  }
}

async function fill() {
  let failures = 0;
  // after the first failure small commits, which might fit once more
  for (let n = 0; failures < 3; n += 1) {
    const batch = Array.from({ length: 4 }, (_, i) => `${process.pid}-${n}-${i}`);
    const results = await Promise.allSettled(
      batch.map((id) => store.commit(pair(id, Buffer.alloc(failures > 0 ? 1 : 20_000, n)))),
    );
    for (const [i, result] of results.entries()) {
      if (result.status === 'fulfilled') say(`ack ${batch[i]}`);
      else say(`refused ${result.reason.name} ${result.reason.message}`);
      if (result.status === 'fulfilled' && failures > 0) say('acknowledged after a failure');
    }
    if (results.some(({ status }) => status === 'rejected')) failures += 1;
  }
  // lmdb may reject a promise of its own some turns later, which must not end the process
  for (let turn = 0; turn < 1_000; turn += 1) await setImmediate();
  say(`readable ${await store.count('left', { index: 'by_round' })}`);
  await store.close();
  say('closed');
}

function pair(id, body) {
  return ['left', 'right'].map((name) => ({ op: 'insert', in: name, doc: { _id: id, round: id, body } }));
}

function moved(id, body) {
  const doc = { _id: id, round: `${id}-moved`, body };
  return ['left', 'right'].map((name) => ({ op: 'replace', in: name, doc, ifVersion: 1 }));
}

function say(line) {
  writeSync(1, `${line}\n`);
}
