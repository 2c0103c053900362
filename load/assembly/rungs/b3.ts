import type { NumericEntry } from '#bank/item';
import { scoreItem } from '#bank/item/scoring';
import { MARKING_POLICIES } from '#bank/marks';
import { STEM } from '../cases/case.ts';
import type { Rung } from './rung.ts';

const [POLICY] = MARKING_POLICIES;
/** Vowels as a base letter and the mark of its shape, and the six tones. */
const VOWELS = [
  'a',
  'a\u0306',
  'a\u0302',
  'e',
  'e\u0302',
  'i',
  'o',
  'o\u0302',
  'o\u031b',
  'u',
  'u\u031b',
  'y',
];
const TONES = ['', '\u0300', '\u0301', '\u0309', '\u0303', '\u0323'];
/** Deprecated code points of grave and acute, which old input methods still write. */
const LEGACY: Readonly<Record<string, string>> = { '\u0300': '\u0340', '\u0301': '\u0341' };
const FRAMES = ['', 'b', 'ngh'];

interface Form {
  /** The vowel as one code point. */
  nfc: string;
  spellings: string[];
}

function forms(): Form[] {
  return VOWELS.flatMap((vowel) =>
    TONES.flatMap((tone) =>
      [vowel, vowel.toUpperCase()].map((cased): Form => {
        const [base = '', ...shape] = cased;
        const marks = shape.join('');
        const old = LEGACY[tone] ?? tone;
        const spellings = [cased + tone, base + tone + marks, base + old + marks, base + marks + old];
        const nfc = (cased + tone).normalize('NFC');
        return { nfc, spellings: [nfc, nfc.normalize('NFD'), ...spellings] };
      }),
    ),
  );
}

function isRight(accepted: string, given: string, caseSensitive = false): boolean {
  if (!POLICY) throw new Error('there is no policy');
  const key = caseSensitive
    ? { accepted: [accepted], caseSensitive: true as const }
    : { accepted: [accepted] };
  const item = { content: { kind: 'shortText' as const, stem: STEM }, key, max: 1 };
  return scoreItem(item, { x: given }, POLICY).points === 1;
}

/** Every spelling of a form is that form, in every frame; and case counts only where the key says so. */
function wrongSpellings(all: readonly Form[]): number {
  let wrong = 0;
  for (const { nfc, spellings } of all) {
    for (const frame of FRAMES) {
      for (const spelling of spellings) {
        const given = frame + spelling;
        const swapped = nfc === nfc.toLowerCase() ? given.toUpperCase() : given.toLowerCase();
        if (!isRight(frame + nfc, given, true)) wrong++;
        if (!isRight(frame + nfc, given)) wrong++;
        if (!isRight(frame + nfc, swapped)) wrong++;
        if (isRight(frame + nfc, swapped, true)) wrong++;
      }
    }
  }
  return wrong;
}

/** Pairs of different forms that are taken for the same. */
function merged(all: readonly Form[]): number {
  let wrong = 0;
  for (const a of all) {
    for (const b of all) {
      for (const frame of FRAMES) if (a !== b && isRight(frame + a.nfc, frame + b.nfc, true)) wrong++;
    }
  }
  return wrong;
}

/** Look-alikes and what nobody sees. */
const SAME = [
  ['Đồng', '\u00d0ồng'],
  ['Đồng', '\u0189ồng'],
  ['đồng', '\u00f0ồng'],
  ['đồng', '\u0256ồng'],
  ['dao động', 'dao\u00a0động'],
  ...['\u200b', '\u200c', '\u200d', '\ufeff', '\u2060', '\u00ad'].map((sign) => [
    'dao động',
    `dao ${sign}động`,
  ]),
  ['x-1', 'x\u22121'],
  ['x-1', 'x\u20131'],
  ['H2O', 'Ｈ２Ｏ'],
  ['hoà', 'hòa'],
  ['khoẻ', 'khỏe'],
  ['thuý', 'thúy'],
] as const;
const DIFFERENT = [
  ['đồng', 'dồng'],
  ['hoà', 'hoá'],
  ['kỳ', 'kì'],
  ['a b', 'ab'],
] as const;

/** What is typed, the number it is, and whether each entry rule takes it: either sign, comma, point, answer sheet. */
const TYPED: readonly (readonly [string, string | null, string])[] = [
  ['2,5', '2.5', 'yyny'],
  ['2.5', '2.5', 'ynyy'],
  ['2,50', '2.5', 'yyny'],
  ['02,5', '2.5', 'yyny'],
  ['2,500', '2.5', 'yynn'],
  ['-2,5', '-2.5', 'yyny'],
  ['\u22122.5', '-2.5', 'ynyy'],
  ['-12,5', '-12.5', 'yynn'],
  ['+2,5', '2.5', 'yynn'],
  [',5', '0.5', 'yynn'],
  ['-,5', '-0.5', 'yyny'],
  ['1234', '1234', 'yyyy'],
  ['1.234', '1.234', 'ynyn'],
  ['1,234', '1.234', 'yynn'],
  ['1 234', '1234', 'yyyn'],
  ['1.234,5', null, 'nnnn'],
  ['1,234.5', null, 'nnnn'],
  ['1.234.5', null, 'nnnn'],
  ['1e3', null, 'nnnn'],
  ['0x10', null, 'nnnn'],
  ['2,5 m', null, 'nnnn'],
];
const ENTRIES: readonly (NumericEntry | undefined)[] = [undefined, 'comma', 'point', 'sheet'];

function wrongNumbers(): number {
  if (!POLICY) throw new Error('there is no policy');
  let wrong = 0;
  for (const [typed, value, takes] of TYPED) {
    for (const [i, entry] of ENTRIES.entries()) {
      const content = { kind: 'numeric' as const, stem: STEM, ...(entry && { entry }) };
      const item = { content, key: { value: value ?? '1' }, max: 1 };
      if ((scoreItem(item, { x: typed }, POLICY).points === 1) !== (takes[i] === 'y')) wrong++;
    }
  }
  return wrong;
}

export const b3: Rung = {
  about: 'Vietnamese vowels, look-alikes, comma and point',
  bar: '144 vowel forms in every spelling and case as specified, no two of them merged',
  async run() {
    const all = forms();
    const figures = {
      forms: new Set(all.map(({ nfc }) => nfc)).size,
      wrongSpellings: wrongSpellings(all),
      merged: merged(all),
      wrongPairs:
        SAME.filter(([a = '', b = '']) => !isRight(a, b)).length +
        DIFFERENT.filter(([a, b]) => isRight(a, b)).length,
      numbers: TYPED.length * ENTRIES.length,
      wrongNumbers: wrongNumbers(),
    };
    const wrong = figures.wrongSpellings + figures.merged + figures.wrongPairs + figures.wrongNumbers;
    return { holds: figures.forms === 144 && wrong === 0, figures };
  },
};
