import { Errors } from '@sinclair/typebox/errors';
import { LIMITS, type ItemKindName } from '#bank/protocol';
import { itemKind, type ItemContent, type ItemKey } from '../index.ts';
import type { ItemProblem } from '../kind.ts';
import { checkMedia } from '../media.ts';
import { checkExpressions } from '../short-text/expression.ts';

/** What the schemas and the kind's own check find; `row-invalid` names the place that breaks a schema. */
export function checkItem(
  kind: ItemKindName,
  { content, key }: { content: ItemContent; key: ItemKey },
): ItemProblem[] {
  const { check, contentSchema, keySchema } = itemKind(kind);
  const problems = [
    ...check(content, key),
    ...('accepted' in key ? checkExpressions(key) : []),
    ...checkMedia(content),
  ];
  if (problems.length > 0) return problems;
  const error = Errors(contentSchema, content).First() ?? Errors(keySchema, key).First();
  if (!error) return [];
  const where = error.path.split('/').filter(Boolean).join('.') || kind;
  return [{ code: 'row-invalid', where, values: { where: where.slice(0, 60), max: LIMITS.textRun } }];
}
