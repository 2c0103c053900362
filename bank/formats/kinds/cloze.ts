import { gapIds, gapText, parseGap, renameGaps, SHORT_TEXT_FOLDS } from '#bank/item';
import type { ClozeContent, ClozeKey } from '#bank/item';
import { letterOf, OPTION_COLUMNS, type KindFormat } from './kind-format.ts';
import { readGapWorth, writeGapWorth } from './gap-worth-cell.ts';
import { writeScoring, type ScoringWord } from './scoring-cell.ts';
import { FOLDS } from './short-text.ts';

const RULES = {
  ...FOLDS,
  caseSensitive: { vi: 'phân biệt hoa thường', en: 'case sensitive' },
  distinct: { vi: 'mỗi đáp án một lần', en: 'distinct answers' },
} as const satisfies Record<string, ScoringWord>;

/** `[[a]]` in the text is the gap that cell A describes. */
export const clozeFormat: KindFormat<ClozeContent, ClozeKey> = {
  columns: [...OPTION_COLUMNS, 'scoring'],
  fromCells(cells) {
    const stem = cells.rich('stem');
    const letters = cells.letters();
    const read = letters.map((letter) => parseGap(letter.toLowerCase(), cells.text(`option${letter}`)));
    const { rules, worth } = readGapWorth(cells, RULES);
    const folds = SHORT_TEXT_FOLDS.filter((fold) => rules.includes(fold));
    const order = gapIds(stem);
    const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
    const gaps = read.map(({ gap }) => gap).sort((a, b) => place(a.id) - place(b.id));
    return {
      content: { kind: 'cloze', stem, gaps },
      key: {
        answers: Object.fromEntries(read.map(({ gap, answers }) => [gap.id, answers])),
        ...(rules.includes('distinct') && { distinct: true }),
        ...(rules.includes('caseSensitive') && { caseSensitive: true }),
        ...(folds.length > 0 && { folds }),
        ...worth,
      },
    };
  },
  toCells(content, key) {
    const names = cellNames(content.gaps.map(({ id }) => id));
    const gaps = content.gaps.map(
      (gap) => [letterColumn(names.get(gap.id) ?? ''), gapText(gap, key.answers[gap.id] ?? [])] as const,
    );
    const scoring = writeScoring([
      ...(key.folds ?? []).map((fold) => FOLDS[fold].vi),
      ...(key.caseSensitive ? [RULES.caseSensitive.vi] : []),
      ...(key.distinct ? [RULES.distinct.vi] : []),
      ...writeGapWorth(key, names),
    ]);
    return {
      cells: {
        stem: renameGaps(content.stem, names),
        ...Object.fromEntries(gaps),
        ...(scoring !== undefined && { scoring }),
      },
    };
  },
  toGift: () => ({ form: 'unsupported' }),
  columnOf(where) {
    const [group, id = '', part = ''] = where.split('.');
    if (group === 'key') return id === 'weights' || id === 'wrong' ? 'scoring' : letterColumn(part);
    return group === 'gaps' ? letterColumn(id) : 'stem';
  },
};

/** Gap id → letter of its cell: its own where the gaps are called by the first letters, otherwise by their order. */
function cellNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const letters = ids.map((_, i) => letterOf(i).toLowerCase());
  const isOwn = ids.every((id) => letters.includes(id));
  return new Map(ids.map((id, i) => [id, isOwn ? id : (letters[i] ?? '')]));
}

function letterColumn(letter: string) {
  return OPTION_COLUMNS.find((column) => column === `option${letter.toUpperCase()}`) ?? 'stem';
}
