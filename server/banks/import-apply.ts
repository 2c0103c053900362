import type { Actor, ImportCounts } from '#bank/protocol';
import type { ImportedItem } from '#bank/formats';
import type { Progress } from '#server/http';
import { Conflict, Duplicate, type Stored, type Write } from '#server/storage';
import type { BankRecord } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';
import { draftWrites } from './draft.ts';
import { actionFor, itemsByCode, itemText } from './import-compare.ts';
import type { ImportRows, StagedRow } from './import-rows.ts';
import type { ItemBoxes } from './item-boxes.ts';
import type { ItemRecord } from './item-state.ts';

/** Items per commit: two writes each, and the entry in the ledger. */
const CHUNK_ITEMS = 200;
const ATTEMPTS = 5;

type Tally = Pick<ImportCounts, 'added' | 'changed' | 'same'>;

interface Work {
  actor: Actor;
  bank: BankRecord;
  job: Stored<'imports'>;
  known: Map<string, ItemRecord>;
  tally: Tally;
}

/**
 * Takes the staged rows over, chunk by chunk. Safe to repeat from the start after a crash: what is in already is the
 * same and skipped. Descriptions go first, because items name them.
 */
export async function applyImport(
  deps: BanksDeps,
  boxes: ItemBoxes,
  rows: ImportRows,
  { actor, bank, job }: Pick<Work, 'actor' | 'bank' | 'job'>,
  progress: Progress,
): Promise<Tally> {
  const work: Work = {
    actor,
    bank,
    job,
    known: await itemsByCode(deps.store, bank._id),
    tally: { added: 0, changed: 0, same: 0 },
  };
  const total = job.counts.rows - job.counts.refused;
  for (const descriptions of [true, false]) {
    for (let chunk = 0; chunk < job.chunks; chunk++) {
      const staged = await rows.read(job._id, chunk);
      const wanted = staged.filter(({ item }) => item && (item.kind === 'description') === descriptions);
      for (let from = 0; from < wanted.length; from += CHUNK_ITEMS) {
        await applyChunk(deps, boxes, work, wanted.slice(from, from + CHUNK_ITEMS));
        const { added, changed, same } = work.tally;
        progress(added + changed + same, total);
      }
    }
  }
  return work.tally;
}

/** Whoever changed one of the items meanwhile is read again, and the chunk decided anew. */
async function applyChunk(
  deps: BanksDeps,
  boxes: ItemBoxes,
  work: Work,
  rows: readonly StagedRow[],
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await commitChunk(deps, boxes, work, rows);
      return;
    } catch (error) {
      const raced = error instanceof Conflict || error instanceof Duplicate;
      if (!raced || attempt === ATTEMPTS) throw error;
      work.known = await itemsByCode(deps.store, work.bank._id);
    }
  }
}

async function commitChunk(
  { store, audit, clock }: BanksDeps,
  boxes: ItemBoxes,
  work: Work,
  rows: readonly StagedRow[],
): Promise<void> {
  const tally: Tally = { added: 0, changed: 0, same: 0 };
  const writes: Write[] = [];
  for (const { item, hash } of rows) {
    if (!item || hash === undefined) continue;
    const existing = work.known.get(item.code);
    if (existing && (existing.kind !== item.kind || actionFor(existing, hash) === 'same')) {
      tally.same++;
      continue;
    }
    tally[existing ? 'changed' : 'added']++;
    const draft = await draftWrites(store, boxes, {
      bank: work.bank,
      code: item.code,
      kind: item.kind,
      text: itemText(item, existing),
      hash,
      stimulus: stimulusId(work, item),
      author: work.job.owner,
      at: new Date(clock.now()),
      item: existing ?? null,
    });
    writes.push(...draft.writes);
  }
  if (writes.length > 0) {
    const data = { import: work.job._id, added: tally.added, changed: tally.changed };
    await store.commit([...writes, audit.entry(work.actor, 'item.import', `bank:${work.bank._id}`, data)]);
    audit.poke();
    remember(work, writes);
  }
  work.tally.added += tally.added;
  work.tally.changed += tally.changed;
  work.tally.same += tally.same;
}

/** Descriptions of the file are in the bank by now; a code that is not any more gives no description. */
function stimulusId({ known }: Work, { stimulus }: ImportedItem): string {
  const description = stimulus === undefined ? undefined : known.get(stimulus);
  return description?.kind === 'description' ? description._id : '';
}

/** What was written is known, as the store has it now. */
function remember({ known }: Work, writes: readonly Write[]): void {
  for (const write of writes) {
    if (write.in !== 'items' || write.op === 'delete' || write.op === 'assert') continue;
    known.set(write.doc.code, { ...write.doc, v: write.op === 'replace' ? write.ifVersion + 1 : 1 });
  }
}
