import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One way in which a text may stand in a file. */
export interface Needle {
  text: string;
  /** Such as `NFD, UTF-16LE, base64 from the third byte`. */
  form: string;
  bytes: Buffer;
}

export interface Hit {
  file: string;
  offset: number;
  text: string;
  form: string;
}

/** A shorter needle would be met by chance. */
export const SHORTEST = 8;

/**
 * Every way in which a text is looked for: NFC and NFD; UTF-8, UTF-16LE and UTF-16BE; as it is, in hexadecimal of
 * both cases, and in base64 of both alphabets at each of the three alignments.
 */
export function needlesOf(text: string): Needle[] {
  const forms = new Map([
    ['NFC', text.normalize('NFC')],
    ['NFD', text.normalize('NFD')],
  ]);
  const needles = [...forms].flatMap(([form, characters]) => [
    ...needlesOfBytes(Buffer.from(characters, 'utf8'), text, `${form}, UTF-8`),
    ...needlesOfBytes(Buffer.from(characters, 'utf16le'), text, `${form}, UTF-16LE`),
    ...needlesOfBytes(Buffer.from(characters, 'utf16le').swap16(), text, `${form}, UTF-16BE`),
  ]);
  return withoutRepeats(needles);
}

/** The same for bytes that are no text, such as a picture or a key. */
export function needlesOfBytes(bytes: Buffer, text: string, form: string): Needle[] {
  const hex = bytes.toString('hex');
  const codings: [string, Buffer][] = [
    ['', bytes],
    [', hex', Buffer.from(hex)],
    [', HEX', Buffer.from(hex.toUpperCase())],
  ];
  for (const alignment of [0, 1, 2]) {
    const inner = innerBase64(bytes, alignment);
    codings.push([`, base64 at ${alignment}`, Buffer.from(inner)]);
    codings.push([
      `, base64url at ${alignment}`,
      Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_')),
    ]);
  }
  const needles = codings.map(([coding, coded]) => ({ text, form: form + coding, bytes: coded }));
  const short = needles.find((needle) => needle.bytes.length < SHORTEST);
  if (short) throw new Error(`“${text}” is too short to be looked for (${short.form}).`);
  return needles;
}

/** The characters of base64 that depend on these bytes alone when `before` bytes (mod 3) stand in front of them. */
function innerBase64(bytes: Buffer, before: number): string {
  const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  return coded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}

function withoutRepeats(needles: readonly Needle[]): Needle[] {
  const first = new Map(needles.toReversed().map((needle) => [needle.bytes.toString('latin1'), needle]));
  return [...first.values()];
}

/** Looks for all needles at once, by their first three bytes. */
export class DumpSearch {
  readonly #starts = new Uint8Array(2 ** 24);
  readonly #byStart = new Map<number, Needle[]>();

  constructor(needles: readonly Needle[]) {
    for (const needle of needles) {
      const start = needle.bytes.readUIntBE(0, 3);
      this.#starts[start] = 1;
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), needle]);
    }
  }

  /** Every file below these folders, their names included. */
  inFolders(...folders: string[]): Hit[] {
    return folders.flatMap((folder) =>
      filesBelow(folder).flatMap((file) => [
        ...this.inBytes(Buffer.from(file), `name of ${file}`),
        ...this.inBytes(bytesOf(join(folder, file)), file),
      ]),
    );
  }

  inBytes(bytes: Buffer, file: string): Hit[] {
    const hits: Hit[] = [];
    const starts = this.#starts;
    let start = 0;
    for (let end = 0; end < bytes.length; end++) {
      start = ((start << 8) | bytes[end]!) & 0xffffff;
      if (starts[start] === 1 && end >= 2) hits.push(...this.#at(bytes, end - 2, start, file));
    }
    return hits;
  }

  #at(bytes: Buffer, offset: number, start: number, file: string): Hit[] {
    const found = (this.#byStart.get(start) ?? []).filter((needle) =>
      needle.bytes.equals(bytes.subarray(offset, offset + needle.bytes.length)),
    );
    return found.map(({ text, form }) => ({ file, offset, text, form }));
  }
}

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** A server that runs may rename a file between the listing and the reading; under its new name it is listed too. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
