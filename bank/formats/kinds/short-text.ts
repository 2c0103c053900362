import type { ShortTextContent, ShortTextKey } from '#bank/item';
import { ALTERNATIVES_BAR } from '../workbook-columns.ts';
import type { KindFormat } from './kind-format.ts';

export const shortTextFormat: KindFormat<ShortTextContent, ShortTextKey> = {
  columns: ['key'],
  fromCells(cells, variant) {
    const stem = cells.rich('stem');
    const text = cells.text('key');
    const accepted = text === '' ? [] : text.split(ALTERNATIVES_BAR).map((answer) => answer.trim());
    return {
      content: { kind: 'shortText', stem },
      key: variant === 'caseSensitive' ? { accepted, caseSensitive: true } : { accepted },
    };
  },
  toCells(content, key) {
    const cells = { stem: content.stem, key: key.accepted.join(ALTERNATIVES_BAR) };
    return key.caseSensitive ? { variant: 'caseSensitive', cells } : { cells };
  },
  toGift: (_content, key) => ({
    form: 'lines',
    lines: key.accepted.map((text) => ({ sign: '=', text })),
  }),
};
