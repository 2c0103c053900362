import type {
  AnswerSheet,
  DecidedTimeChange,
  HeldCode,
  HistoryEntry,
  LateEntry,
  LateRuling,
  Outage,
  SheetEntry,
} from '#bank/protocol';
import { isEssay, isSummary } from './answer.ts';
import { Chunks, digestOf } from './chunks.ts';
import { NEW_ATTEMPT, reduceAttempt } from './attempt-state.ts';
import type { AnswerData, AttemptRecord } from './records.ts';
import type { PaperShape } from './attempt.ts';

/** Puts together everything that the journal holds of a closed attempt. */
export function buildSheet(
  attempt: string,
  paper: PaperShape,
  records: readonly AttemptRecord[],
): AnswerSheet {
  const sheet: AnswerSheet = {
    v: 1,
    exam: paper.exam,
    attempt,
    answers: [],
    history: [],
    transitions: [],
    late: [],
    leases: [],
  };
  const chunks = new Chunks();
  const given: SheetEntry[] = [];
  for (const record of records) addTo(sheet, given, record, chunks);
  const times = timesOf(records);
  if (times.length > 0) sheet.times = times;
  const { outages, plays, decisions, section, given: later } = records.reduce(reduceAttempt, NEW_ATTEMPT);
  if (section) sheet.section = section;
  if (later > 0) sheet.given = later;
  if (outages.length > 0) sheet.outages = [...outages];
  if (plays.length > 0) sheet.plays = [...plays];
  if (decisions.length > 0) sheet.decisions = [...decisions];
  sheet.answers = latestOf(given);
  const latest = new Set(sheet.answers);
  sheet.history = given.map((entry) => (latest.has(entry) ? entry : withoutText(entry)));
  const incomplete = chunks.incomplete();
  if (incomplete.length > 0) sheet.incomplete = incomplete;
  return sheet;
}

/** Of essays only those that count are kept in full: each change has the whole text. */
function withoutText(entry: SheetEntry): HistoryEntry {
  return isEssay(entry.response) ? { ...entry, response: { k: digestOf(entry.response) } } : entry;
}

/**
 * Whether late answers may count at all: after the end only where the server itself had lost the line by then and had
 * not got it back, from a former device or for a section that was over only where a line was lost; after a hand-in or an ending never.
 */
export function mayCount(outages: readonly Outage[], late: readonly LateEntry[]): boolean {
  const isGoneAtEnd = outages.at(-1)?.to === null;
  return late.every(({ why }) =>
    why === 'after-deadline' ? isGoneAtEnd : LINE_DEPENDENT.has(why) && outages.length > 0,
  );
}

const LINE_DEPENDENT: ReadonlySet<HeldCode> = new Set(['superseded', 'section-over']);

/** The next version of a sheet: with a ruling, and with the late answers that count by it. */
export function withRuling(sheet: AnswerSheet, ruling: LateRuling): AnswerSheet {
  const rulings = [...(sheet.rulings ?? []), ruling];
  const given = sheet.history.filter(isWhole);
  return { ...sheet, rulings, answers: latestOf([...given, ...countedOf(sheet.late, rulings)]) };
}

/** How many late answers, the first ones of their list, have been ruled over. */
export function ruledUpTo(rulings: readonly LateRuling[] = []): number {
  return rulings.at(-1)?.upTo ?? 0;
}

/** How many late answers count by these rulings, and how many were left out. */
export function lateTotals(rulings: readonly LateRuling[]): { counted: number; leftOut: number } {
  const totals = { counted: 0, leftOut: 0 };
  for (const [place, { verdict, upTo }] of rulings.entries())
    totals[verdict === 'count' ? 'counted' : 'leftOut'] += upTo - ruledUpTo(rulings.slice(0, place));
  return totals;
}

/** Late answers of a sheet, then those that came after it was written. */
export function lateOf(sheet: AnswerSheet | null, records: readonly AttemptRecord[]): LateEntry[] {
  const late = [...(sheet?.late ?? [])];
  const known = new Set(late.map(lateKey));
  const chunks = new Chunks();
  for (const record of records) {
    if (record.type === 'chunk') chunks.add(record.data, record.at);
    if (record.type === 'late' && !known.has(lateKey(record.data))) late.push(lateEntryOf(record, chunks));
  }
  return late;
}

function countedOf(late: readonly LateEntry[], rulings: readonly LateRuling[]): SheetEntry[] {
  return rulings.flatMap(({ verdict, upTo }, place) =>
    verdict === 'count'
      ? late.slice(ruledUpTo(rulings.slice(0, place)), upTo).map((entry) => entryOf(entry, entry.at))
      : [],
  );
}

/** What tells a late answer of an attempt from every other. */
export function lateKey({ epoch, seq }: Pick<AnswerData, 'epoch' | 'seq'>): string {
  return `${epoch}.${seq}`;
}

function lateEntryOf({ data, at }: Extract<AttemptRecord, { type: 'late' }>, chunks: Chunks): LateEntry {
  return { ...wholeEntryOf(data, at, chunks), why: data.reason };
}

function addTo(sheet: AnswerSheet, given: SheetEntry[], record: AttemptRecord, chunks: Chunks): void {
  const { at } = record;
  switch (record.type) {
    case 'answer':
      given.push(wholeEntryOf(record.data, at, chunks));
      break;
    case 'chunk':
      chunks.add(record.data, at);
      break;
    case 'late':
      sheet.late.push(lateEntryOf(record, chunks));
      break;
    case 'lease':
      sheet.leases?.push({ ...record.data, at });
      break;
    case 'submit':
    case 'close':
    case 'terminate': {
      const { receipt } = record.data;
      if (receipt) Object.assign(sheet, { receipt: receipt.code, proof: receipt.proof });
      if (record.type === 'close' && record.data.decided) sheet.closedBy = record.data.decided;
      sheet.transitions.push({ to: TRANSITION_WORDS[record.type], at });
      break;
    }
    case 'section':
      sheet.transitions.push({ to: TRANSITION_WORDS[record.type], at: record.data.from });
      break;
    case 'line':
    case 'time':
    case 'play':
      break;
    default:
      sheet.transitions.push({ to: TRANSITION_WORDS[record.type], at });
  }
}

const TRANSITION_WORDS = {
  start: 'started',
  section: 'section',
  pause: 'paused',
  resume: 'resumed',
  submit: 'submitted',
  close: 'closed',
  terminate: 'terminated',
  supersede: 'superseded',
} as const;

/** What moved the end, in the order of its effect: time given, and pauses by their length once they are over. */
function timesOf(records: readonly AttemptRecord[]): DecidedTimeChange[] {
  const times: DecidedTimeChange[] = [];
  let pause: Extract<AttemptRecord, { type: 'pause' }> | null = null;
  for (const record of records) {
    if (record.type === 'time') {
      const { change, by, jws } = record.data;
      times.push({ ...change, by, jws });
    } else if (record.type === 'pause') pause = record;
    else if (record.type === 'resume' && pause) {
      const { at, data } = pause;
      const { decision, reason, by, jws } = data;
      times.push({ decision, ms: record.at - at, reason, at, by, jws });
    }
  }
  return times;
}

function isWhole(entry: HistoryEntry): entry is SheetEntry {
  return !isSummary(entry.response);
}

/** An entry with its response, put together of the chunks before it where it came in some. */
function wholeEntryOf({ slot, seq, epoch, response }: AnswerData, at: number, chunks: Chunks): SheetEntry {
  if (!isSummary(response)) return { slot, seq, epoch, response, at };
  const whole = chunks.whole({ epoch, seq }, response.k);
  chunks.forget({ epoch, seq });
  return { slot, seq, epoch, response: whole, at };
}

function entryOf({ slot, seq, epoch, response }: SheetEntry, at: number): SheetEntry {
  return { slot, seq, epoch, response, at };
}

/** The entry with the highest (epoch, seq) of every slot, by rising slot. */
function latestOf(entries: readonly SheetEntry[]): SheetEntry[] {
  const latest = new Map<number, SheetEntry>();
  for (const entry of entries) {
    const other = latest.get(entry.slot);
    if (!other || entry.epoch > other.epoch || (entry.epoch === other.epoch && entry.seq > other.seq))
      latest.set(entry.slot, entry);
  }
  return [...latest.values()].sort((a, b) => a.slot - b.slot);
}
