import type { MultipleContent, MultipleKey, MultipleScheme } from '#bank/item';
import { parseFraction } from '#bank/marks';
import type { QuestionCells } from '../question-cells.ts';
import { letterOf, OPTION_COLUMNS, type KindFormat } from './kind-format.ts';
import { readKeyLetters, readOptions, writeOptions } from './option-cells.ts';
import { readScoring, writeScoring, type ScoringWord } from './scoring-cell.ts';

const SCHEMES = {
  allOrNothing: { vi: 'đúng hết', en: 'all or nothing' },
  rightMinusWrong: { vi: 'đúng trừ sai', en: 'right minus wrong' },
  weights: { vi: 'trọng số', en: 'weights' },
  surplus: { vi: 'trừ chọn thừa', en: 'surplus deducted' },
} as const satisfies Record<MultipleScheme, ScoringWord>;

/** Percent weights as Moodle knows them: five decimals. */
function percent(numerator: number, denominator: number): number {
  return Number(((100 * numerator) / denominator).toFixed(5));
}

/**
 * Scheme and weights of the scoring cell; a weight alone says that the scheme is weights. `idOf` gives the part that
 * a letter or a number stands for.
 */
export function readScheme(
  cells: QuestionCells,
  idOf: (name: string) => string | undefined,
): Partial<Pick<MultipleKey, 'scheme' | 'weights'>> {
  const weights: Record<string, string> = {};
  const readWeight = (text: string): boolean => {
    const [, name = '', weight = ''] = /^([A-H]|[1-9][0-9]?)\s*=\s*(\S{1,30})$/i.exec(text) ?? [];
    const id = name === '' ? undefined : idOf(name.toLowerCase());
    if (id !== undefined) weights[id] = weight;
    return id !== undefined;
  };
  const scheme = readScoring(cells, SCHEMES, readWeight).at(-1)?.id;
  if (Object.keys(weights).length > 0) return { scheme: 'weights', weights };
  return scheme === undefined ? {} : { scheme };
}

/** The scoring cell of a scheme with weights by the names of the cell; none where it counts as a whole. */
export function writeScheme(
  { scheme }: MultipleKey,
  weights: readonly (readonly [name: string, weight: string])[],
): string | undefined {
  if (scheme === 'allOrNothing') return undefined;
  return writeScoring([SCHEMES[scheme].vi, ...weights.map(([name, weight]) => `${name}=${weight}`)]);
}

/** Percent of an option chosen, as GIFT has it; surplus has no counterpart there and is told as lost. */
function giftWeight({ scheme, correct, weights }: MultipleKey, options: number, id: string): number {
  const own = weights && parseFraction(weights[id] ?? '0');
  if (scheme === 'weights' && own) return percent(Number(own.numerator), Number(own.denominator));
  if (correct.includes(id)) return percent(1, correct.length);
  if (scheme === 'weights') return -percent(1, options - correct.length);
  return scheme === 'allOrNothing' ? -100 : -percent(1, correct.length);
}

export const multipleFormat: KindFormat<MultipleContent, MultipleKey> = {
  columns: [...OPTION_COLUMNS, 'key', 'shuffle', 'scoring'],
  fromCells(cells, variant) {
    const fields = readOptions(cells);
    const correct = readKeyLetters(cells, fields.options, 'A;C');
    const scheme = variant === 'rightMinusWrong' ? 'rightMinusWrong' : 'allOrNothing';
    const key = {
      correct,
      scheme,
      ...readScheme(cells, (name) => fields.options.find(({ id }) => id === name)?.id),
    } satisfies MultipleKey;
    return { content: { kind: 'multiple', ...fields }, key };
  },
  toCells(content, key) {
    const cells = writeOptions(content, key.correct);
    if (key.scheme === 'allOrNothing') return { cells };
    if (key.scheme === 'rightMinusWrong') return { variant: key.scheme, cells };
    const weights = content.options.flatMap(({ id }, i) => {
      const weight = key.weights?.[id];
      return weight === undefined ? [] : [[letterOf(i), weight] as const];
    });
    const scoring = writeScheme(key, weights);
    return { cells: scoring === undefined ? cells : { ...cells, scoring } };
  },
  toGift: (content, key) => ({
    form: 'lines',
    lines: content.options.map(({ id, text }) => ({
      sign: '~',
      weight: giftWeight(key, content.options.length, id),
      text,
    })),
  }),
};
