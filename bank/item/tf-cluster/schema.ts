import { Type, type Static } from '@sinclair/typebox';
import { Level, LIMITS, PartId, RichText } from '#bank/protocol';
import { closed } from '../parts.ts';

/** A cluster has this many statements in every format of the ladder (Decision 764/QĐ-BGDĐT, 2024). */
export const CLUSTER_STATEMENTS = 4;

/** A statement has the level of its item unless it says its own: the matrix counts statements, not clusters. */
const Statement = Type.Object({ id: PartId, text: RichText, level: Type.Optional(Level) }, closed);

/** A stem with four statements, each judged true or false. */
export const TfClusterContent = Type.Object(
  {
    kind: Type.Literal('tfCluster'),
    stem: RichText,
    statements: Type.Array(Statement, { maxItems: LIMITS.optionsPerItem }),
  },
  closed,
);
export type TfClusterContent = Static<typeof TfClusterContent>;

/** Statement id → whether it is true. */
export const TfClusterKey = Type.Object(
  { truth: Type.Record(PartId, Type.Boolean(), { ...closed, maxProperties: 12 }) },
  closed,
);
export type TfClusterKey = Static<typeof TfClusterKey>;
