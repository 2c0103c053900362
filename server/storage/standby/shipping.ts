import type { CommitLog, LogPosition } from '../embedded/commit-log.ts';
import type { SegmentPlace } from '../segment-journal/index.ts';
import type { Confirmed } from './agreement.ts';
import type { StandbyPosition, ToStandby } from './messages.ts';
import { locate, nextPiece, oldestSegment, type TailPosition } from './segment-tail.ts';

/** What there is to ship. */
export interface Source {
  commits: CommitLog;
  journalDir: string;
  place(): SegmentPlace;
}

type Sent = Exclude<ToStandby, { t: 'hello' }>;

/** Resolves when the standby has done it. */
export type Ask = (message: Sent, parts?: readonly Buffer[]) => Promise<void>;

/** The standby holds what this folder does not: one of the two was put back to an older state. */
export class Contradiction extends Error {
  constructor() {
    super(
      'The standby holds acknowledged answers or decisions that this data folder lacks: the folder was put back to an ' +
        'older state. Promote the standby; or, if what it holds may be lost, empty its folder and start it again.',
    );
    this.name = 'Contradiction';
  }
}

const COMMITS_BYTES = 1024 * 1024;

/**
 * Brings one standby up to date and keeps it so, in the order in which things happened here: a batch of the journal
 * goes only after every commit that was durable before it, a commit only after every batch that was. So whenever the
 * connection ends, what the standby has is a state that this server was in.
 *
 * Everything is read from this disk at the moment it is sent: what is on the standby's disk is never more than what is
 * on this one, and a slow standby takes no memory.
 */
export async function createShipping(source: Source, has: StandbyPosition, ask: Ask) {
  const { commits, journalDir, place } = source;
  const found = await locate(journalDir, place(), has.journal);
  if (!found) throw new Contradiction();
  let at: TailPosition = found;
  let retired = '';
  /** What the standby lacks was retired here while it was away: it can only begin anew after that. */
  let hasGap = has.journal !== null && found.batch > has.journal.batch;
  let copy: LogPosition | null = has.store && { ...has.store, hash: Buffer.from(has.store.hash, 'hex') };

  async function shipBatches(now: SegmentPlace, upTo: number): Promise<boolean> {
    const piece = await nextPiece(journalDir, now, at, upTo);
    if (!piece) return false;
    if (piece.opening) {
      const { header, bytes } = piece.opening;
      await retire();
      await ask({ t: 'segment', name: piece.after.segment, bytes }, [header]);
    }
    if (piece.batches) await ask({ t: 'batches' }, [piece.batches]);
    at = piece.after;
    return true;
  }

  /**
   * What was retired here is on answer sheets: the standby may destroy it once it has every commit that was made before
   * it was missed here, and not earlier, or it would be left with neither.
   */
  async function retire(): Promise<void> {
    const oldest = await oldestSegment(journalDir);
    const { log, seq } = commits.head();
    const hasSheets = copy?.log === log && copy.seq >= seq;
    if (oldest === retired || !(hasSheets || hasGap)) return;
    await ask({ t: 'retire', oldest });
    retired = oldest;
    hasGap = false;
  }

  /** The journal as it was when the copy was taken goes before it, since the copy may speak of it. */
  async function shipWhole(): Promise<LogPosition> {
    const { position, documents, end } = commits.snapshot();
    try {
      const { batch } = place();
      await ask({ t: 'copy' });
      for (const { in: name, docs } of documents) await ask({ t: 'documents', in: name }, docs);
      while (await shipBatches(place(), batch));
      await ask({ t: 'copied', log: position.log, seq: position.seq, hash: position.hash.toString('hex') });
      return position;
    } finally {
      end();
    }
  }

  return {
    /** What the standby has. */
    confirmed: (): Confirmed => ({
      batch: at.batch,
      seq: copy?.log === commits.head().log ? copy.seq : 0,
    }),
    /** Ships the next piece; false when there is none. @throws Contradiction */
    async next(): Promise<boolean> {
      const now = place();
      const entries = copy ? commits.after(copy, COMMITS_BYTES) : 'gone';
      if (entries === 'contradicts') throw new Contradiction();
      if (entries === 'gone' || !copy) {
        copy = await shipWhole();
        return true;
      }
      const isDue = ({ batch }: { batch: number }) => batch <= at.batch;
      const first = entries.findIndex((entry) => !isDue(entry));
      const due = first === -1 ? entries : entries.slice(0, first);
      const last = due.at(-1);
      if (last) {
        const { log, seq, hash } = copy;
        await ask(
          { t: 'commits', log, seq, previous: hash.toString('hex') },
          due.map(({ writes }) => writes),
        );
        copy = { log, seq: last.seq, hash: last.hash };
        commits.shipped(last.seq);
        return true;
      }
      const upTo = Math.min(now.batch, entries[0]?.batch ?? now.batch);
      return (await shipBatches(now, upTo)) || entries.length > 0;
    },
    /** Lets the standby destroy what was retired here, and finds out whether it still answers. */
    async rest(): Promise<void> {
      await retire();
      await ask({ t: 'ping' });
    },
  };
}
