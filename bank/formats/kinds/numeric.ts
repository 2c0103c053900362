import { parseDecimal, type NumericContent, type NumericKey } from '#bank/item';
import type { QuestionCells } from '../question-cells.ts';
import { ALTERNATIVES_BAR, RANGE_SIGN, type QuestionColumnId } from '../workbook-columns.ts';
import { decimalText } from '../decimal.ts';
import type { KindFormat } from './kind-format.ts';
import { readScoring, writeScoring, type ScoringWord } from './scoring-cell.ts';

const WORDS = {
  comma: { vi: 'chỉ dấu phẩy', en: 'comma only' },
  point: { vi: 'chỉ dấu chấm', en: 'point only' },
  sheet: { vi: 'phiếu bốn ô', en: 'answer sheet' },
  decimals: { vi: 'làm tròn # chữ số thập phân', en: 'rounded to # decimals' },
  digits: { vi: 'làm tròn # chữ số có nghĩa', en: 'rounded to # significant digits' },
} as const satisfies Record<string, ScoringWord>;

/** `2,5` → `2.5`; what is no number is kept as it stands for the check to refuse. */
function readDecimal(text: string): string {
  const decimal = parseDecimal(text);
  return decimal ? decimalText(decimal) : text.trim().slice(0, 40);
}

function withComma(decimal: string): string {
  return decimal.replace('.', ',');
}

interface Numbers {
  value: string;
  upTo: string | undefined;
  alternatives: string[];
}

/** `2,5`, `2,5|-2,5`, or a range first: `2,4..2,6`. */
function readNumbers(cells: QuestionCells): Numbers {
  const text = cells.text('key');
  if (text === '') cells.refuse('item-key-missing', 'key');
  const [first = '', ...others] = text.split(ALTERNATIVES_BAR);
  const [value = '', upTo] = first.split(RANGE_SIGN);
  return {
    value: text === '' ? '0' : readDecimal(value),
    upTo: upTo === undefined ? undefined : readDecimal(upTo),
    alternatives: others.map(readDecimal),
  };
}

/** `0,05` or `2%`. */
function readTolerance(text: string): string {
  return text.endsWith('%') ? `${readDecimal(text.slice(0, -1))}%` : readDecimal(text);
}

/** How the number is typed, and to how many places it is compared. */
function readRules(cells: QuestionCells): {
  entry: Pick<NumericContent, 'entry'>;
  round: Pick<NumericKey, 'round'>;
} {
  let entry: Pick<NumericContent, 'entry'> = {};
  let round: Pick<NumericKey, 'round'> = {};
  for (const { id, number } of readScoring(cells, WORDS)) {
    if (id === 'decimals') round = { round: { decimals: number } };
    else if (id === 'digits') round = { round: { digits: number } };
    else entry = { entry: id };
  }
  return { entry, round };
}

function writeRules({ entry }: NumericContent, { round }: NumericKey): string | undefined {
  const places = round && ('decimals' in round ? round.decimals : round.digits);
  const word = round && WORDS['decimals' in round ? 'decimals' : 'digits'].vi;
  return writeScoring([entry && WORDS[entry].vi, word?.replace('#', String(places))]);
}

/** A range keeps its ends; a tolerance in percent becomes the number that it comes to. */
function giftNumber({ upTo, tolerance = '0' }: NumericKey, text: string, isFirst: boolean): string {
  if (isFirst && upTo !== undefined) return `${text}${RANGE_SIGN}${upTo}`;
  const value = parseDecimal(text);
  const percent = tolerance.endsWith('%') ? parseDecimal(tolerance.slice(0, -1)) : null;
  if (!value || !percent) return `${text}:${tolerance}`;
  const units = (value.units < 0n ? -value.units : value.units) * percent.units;
  return `${text}:${decimalText({ units, scale: value.scale + percent.scale + 2 })}`;
}

export const numericFormat: KindFormat<NumericContent, NumericKey> = {
  columns: ['key', 'tolerance', 'unit', 'scoring'],
  fromCells(cells) {
    const stem = cells.rich('stem');
    const unit = cells.text('unit');
    const tolerance = cells.text('tolerance');
    const { value, upTo, alternatives } = readNumbers(cells);
    const { entry, round } = readRules(cells);
    return {
      content: { kind: 'numeric', stem, ...(unit !== '' && { unit: unit.slice(0, 40) }), ...entry },
      key: {
        value,
        ...(upTo !== undefined && { upTo }),
        ...(tolerance !== '' && { tolerance: readTolerance(tolerance) }),
        ...(alternatives.length > 0 && { alternatives }),
        ...round,
      },
    };
  },
  toCells(content, key) {
    const first = key.upTo === undefined ? key.value : `${key.value}${RANGE_SIGN}${key.upTo}`;
    const numbers = [first, ...(key.alternatives ?? [])].map((text) =>
      text.split(RANGE_SIGN).map(withComma).join(RANGE_SIGN),
    );
    const cells: Partial<Record<QuestionColumnId, string | NumericContent['stem']>> = {
      stem: content.stem,
      key: numbers.join(ALTERNATIVES_BAR),
    };
    if (key.tolerance !== undefined) cells.tolerance = withComma(key.tolerance);
    if (content.unit !== undefined) cells.unit = content.unit;
    const scoring = writeRules(content, key);
    if (scoring !== undefined) cells.scoring = scoring;
    return { cells };
  },
  toGift: (_content, key) => ({
    form: 'lines',
    numeric: true,
    lines: [key.value, ...(key.alternatives ?? [])].map((value, i) => ({
      sign: '=',
      text: giftNumber(key, value, i === 0),
    })),
  }),
};
