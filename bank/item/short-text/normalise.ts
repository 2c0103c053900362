import type { ShortTextFold } from './schema.ts';

const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const DASHES = /[\u2010-\u2013\u2212]/g;
const MARKS = /[\u0300-\u036f]{2,}/g;
/** Combining circumflex, breve and horn: they make another vowel, and stand before the tone. */
const SHAPE = /[\u0302\u0306\u031b]/g;
/** A second letter with a mark of its own is no Vietnamese vowel: its tone stays where it is. */
const OLD_TONE_PLACE = /([òóỏõọ][ae]|[ùúủũụ]y)(?!\p{M})/giu;

/** U+00D0, U+00F0, U+0189 and U+0256 look like Đ and đ and come from other languages' keyboards. */
const D_STROKES: Record<string, string> = { '\u00d0': 'Đ', '\u0189': 'Đ', '\u00f0': 'đ', '\u0256': 'đ' };

/** hòa → hoà, khỏe → khoẻ, thúy → thuý: the tone goes to the second vowel. */
function moveTone(match: string): string {
  const [base = '', tone = '', second = ''] = match.normalize('NFD');
  return (base + second + tone).normalize('NFC');
}

/**
 * The form in which typed answers and accepted wordings are compared: NFC with the marks of a Vietnamese vowel in
 * order, one place for the tone of oa, oe and uy, look-alikes of Đ, of the hyphen and of full-width characters
 * folded, invisible characters removed, white space collapsed, lower case unless `caseSensitive`. Tones and
 * diacritics themselves always count.
 */
export function normaliseAnswer(text: string, caseSensitive: boolean): string {
  const folded = text
    .replace(INVISIBLE, '')
    .replace(DASHES, '-')
    .replace(/[\u00d0\u00f0\u0189\u0256]/g, (char) => D_STROKES[char] ?? char)
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) - 0xfee0))
    .replace(/\s+/g, ' ')
    .trim();
  const cased = caseSensitive ? folded : folded.toLowerCase();
  return cased
    .normalize('NFD')
    .replace(MARKS, (marks) => (marks.match(SHAPE) ?? []).join('') + marks.replace(SHAPE, ''))
    .normalize('NFC')
    .replace(OLD_TONE_PLACE, moveTone);
}

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** A y that ends a syllable after h, k, l, m, s, t, v or qu sounds as i: kỳ thi, kì thi. */
const FINAL_Y = /(?<=(?<![\p{L}\p{M}])(?:[hklmstv]|qu))y(?=\p{M}?(?![\p{L}\p{M}]))/giu;

/** A normalised answer without what the author lets pass. */
export function foldAnswer(normalised: string, folds: readonly ShortTextFold[]): string {
  let text = normalised.normalize('NFD');
  if (folds.includes('tones')) text = text.replace(TONES, '');
  if (folds.includes('iy')) text = text.replace(FINAL_Y, (y) => (y === 'Y' ? 'I' : 'i'));
  return text.normalize('NFC');
}
