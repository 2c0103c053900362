import type { JournalRecord, Position, PositionedRecord } from '../journal.ts';

/**
 * Records of a batch as plaintext, all integers big endian:
 *
 *   length of the names u32 | per record: server time f64, length of its data u32, its attempt u32, its type u32
 *   | UTF-8 text: names, a JSON array of distinct strings, then `[`, the data of the records as JSON with commas
 *   between, `]`
 *
 * Lengths count UTF-16 units of the text; attempt and type are places in the names. A reader that wants all data
 * parses it in one go, one that wants a few records parses only those, and one that wants none of it parses names.
 */
const HEADER_BYTES = 4;
const ROW_BYTES = 20;
/** What a character of a name may take in JSON at most. */
const ESCAPED_BYTES = 6;

/** A record as it was when it was handed over. */
export interface EncodedRecord {
  attempt: string;
  type: string;
  at: number;
  /** Its data as JSON. */
  json: string;
  /** Bytes that it takes in a plaintext at most. */
  bytes: number;
}

export function encodeRecord(record: JournalRecord): EncodedRecord {
  const { attempt, type, at } = record;
  const json = record.json ?? JSON.stringify(record.data) ?? 'null';
  const names = ESCAPED_BYTES * (attempt.length + type.length) + 6;
  return { attempt, type, at, json, bytes: ROW_BYTES + names + Buffer.byteLength(json) + 3 };
}

/** Room that the plaintext of these records needs at most. */
export function plaintextBytes(records: readonly EncodedRecord[]): number {
  return records.reduce((sum, record) => sum + record.bytes, HEADER_BYTES);
}

/** Writes the plaintext of these records to the start of `target`, which has room for it; gives its length. */
export function writePlaintext(records: readonly EncodedRecord[], target: Buffer): number {
  const places = new Map<string, number>();
  const place = (name: string) => {
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, places.size);
    return places.size - 1;
  };
  const view = new DataView(target.buffer, target.byteOffset, target.length);
  let at = HEADER_BYTES;
  let data = '';
  for (const record of records) {
    view.setFloat64(at, record.at);
    view.setUint32(at + 8, record.json.length);
    view.setUint32(at + 12, place(record.attempt));
    view.setUint32(at + 16, place(record.type));
    at += ROW_BYTES;
    data += data === '' ? record.json : `,${record.json}`;
  }
  const names = JSON.stringify([...places.keys()]);
  view.setUint32(0, names.length);
  return at + target.write(`${names}[${data}]`, at);
}

/** The records of a plaintext; with `attempt` only those of one. */
export function readPlaintext(
  plaintext: Buffer,
  count: number,
  firstPosition: Position,
  attempt?: string,
): PositionedRecord[] {
  const { names, text, view } = open(plaintext, count);
  const wanted = attempt === undefined ? null : names.indexOf(attempt);
  if (wanted === -1) return [];
  const all = wanted === null ? (JSON.parse(text) as unknown[]) : null;
  const records: PositionedRecord[] = [];
  let start = 1;
  for (let index = 0; index < count; index++) {
    const row = HEADER_BYTES + index * ROW_BYTES;
    const end = start + view.getUint32(row + 8);
    const whose = view.getUint32(row + 12);
    if (wanted === null || whose === wanted) {
      records.push({
        attempt: names[whose] ?? '',
        type: names[view.getUint32(row + 16)] ?? '',
        at: view.getFloat64(row),
        data: all ? all[index] : JSON.parse(text.slice(start, end)),
        position: firstPosition + index,
      });
    }
    start = end + 1;
  }
  return records;
}

/** The attempts that have records in a plaintext. */
export function attemptsIn(plaintext: Buffer, count: number): Set<string> {
  const { names, view } = open(plaintext, count);
  const attempts = new Set<string>();
  for (let index = 0; index < count; index++) {
    attempts.add(names[view.getUint32(HEADER_BYTES + index * ROW_BYTES + 12)] ?? '');
  }
  return attempts;
}

function open(plaintext: Buffer, count: number): { names: string[]; text: string; view: DataView } {
  const view = new DataView(plaintext.buffer, plaintext.byteOffset, plaintext.length);
  const whole = plaintext.toString('utf8', HEADER_BYTES + count * ROW_BYTES);
  const end = view.getUint32(0);
  return { names: JSON.parse(whole.slice(0, end)) as string[], text: whole.slice(end), view };
}
