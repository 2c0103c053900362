import {
  parseCriterion,
  criterionText,
  worthOf,
  type Criterion,
  type EssayContent,
  type EssayKey,
} from '#bank/item';
import type { QuestionCells } from '../question-cells.ts';
import { OPTION_COLUMNS, defaultColumn, optionColumn, type KindFormat } from './kind-format.ts';

type Settings = Pick<EssayContent, 'minWords' | 'maxWords' | 'lines'> & { isShown: boolean };

const EXAMPLE = '300-600 từ; 20 dòng; hiện tiêu chí';
const CRITERION_EXAMPLE = '1,00: đủ ý';

/** `300-600 từ; 20 dòng; hiện tiêu chí`, each part as wanted; null when a part means nothing. */
function readSettings(text: string): Settings | null {
  const settings: Settings = { isShown: false };
  for (const part of text.split(';').map(plain)) {
    const words = /^(\d*)\s*[-–]\s*(\d*)\s*(tu|words)$/.exec(part);
    const lines = /^(\d+)\s*(dong|lines)$/.exec(part);
    if (words?.[1]) settings.minWords = Number(words[1]);
    if (words?.[2]) settings.maxWords = Number(words[2]);
    if (lines?.[1]) settings.lines = Number(lines[1]);
    const isShown = /^(hien tieu chi|show criteria)$/.test(part);
    settings.isShown ||= isShown;
    if (part !== '' && !words && !lines && !isShown) return null;
  }
  return settings;
}

function plain(text: string): string {
  return text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}

function settingsText({ minWords, maxWords, lines, shown }: EssayContent): string {
  const parts: string[] = [];
  if (minWords !== undefined || maxWords !== undefined) parts.push(`${minWords ?? ''}-${maxWords ?? ''} từ`);
  if (lines !== undefined) parts.push(`${lines} dòng`);
  if (shown) parts.push('hiện tiêu chí');
  return parts.join('; ');
}

/** Criteria stand in A to H, one in each; those that cannot be read are refused. */
function readCriteria(cells: QuestionCells): Criterion[] {
  return cells.letters().flatMap((letter) => {
    const column = `option${letter}` as const;
    const text = cells.text(column);
    const criterion = parseCriterion(letter.toLowerCase(), text);
    if (!criterion)
      cells.refuse('key-unreadable', column, { key: text.slice(0, 60), example: CRITERION_EXAMPLE });
    return criterion ?? [];
  });
}

export const essayFormat: KindFormat<EssayContent, EssayKey> = {
  columns: [...OPTION_COLUMNS, 'key'],
  fromCells(cells) {
    const stem = cells.rich('stem');
    const criteria = readCriteria(cells);
    const text = cells.text('key');
    const settings = readSettings(text);
    if (!settings) cells.refuse('key-unreadable', 'key', { key: text.slice(0, 60), example: EXAMPLE });
    const { isShown, ...limits } = settings ?? { isShown: false };
    const shown = criteria.map(({ title, levels }) => ({ title, points: worthOf({ levels }) }));
    return {
      content: { kind: 'essay', stem, ...limits, ...(isShown && { shown }) },
      key: { criteria },
    };
  },
  toCells(content, key) {
    const criteria = key.criteria.map(
      (criterion, i) => [optionColumn(i), criterionText(criterion, 'vi')] as const,
    );
    return {
      cells: { stem: content.stem, ...Object.fromEntries(criteria), key: settingsText(content) },
    };
  },
  toGift: () => ({ form: 'unsupported' }),
  columnOf(where) {
    const [group, list, id] = where.split('.');
    return group === 'key' && list === 'criteria' ? defaultColumn(`options.${id}`) : defaultColumn(where);
  },
};
