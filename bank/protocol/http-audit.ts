import { Type, type Static } from '@sinclair/typebox';

const closed = { additionalProperties: false };

/** GET /audit/entries. */
export const AuditEntriesQuery = Type.Object(
  {
    order: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
    /** `next` of the page before. */
    cursor: Type.Optional(Type.String({ pattern: '^\\d{1,12}$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  closed,
);

/** A leaf of the ledger as bank/ledger describes it; people stand under their pseudonyms. */
export const AuditEntry = Type.Object(
  {
    v: Type.Literal(1),
    seq: Type.Integer(),
    ts: Type.String(),
    actor: Type.String(),
    role: Type.String(),
    action: Type.String(),
    object: Type.String(),
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  closed,
);
export type AuditEntry = Static<typeof AuditEntry>;

export const AuditEntries = Type.Object(
  { entries: Type.Array(AuditEntry), next: Type.Optional(Type.String()) },
  closed,
);
export type AuditEntries = Static<typeof AuditEntries>;

/** GET /audit/checkpoint: a C2SP signed note and verifier key. */
export const AuditCheckpoint = Type.Object({ checkpoint: Type.String(), vkey: Type.String() }, closed);
export type AuditCheckpoint = Static<typeof AuditCheckpoint>;
