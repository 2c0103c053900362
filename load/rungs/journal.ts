import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createSegmentJournal, type Journal, type JournalRecord } from '#server/storage';
import { measureFlush } from '../measure/flush.ts';
import { median, rounded } from '../measure/numbers.ts';
import type { Bench, Rung } from './rung.ts';

const SECONDS = 2;
const CROWD = 1_000;
/** As large as an answer to one question. */
const RECORD: JournalRecord = {
  attempt: 'abcdefghijklmnopqrstuv',
  type: 'answer',
  at: 1_700_000_000_000,
  data: { epoch: 1, seq: 1, slot: 1, response: { c: 'abcdefgh' } },
};
/** Records of one batch, and how many of both kinds are replayed. */
const LARGE_BATCH = 200;
const REPLAYED = { large: 400_000, single: 10_000 };

/** The journal alone, in this process: writers that wait until they are on disk, and all of it read again. */
export const journal: Rung = {
  about: 'the journal alone: one writer, a thousand, and a replay',
  profiles: ['ci', 'full'],
  async run(bench) {
    const rounds: { raw: number; one: number; crowd: number }[] = [];
    for (let round = 1; round <= bench.profile.rounds; round++) {
      const raw = measureFlush(bench.folder, 1).perSecond;
      const one = await onJournal(bench, (journal) => recordsPerSecond(journal, 1));
      const crowd = await onJournal(bench, (journal) => recordsPerSecond(journal, CROWD));
      rounds.push({ raw, one, crowd });
      bench.say(
        `round ${round}: disk ${rounded(raw)}/s, one writer ${rounded(one)}/s, ${CROWD} writers ${rounded(crowd)}/s`,
      );
    }
    const replays = { large: await replay(bench, LARGE_BATCH), single: await replay(bench, 1) };
    const of = (figure: (round: (typeof rounds)[number]) => number) => rounded(median(rounds.map(figure)));
    return {
      measured: [
        { bar: 'journalGrouping', rounds: rounds.map(({ one, crowd }) => crowd / one) },
        { bar: 'journalToDisk', rounds: rounds.map(({ raw, one }) => one / raw) },
        { bar: 'replay', rounds: replays.large },
      ],
      figures: {
        flushesPerSecond: of(({ raw }) => raw),
        oneWriterPerSecond: of(({ one }) => one),
        crowdPerSecond: of(({ crowd }) => crowd),
        replayOfSingleRecordsPerSecond: rounded(median(replays.single)),
      },
    };
  },
};

const KEYS = {
  wrap: async (key: Uint8Array) => key,
  unwrap: async (wrapped: Uint8Array) => wrapped,
  keepOnly: async () => undefined,
};

async function onJournal<T>(bench: Bench, work: (journal: Journal) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(bench.folder, 'journal-'));
  const opened = await createSegmentJournal({ dir, keys: KEYS, flushFloorMs: 0 });
  try {
    return await work(opened);
  } finally {
    await opened.close();
    await rm(dir, { recursive: true, force: true });
  }
}

async function recordsPerSecond(opened: Journal, writers: number): Promise<number> {
  const begin = performance.now();
  const end = begin + SECONDS * 1000;
  let count = 0;
  const write = async () => {
    for (; performance.now() < end; count++) await opened.append([RECORD]);
  };
  await Promise.all(Array.from({ length: writers }, write));
  return count / ((performance.now() - begin) / 1000);
}

/** Records per second, in as many readings as there are rounds. */
function replay(bench: Bench, batch: number): Promise<number[]> {
  const wanted = batch === 1 ? REPLAYED.single : REPLAYED.large;
  return onJournal(bench, async (opened) => {
    for (let written = 0; written < wanted; written += batch)
      await opened.append(Array.from({ length: batch }, () => RECORD));
    const speeds: number[] = [];
    for (let round = 0; round < bench.profile.rounds; round++) {
      const begin = performance.now();
      let read = 0;
      for await (const record of opened.replay(1)) read += record.position > 0 ? 1 : 0;
      speeds.push(read / ((performance.now() - begin) / 1000));
    }
    return speeds;
  });
}
