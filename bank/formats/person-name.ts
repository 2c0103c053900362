/** The most frequent Vietnamese family names, without accents. */
const FAMILY_NAMES = new Set(
  (
    'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh doan trinh truong dao lam luong ' +
    'cao chau ta tang thai to quach luu la'
  ).split(' '),
);
/** Middle names that follow a family name and hardly ever stand elsewhere. */
const MIDDLE_NAMES = new Set(['van', 'thi']);

/** Signs that divide two people; a comma within a name does not occur in Vietnamese lists. */
const DIVIDER = /[;/\n,&+|]|\s[-–]\s|\svà\s/iu;
const ALLOWED = /^[\p{L}\p{M}][\p{L}\p{M} .'’\-()]*$/u;
const MAX_NAME = 100;

type NameFault = 'roster-name-missing' | 'roster-name-double' | 'roster-name-invalid';

interface NameReading {
  /** NFC, single blanks. */
  name: string;
  fault?: NameFault;
  /** Two people in one cell are possible. */
  doubtful?: true;
}

/** Reads a person's name and tells whether the cell may hold two. */
export function readName(text: string): NameReading {
  const divided = DIVIDER.test(text.trim());
  const name = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (name === '') return { name, fault: 'roster-name-missing' };
  if (divided) return { name, fault: 'roster-name-double' };
  if (name.length > MAX_NAME || !ALLOWED.test(name)) return { name, fault: 'roster-name-invalid' };
  const second = secondName(name);
  if (second === 'certain') return { name, fault: 'roster-name-double' };
  return second === 'possible' ? { name, doubtful: true } : { name };
}

function plain(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();
}

/**
 * Whether another full name begins inside: a family name after at least two words, with two words or more behind
 * it. It certainly does when `Văn` or `Thị` follows, or when there are six words; five may be one long name.
 */
function secondName(name: string): 'certain' | 'possible' | null {
  const words = name.split(' ').map(plain);
  if (words.length < 5) return null;
  const starts = words.flatMap((word, at) =>
    at >= 2 && at <= words.length - 3 && FAMILY_NAMES.has(word) ? [at] : [],
  );
  const certain = starts.some((at) => MIDDLE_NAMES.has(words[at + 1] ?? '') || words.length >= 6);
  if (certain) return 'certain';
  return starts.length > 0 || words.length >= 6 ? 'possible' : null;
}
