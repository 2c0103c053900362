import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkKnown, checkParts, checkStem } from '../parts.ts';
import { CLUSTER_STATEMENTS, TfClusterContent, TfClusterKey } from './schema.ts';
import { toTfClusterView, type TfClusterView } from './view.ts';

export const tfCluster: ItemKind<TfClusterContent, TfClusterKey, TfClusterView> = {
  name: 'tfCluster',
  contentSchema: TfClusterContent,
  keySchema: TfClusterKey,
  check(content, key) {
    const { stem, statements } = content;
    const problems = [...checkStem(stem), ...checkParts(statements, 'statements')];
    const count = statements.length;
    if (count !== CLUSTER_STATEMENTS) {
      problems.push({ code: 'item-cluster-size', where: 'statements', values: { count } });
    }
    const unjudged: ItemProblem[] = statements
      .filter((statement) => key.truth[statement.id] === undefined)
      .map(({ id }) => ({ code: 'item-cluster-unjudged', where: `key.truth.${id}`, values: { part: id } }));
    return [...problems, ...unjudged, ...checkKnown(Object.keys(key.truth), statements, 'key.truth')];
  },
  partIds: (content) => content.statements.map((statement) => statement.id),
  shuffled: (content) => ({ parts: content.statements.map((statement) => statement.id), pinned: [] }),
  toView: toTfClusterView,
};
