import type { AnswerSheet, DecidedTimeChange, SheetEntry } from '#bank/protocol';
import { NEW_ATTEMPT, reduceAttempt } from './attempt-state.ts';
import type { AnswerData, AttemptRecord } from './records.ts';
import type { PaperShape } from './attempts.ts';

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
  for (const record of records) addTo(sheet, record);
  const times = timesOf(records);
  if (times.length > 0) sheet.times = times;
  const { outages } = records.reduce(reduceAttempt, NEW_ATTEMPT);
  if (outages.length > 0) sheet.outages = [...outages];
  sheet.answers = latestOf(sheet.history);
  return sheet;
}

function addTo(sheet: AnswerSheet, record: AttemptRecord): void {
  const { at } = record;
  switch (record.type) {
    case 'answer':
      sheet.history.push(entryOf(record.data, at));
      break;
    case 'late':
      sheet.late.push(entryOf(record.data, at));
      break;
    case 'lease':
      sheet.leases?.push({ epoch: record.data.epoch, at, voided: record.data.voided });
      break;
    case 'submit':
    case 'close':
    case 'terminate': {
      const { receipt } = record.data;
      if (receipt) Object.assign(sheet, { receipt: receipt.code, proof: receipt.proof });
      sheet.transitions.push({ to: TRANSITION_WORDS[record.type], at });
      break;
    }
    case 'line':
    case 'time':
      break;
    default:
      sheet.transitions.push({ to: TRANSITION_WORDS[record.type], at });
  }
}

const TRANSITION_WORDS = {
  start: 'started',
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

function entryOf({ slot, seq, epoch, response }: AnswerData, at: number): SheetEntry {
  return { slot, seq, epoch, response, at };
}

/** The entry with the highest `seq` of every slot, by rising slot. */
function latestOf(history: readonly SheetEntry[]): SheetEntry[] {
  const latest = new Map<number, SheetEntry>();
  for (const entry of history)
    if (entry.seq > (latest.get(entry.slot)?.seq ?? 0)) latest.set(entry.slot, entry);
  return [...latest.values()].sort((a, b) => a.slot - b.slot);
}
