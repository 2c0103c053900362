import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkKnown, checkParts, checkStem } from '../parts.ts';
import { OrderingContent, OrderingKey } from './schema.ts';
import { toOrderingView, type OrderingView } from './view.ts';

export const ordering: ItemKind<OrderingContent, OrderingKey, OrderingView> = {
  name: 'ordering',
  contentSchema: OrderingContent,
  keySchema: OrderingKey,
  check({ stem, parts }, { order }) {
    const problems = [...checkStem(stem), ...checkParts(parts, 'parts')];
    const count = parts.length;
    if (count < 2) problems.push({ code: 'item-ordering-parts', where: 'parts', values: { count } });
    const unplaced: ItemProblem[] = parts
      .filter(({ id }) => !order.includes(id))
      .map(({ id }) => ({ code: 'item-ordering-unplaced', where: `key.order.${id}`, values: { part: id } }));
    return [...problems, ...unplaced, ...checkKnown(order, parts, 'key.order')];
  },
  partIds: (content) => content.parts.map((part) => part.id),
  shuffled: (content) => ({ parts: content.parts.map((part) => part.id), pinned: [] }),
  toView: toOrderingView,
};
