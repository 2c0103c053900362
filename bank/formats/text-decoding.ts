import iconv from 'iconv-lite';
import { DomainError } from '#bank/protocol';

type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258';

export interface DecodedText {
  /** NFC, without byte order mark, line ends as `\n`. */
  text: string;
  encoding: TextEncoding;
  /** No mark and no proof: the encoding was guessed, and the reader should look at the text. */
  guessed: boolean;
}

// oxlint-disable-next-line no-control-regex -- control characters are what tells a wrong guess
const NO_TEXT = /[\u0000-\u0008\u000b\u000e-\u001f\ufffd]/;

/**
 * Decodes a text file: by its byte order mark, else UTF-8 when it is valid, else UTF-16 when every other byte is
 * zero, else Windows-1258 (what Vietnamese Excel writes as plain CSV) when that gives text.
 *
 * @throws DomainError `file-encoding` when no encoding gives text
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = decodeMarked(bytes);
  if (marked) return marked;
  const utf16 = zerosTellUtf16(bytes);
  if (utf16) return { text: decodeAs(utf16, bytes), encoding: utf16, guessed: false };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text: checked(tidy(text)), encoding: 'utf-8', guessed: false };
  } catch (error) {
    if (error instanceof DomainError) throw error;
    return { text: decodeAs('windows-1258', bytes), encoding: 'windows-1258', guessed: true };
  }
}

function decodeMarked(bytes: Uint8Array): DecodedText | null {
  const [a, b, c] = bytes;
  const encoding =
    a === 0xef && b === 0xbb && c === 0xbf
      ? 'utf-8'
      : a === 0xff && b === 0xfe
        ? 'utf-16le'
        : a === 0xfe && b === 0xff
          ? 'utf-16be'
          : null;
  return encoding && { text: decodeAs(encoding, bytes), encoding, guessed: false };
}

function zerosTellUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 2_000);
  const zeros = [0, 0];
  sample.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const half = sample.length / 2;
  if (odd > half / 3 && even < half / 20) return 'utf-16le';
  return even > half / 3 && odd < half / 20 ? 'utf-16be' : null;
}

function decodeAs(encoding: TextEncoding, bytes: Uint8Array): string {
  return checked(tidy(iconv.decode(Buffer.from(bytes), encoding)));
}

function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n');
}

function checked(text: string): string {
  if (NO_TEXT.test(text)) throw new DomainError('file-encoding', 415);
  return text;
}

/** Whether text holds letters that plain ASCII does not have. */
export function hasForeignLetters(text: string): boolean {
  return /[^\p{ASCII}]/u.test(text);
}
