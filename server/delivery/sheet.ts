import type { AnswerSheet, SheetEntry } from '#bank/protocol';
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
    case 'time': {
      const { change, by } = record.data;
      sheet.times = [...(sheet.times ?? []), { ...change, by }];
      break;
    }
    case 'start':
      sheet.transitions.push({ to: 'started', at });
      break;
    case 'submit':
    case 'close': {
      sheet.transitions.push({ to: record.type === 'submit' ? 'submitted' : 'closed', at });
      const { receipt } = record.data;
      if (receipt) Object.assign(sheet, { receipt: receipt.code, proof: receipt.proof });
    }
  }
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
