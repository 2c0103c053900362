import { gapIds, type GapMatchContent, type GapMatchKey } from '#bank/item';
import { letterOf, OPTION_COLUMNS, optionColumn, type KindFormat } from './kind-format.ts';
import { readGapWorth, writeGapWorth } from './gap-worth-cell.ts';
import { ALTERNATIVES_BAR } from '../workbook-columns.ts';
import { writeScoring, type ScoringWord } from './scoring-cell.ts';

const RULES = {
  reuse: { vi: 'dùng lại', en: 'reuse' },
} as const satisfies Record<string, ScoringWord>;

/** Words stand in A to H; the key names those of each gap in the order of the text, `B; A|C`. */
export const gapMatchFormat: KindFormat<GapMatchContent, GapMatchKey> = {
  columns: [...OPTION_COLUMNS, 'key', 'scoring'],
  fromCells(cells) {
    const stem = cells.rich('stem');
    const choices = cells
      .letters()
      .map((letter) => ({ id: letter.toLowerCase(), text: cells.rich(`option${letter}`) }));
    const gaps = gapIds(stem);
    const text = cells.text('key');
    const named = text
      .split(';')
      .map((part) => part.split(ALTERNATIVES_BAR).map((one) => one.trim().toLowerCase()));
    if (text !== '' && (named.length !== gaps.length || !named.flat().every((one) => /^[a-h]$/.test(one))))
      cells.refuse('key-unreadable', 'key', { key: text.slice(0, 60), example: 'B; A; C|D' });
    const { rules, worth } = readGapWorth(cells, RULES);
    const fills: GapMatchKey['fills'] = {};
    if (text !== '') for (const [i, gap] of gaps.entries()) fills[gap] = [...new Set(named[i])];
    return {
      content: { kind: 'gapMatch', stem, choices, ...(rules.includes('reuse') && { reuse: true }) },
      key: { fills, ...worth },
    };
  },
  toCells(content, key) {
    const letters = new Map(content.choices.map(({ id }, i) => [id, letterOf(i)]));
    const choices = content.choices.map(({ text }, i) => [optionColumn(i), text] as const);
    const fills = gapIds(content.stem).map((gap) =>
      (key.fills[gap] ?? []).map((id) => letters.get(id)).join(ALTERNATIVES_BAR),
    );
    const rules = content.reuse ? [RULES.reuse.vi] : [];
    const scoring = writeScoring([...rules, ...writeGapWorth(key, new Map())]);
    return {
      cells: {
        stem: content.stem,
        ...Object.fromEntries(choices),
        key: fills.join('; '),
        ...(scoring !== undefined && { scoring }),
      },
    };
  },
  toGift: () => ({ form: 'unsupported' }),
  columnOf(where) {
    const [group, id = ''] = where.split('.');
    if (group === 'choices')
      return OPTION_COLUMNS.find((column) => column === `option${id.toUpperCase()}`) ?? 'optionA';
    if (group === 'key' && id !== 'fills') return 'scoring';
    return group === 'stem' ? 'stem' : 'key';
  },
};
