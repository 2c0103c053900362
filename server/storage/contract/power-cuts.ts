import { below, createRng, hex, type Rng } from '#bank/assembly';
import { hmac } from '#bank/vault';
import type { SegmentKeys } from '../batches/index.ts';
import type { Disk } from '../disk.ts';
import type { Journal } from '../journal.ts';
import { createSegmentJournal, type JournalDisk } from '../segment-journal/index.ts';
import { decodeSegmentHeader } from '../segment-journal/layout.ts';
import { ForgettingDisk } from './forgetting-disk.ts';
import { answer, collect } from './journal-subject.ts';

/** Where the journal lies on a disk that has nothing else. */
const DIR = '/journal';
const SEGMENT_BYTES = 65_536;
const WRITERS = 6;
/** Starts of the computer in one round; the last one is left on. */
const LIVES = 4;
const MOST_CHANGES = 120;
const LONGEST_TEXT = 3_000;
const MOST_AT_ONCE = 3;

export interface PowerCuts {
  rounds: number;
  cuts: number;
  acknowledged: number;
  /** Acknowledged records that were not there any more, or not what they were. */
  lost: number;
  /** Segments that were there again, key and all, after they had been retired and the power had gone. */
  revived: number;
  /** Rounds in which the journal would not start again: nothing in it can be read. */
  refused: number;
}

interface Life {
  /** Text by position, of everything that was acknowledged. */
  acknowledged: Map<number, string>;
  /** Everything up to here was to be forgotten. */
  retired: number;
  /** Everything up to here was forgotten: that had been said before the power went. */
  gone: number;
}

/**
 * Plays a journal on a disk that forgets what was not flushed: writers append and old segments are retired until the
 * power goes in the middle of some change, again and again; then every acknowledged record is looked for. The same
 * seed plays the same rounds.
 *
 * @param seed any text
 * @param look how the journal sees the disk; a look that promises less shows whether losses are found
 */
export async function playPowerCuts(
  rounds: number,
  seed: string,
  look: (disk: ForgettingDisk) => JournalDisk = (disk) => disk.journalDisk(),
): Promise<PowerCuts> {
  const sum: PowerCuts = { rounds, cuts: 0, acknowledged: 0, lost: 0, revived: 0, refused: 0 };
  for (let round = 0; round < rounds; round++) {
    const rng = createRng(hex(hmac(Buffer.from(seed), `niem/power-cuts/${round}`)));
    await playRound(rng, look, sum);
  }
  return sum;
}

async function playRound(
  rng: Rng,
  look: (disk: ForgettingDisk) => JournalDisk,
  sum: PowerCuts,
): Promise<void> {
  const disk = new ForgettingDisk(rng);
  const life: Life = { acknowledged: new Map(), retired: 0, gone: 0 };
  const keys = numberedKeys();
  const open = () =>
    createSegmentJournal({
      dir: DIR,
      keys,
      segmentBytes: SEGMENT_BYTES,
      flushFloorMs: 0,
      disk: look(disk),
    });
  for (let start = 1; start < LIVES; start++) {
    disk.cutAfter(below(rng, MOST_CHANGES));
    const journal = await open().catch(() => null);
    if (journal) await liveUntilCut(disk, journal, rng, life);
    else if (disk.isOn) break;
    sum.cuts++;
    disk.restart();
    sum.revived += await countRevived(disk.files(), life);
  }
  sum.acknowledged += life.acknowledged.size;
  const journal = await open().catch(() => null);
  if (!journal) {
    sum.refused++;
    sum.lost += life.acknowledged.size;
    return;
  }
  sum.lost += await countLost(journal, life);
  await journal.close();
}

async function liveUntilCut(disk: ForgettingDisk, journal: Journal, rng: Rng, life: Life): Promise<void> {
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(journal, rng, life, writer));
  await Promise.all([...writers, retire(disk, journal, rng, life)]);
}

async function write(journal: Journal, rng: Rng, life: Life, writer: number): Promise<void> {
  for (let seq = 1; ; seq++) {
    const texts = Array.from({ length: 1 + below(rng, MOST_AT_ONCE) }, () =>
      'x'.repeat(below(rng, LONGEST_TEXT)),
    );
    const records = texts.map((text, index) => answer(`attempt-${writer}`, seq * MOST_AT_ONCE + index, text));
    const positions = await journal.append(records).catch(() => null);
    if (!positions) return;
    for (const [index, position] of positions.entries())
      life.acknowledged.set(position, JSON.stringify(records[index]?.data));
  }
}

async function retire(disk: ForgettingDisk, journal: Journal, rng: Rng, life: Life): Promise<void> {
  while (disk.isOn) {
    for (let turns = below(rng, 12); turns >= 0; turns--) await new Promise(setImmediate);
    const upTo = below(rng, journal.head() + 1);
    life.retired = Math.max(life.retired, upTo);
    await journal.retire(upTo).then(
      () => (life.gone = Math.max(life.gone, upTo)),
      () => undefined,
    );
  }
}

/** Looks at the journal as a server does that starts: all of it, in order, and by attempt. */
async function countLost(journal: Journal, { acknowledged, retired }: Life): Promise<number> {
  const found = new Map<number, string>();
  let next: number | null = null;
  let gaps = 0;
  for (const record of await collect(journal.replay(1))) {
    if (next !== null && record.position !== next) gaps++;
    next = record.position + 1;
    found.set(record.position, JSON.stringify(record.data));
  }
  let lost = gaps;
  for (const [position, text] of acknowledged) {
    if (position > retired && found.get(position) !== text) lost++;
  }
  await journal.append([answer('afterwards', 1)]);
  return lost;
}

/**
 * Segments whose key can still be read, under whatever name, though all that they hold was forgotten. A segment ends
 * where the next begins.
 */
async function countRevived(files: Disk, { gone }: Life): Promise<number> {
  const names = (await files.readdir(DIR)).filter((name) => name.includes('.segment')).sort();
  const headers = await Promise.all(
    names.map(async (name) => decodeSegmentHeader(await files.readFile(`${DIR}/${name}`))),
  );
  const firsts = headers.flatMap((header) => header?.firstPosition ?? []);
  return firsts.slice(1).filter((next, place) => next !== firsts[place] && next - 1 <= gone).length;
}

/**
 * What is played here is the disk; keys are numbered instead of wrapped. What is destroyed stays so without power: a
 * segment that was still needed would be missed.
 */
function numberedKeys(): SegmentKeys {
  const keys: Uint8Array[] = [];
  let oldest = 0;
  const numberOf = (wrapped: Uint8Array) => Number(Buffer.from(wrapped).toString());
  return {
    wrap: async (key) => Buffer.from(`${keys.push(Uint8Array.from(key)) - 1}`),
    async unwrap(wrapped) {
      const key = keys[numberOf(wrapped)];
      return key && numberOf(wrapped) >= oldest ? Uint8Array.from(key) : null;
    },
    async keepOnly(kept) {
      oldest = Math.max(oldest, Math.min(...kept.map(numberOf)));
    },
  };
}
