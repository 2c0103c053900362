import { SHORT_TEXT_FOLDS, type ShortTextContent, type ShortTextFold, type ShortTextKey } from '#bank/item';
import { ALTERNATIVES_BAR } from '../workbook-columns.ts';
import type { KindFormat } from './kind-format.ts';
import { readScoring, writeScoring, type ScoringWord } from './scoring-cell.ts';

export const FOLDS = {
  tones: { vi: 'bỏ qua dấu thanh', en: 'tone marks do not count' },
  iy: { vi: 'i như y', en: 'i as y' },
} as const satisfies Record<ShortTextFold, ScoringWord>;

function answersOf(text: string): string[] {
  return text === '' ? [] : text.split(ALTERNATIVES_BAR).map((answer) => answer.trim());
}

/** One expression on each line: a bar has a meaning in it. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export const shortTextFormat: KindFormat<ShortTextContent, ShortTextKey> = {
  columns: ['key', 'patterns', 'expressions', 'scoring'],
  fromCells(cells, variant) {
    const patterns = answersOf(cells.text('patterns'));
    const expressions = linesOf(cells.text('expressions'));
    const found = readScoring(cells, FOLDS).map(({ id }) => id);
    const folds = SHORT_TEXT_FOLDS.filter((fold) => found.includes(fold));
    return {
      content: { kind: 'shortText', stem: cells.rich('stem') },
      key: {
        accepted: answersOf(cells.text('key')),
        ...(patterns.length > 0 && { patterns }),
        ...(expressions.length > 0 && { expressions }),
        ...(variant === 'caseSensitive' && { caseSensitive: true }),
        ...(folds.length > 0 && { folds }),
      },
    };
  },
  toCells(content, key) {
    const { accepted, patterns = [], expressions = [], folds = [], caseSensitive } = key;
    const scoring = writeScoring(folds.map((fold) => FOLDS[fold].vi));
    const cells = {
      stem: content.stem,
      key: accepted.join(ALTERNATIVES_BAR),
      ...(patterns.length > 0 && { patterns: patterns.join(ALTERNATIVES_BAR) }),
      ...(expressions.length > 0 && { expressions: expressions.join('\n') }),
      ...(scoring !== undefined && { scoring }),
    };
    return caseSensitive ? { variant: 'caseSensitive', cells } : { cells };
  },
  toGift: (_content, key) =>
    key.accepted.length === 0
      ? { form: 'unsupported' }
      : { form: 'lines', lines: key.accepted.map((text) => ({ sign: '=', text })) },
};
