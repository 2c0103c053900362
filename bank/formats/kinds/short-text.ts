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

export const shortTextFormat: KindFormat<ShortTextContent, ShortTextKey> = {
  columns: ['key', 'patterns', 'scoring'],
  fromCells(cells, variant) {
    const patterns = answersOf(cells.text('patterns'));
    const found = readScoring(cells, FOLDS).map(({ id }) => id);
    const folds = SHORT_TEXT_FOLDS.filter((fold) => found.includes(fold));
    return {
      content: { kind: 'shortText', stem: cells.rich('stem') },
      key: {
        accepted: answersOf(cells.text('key')),
        ...(patterns.length > 0 && { patterns }),
        ...(variant === 'caseSensitive' && { caseSensitive: true }),
        ...(folds.length > 0 && { folds }),
      },
    };
  },
  toCells(content, key) {
    const { accepted, patterns = [], folds = [], caseSensitive } = key;
    const scoring = writeScoring(folds.map((fold) => FOLDS[fold].vi));
    const cells = {
      stem: content.stem,
      key: accepted.join(ALTERNATIVES_BAR),
      ...(patterns.length > 0 && { patterns: patterns.join(ALTERNATIVES_BAR) }),
      ...(scoring !== undefined && { scoring }),
    };
    return caseSensitive ? { variant: 'caseSensitive', cells } : { cells };
  },
  toGift: (_content, key) =>
    key.accepted.length === 0
      ? { form: 'unsupported' }
      : { form: 'lines', lines: key.accepted.map((text) => ({ sign: '=', text })) },
};
