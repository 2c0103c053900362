import { parseDecimal, type NumericContent, type NumericKey } from '#bank/item';
import type { QuestionCells } from '../question-cells.ts';
import { ALTERNATIVES_BAR, type QuestionColumnId } from '../workbook-columns.ts';
import { decimalText } from '../decimal.ts';
import type { KindFormat } from './kind-format.ts';

/** `2,5` → `2.5`; what is no number is kept as it stands for the check to refuse. */
function readDecimal(text: string): string {
  const decimal = parseDecimal(text);
  return decimal ? decimalText(decimal) : text.trim().slice(0, 40);
}

function withComma(decimal: string): string {
  return decimal.replace('.', ',');
}

function readNumbers(cells: QuestionCells): string[] {
  const text = cells.text('key');
  if (text === '') {
    cells.refuse('item-key-missing', 'key');
    return [];
  }
  return text.split(ALTERNATIVES_BAR).map(readDecimal);
}

export const numericFormat: KindFormat<NumericContent, NumericKey> = {
  columns: ['key', 'tolerance', 'unit'],
  fromCells(cells) {
    const stem = cells.rich('stem');
    const unit = cells.text('unit');
    const tolerance = cells.text('tolerance');
    const [value = '0', ...alternatives] = readNumbers(cells);
    return {
      content: unit === '' ? { kind: 'numeric', stem } : { kind: 'numeric', stem, unit: unit.slice(0, 40) },
      key: {
        value,
        ...(tolerance !== '' && { tolerance: readDecimal(tolerance) }),
        ...(alternatives.length > 0 && { alternatives }),
      },
    };
  },
  toCells(content, key) {
    const numbers = [key.value, ...(key.alternatives ?? [])].map(withComma).join(ALTERNATIVES_BAR);
    const cells: Partial<Record<QuestionColumnId, string | NumericContent['stem']>> = {
      stem: content.stem,
      key: numbers,
    };
    if (key.tolerance !== undefined) cells.tolerance = withComma(key.tolerance);
    if (content.unit !== undefined) cells.unit = content.unit;
    return { cells };
  },
  toGift: (_content, key) => ({
    form: 'lines',
    numeric: true,
    lines: [key.value, ...(key.alternatives ?? [])].map((value) => ({
      sign: '=',
      text: `${value}:${key.tolerance ?? '0'}`,
    })),
  }),
};
