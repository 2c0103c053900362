import type { Response as Answer } from '#bank/protocol';

/** One answer with its place in the order of this device's answers; the same (epoch, seq) never changes. */
export interface Entry {
  epoch: number;
  seq: number;
  slot: number;
  response: Answer;
}

/** What a join gave this device: the epoch of its answers, and the `seq` of the next one. */
export interface Lease {
  epoch: number;
  nextSeq: number;
}

/** Entries that may travel together. */
export interface Batch {
  epoch: number;
  entries: Entry[];
}

/**
 * The answers of one attempt on this device. `log` holds every entry that was given a `seq`, acknowledged ones
 * included, so that nothing is gone before the attempt is known to be closed. `floors` holds, per epoch, the
 * highest contiguous `seq` that the server has acknowledged: an entry above its floor has not arrived.
 */
export interface Outbox {
  epoch: number | null;
  nextSeq: number;
  floors: Readonly<Record<number, number>>;
  log: readonly Entry[];
  /** Edits without a `seq` yet, the only place where a later edit replaces an earlier one. */
  drafts: Readonly<Record<number, Answer>>;
  /** The batch under way; there is never a second one. */
  sending: { epoch: number; last: number } | null;
  /** Entries that the server holds for a decision, because another device had taken the attempt over. */
  held: number;
}

/** 32 answers of the longest text stay below the limit of one socket message. */
export const BATCH_ENTRIES = 32;

export const EMPTY_OUTBOX: Outbox = {
  epoch: null,
  nextSeq: 1,
  floors: {},
  log: [],
  drafts: {},
  sending: null,
  held: 0,
};

/** Entries that the server has not acknowledged, in the order in which they must travel. */
export function unacknowledged(outbox: Outbox): Entry[] {
  return outbox.log.filter((entry) => entry.seq > (outbox.floors[entry.epoch] ?? 0));
}

/** How many slots have something on this device, by its first so many entries, that is not on the server yet. */
export function countKept(outbox: Outbox, entries: number): number {
  const log = outbox.log.slice(0, entries);
  return new Set(unacknowledged({ ...outbox, log }).map(({ slot }) => slot)).size;
}

/** Slots with something that is not on the server yet. */
export function unsentSlots(outbox: Outbox): Set<number> {
  const slots = new Set(Object.keys(outbox.drafts).map(Number));
  for (const entry of unacknowledged(outbox)) slots.add(entry.slot);
  return slots;
}

export function isEmpty(outbox: Outbox): boolean {
  return unsentSlots(outbox).size === 0;
}

export function draft(outbox: Outbox, slot: number, response: Answer): Outbox {
  return { ...outbox, drafts: { ...outbox.drafts, [slot]: response } };
}

/** Gives every draft its `seq`; from here on it is never dropped or changed. */
export function settle(outbox: Outbox): Outbox {
  const { epoch } = outbox;
  const slots = Object.keys(outbox.drafts).map(Number);
  if (epoch === null || slots.length === 0) return outbox;
  const entries = slots.map((slot, index) => ({
    epoch,
    seq: outbox.nextSeq + index,
    slot,
    response: outbox.drafts[slot] ?? null,
  }));
  return {
    ...outbox,
    nextSeq: outbox.nextSeq + entries.length,
    log: [...outbox.log, ...entries],
    drafts: {},
  };
}

/** Travels alone: it may need more than one message. */
export function isEssay({ response }: Entry): boolean {
  return response !== null && 'e' in response;
}

/** What may be sent now; null while a batch is under way or when nothing waits. */
export function nextBatch(outbox: Outbox): Batch | null {
  if (outbox.sending) return null;
  const waiting = unacknowledged(outbox);
  const first = waiting[0];
  if (!first) return null;
  const { epoch } = first;
  const entries = waiting.filter((entry) => entry.epoch === epoch).slice(0, BATCH_ENTRIES);
  const essay = entries.findIndex(isEssay);
  return { epoch, entries: essay < 0 ? entries : entries.slice(0, essay || 1) };
}

export function sent(outbox: Outbox, batch: Batch): Outbox {
  const last = batch.entries.at(-1);
  return last ? { ...outbox, sending: { epoch: batch.epoch, last: last.seq } } : outbox;
}

/** Takes in an acknowledgement: of this batch, of an older one again, or from another connection. */
export function acknowledged(outbox: Outbox, epoch: number, watermark: number): Outbox {
  const floor = Math.max(outbox.floors[epoch] ?? 0, watermark);
  return { ...outbox, floors: { ...outbox.floors, [epoch]: floor }, sending: null };
}

/** The batch was not answered; its entries wait for the next connection with the same `seq`. */
export function undelivered(outbox: Outbox): Outbox {
  return outbox.sending ? { ...outbox, sending: null } : outbox;
}

/** The server holds `count` entries up to `last` for a decision instead of recording them as current. */
export function heldBack(outbox: Outbox, epoch: number, last: number, count: number): Outbox {
  return { ...acknowledged(outbox, epoch, last), held: outbox.held + count };
}

/** What an earlier page of this device has left, with the lease under which it goes on until the next join. */
export function restored(
  log: readonly Entry[],
  floors: Readonly<Record<number, number>>,
  lease: Lease | null,
): Outbox {
  return lease
    ? { ...EMPTY_OUTBOX, log, floors, epoch: lease.epoch, nextSeq: firstFree(log, lease) }
    : { ...EMPTY_OUTBOX, log, floors };
}

/** The first `seq` of an epoch that neither server nor device has used. */
function firstFree(log: readonly Entry[], { epoch, nextSeq }: Lease): number {
  const last = log.filter((entry) => entry.epoch === epoch).at(-1);
  return Math.max(nextSeq, (last?.seq ?? 0) + 1);
}

/**
 * The server's word at a join replaces what was believed of this epoch, even downwards: whatever it does not
 * have is sent again from the log.
 */
export function joined(outbox: Outbox, lease: Lease, watermark: number): Outbox {
  const { epoch } = lease;
  return {
    ...outbox,
    epoch,
    nextSeq: firstFree(outbox.log, lease),
    floors: { ...outbox.floors, [epoch]: watermark },
    sending: null,
  };
}

/** The answers of this device that stand above the server's, by slot. */
export function localAnswers(outbox: Outbox): Record<number, Answer> {
  const answers: Record<number, Answer> = {};
  for (const entry of unacknowledged(outbox)) {
    if (entry.epoch === outbox.epoch) answers[entry.slot] = entry.response;
  }
  return { ...answers, ...outbox.drafts };
}
