import { inRightOrder, itemKind, toOrdering } from '#bank/item';
import type { OrderingContent, OrderingKey, OrderingScheme } from '#bank/item';
import { OPTION_COLUMNS, optionColumn, type KindFormat } from './kind-format.ts';
import { readScoring, writeScoring, type ScoringWord } from './scoring-cell.ts';

const SCHEMES = {
  exact: { vi: 'đúng hết', en: 'exact' },
  adjacent: { vi: 'cặp liền nhau', en: 'adjacent pairs' },
  kendall: { vi: 'cặp đúng thứ tự', en: 'Kendall pairs' },
} as const satisfies Record<OrderingScheme, ScoringWord>;

export const orderingFormat: KindFormat<OrderingContent, OrderingKey> = {
  columns: [...OPTION_COLUMNS, 'scoring'],
  fromCells(cells) {
    const stem = cells.rich('stem');
    const orderScheme = readScoring(cells, SCHEMES).at(-1)?.id ?? 'exact';
    // what is wrong is told by the letters of the cells, which those of the content are not
    const written = cells
      .letters()
      .map((letter) => ({ id: letter.toLowerCase(), text: cells.rich(`option${letter}`) }));
    const order = written.map(({ id }) => id);
    const problems = itemKind('ordering').check(
      { kind: 'ordering', stem, parts: written },
      { order, orderScheme },
    );
    for (const { code, where, values } of problems) {
      const [group, id = ''] = where.split('.');
      const column = group === 'stem' ? 'stem' : optionColumn(Math.max(0, order.indexOf(id)));
      cells.refuse(code, column, values);
    }
    const canonical = toOrdering(written.map(({ text }) => text));
    return {
      content: { kind: 'ordering', stem, parts: canonical.parts },
      key: { order: canonical.order, orderScheme },
    };
  },
  toCells(content, key) {
    const parts = inRightOrder(content.parts, key.order).map(
      ({ text }, i) => [optionColumn(i), text] as const,
    );
    const scoring = key.orderScheme === 'exact' ? undefined : writeScoring([SCHEMES[key.orderScheme].vi]);
    return {
      cells: { stem: content.stem, ...Object.fromEntries(parts), ...(scoring !== undefined && { scoring }) },
    };
  },
  toGift: () => ({ form: 'unsupported' }),
};
