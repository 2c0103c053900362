import { DomainError } from '#bank/protocol';

const OTHER_FILES: readonly [found: string, ...magic: number[]][] = [
  ['PDF', 0x25, 0x50, 0x44, 0x46],
  ['PNG', 0x89, 0x50, 0x4e, 0x47],
  ['JPEG', 0xff, 0xd8, 0xff],
  ['RAR', 0x52, 0x61, 0x72, 0x21],
  ['7z', 0x37, 0x7a, 0xbc, 0xaf],
  ['gzip', 0x1f, 0x8b],
  ['RTF', 0x7b, 0x5c, 0x72, 0x74, 0x66],
];

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/**
 * What a file is, by its first bytes, never by its name alone: a workbook, or text of some kind.
 *
 * @throws DomainError `file-empty`, `file-old-excel` or `file-type` naming what was found
 */
export function sniffFile(bytes: Uint8Array): 'workbook' | 'text' {
  if (bytes.length === 0) throw new DomainError('file-empty', 422);
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return 'workbook';
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new DomainError('file-old-excel', 415);
  const other = OTHER_FILES.find(([, ...magic]) => startsWith(bytes, magic));
  if (other) throw new DomainError('file-type', 415, { found: other[0] });
  return 'text';
}

/** Ending of a file name in lower case, without the dot; empty when there is none. */
export function fileEnding(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
