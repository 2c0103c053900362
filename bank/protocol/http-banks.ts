import { Type, type Static } from '@sinclair/typebox';
import { ItemUse } from './assembly-data.ts';
import { BankKind, BankRole, BANK_ROLES, ItemStatus } from './bank-records.ts';
import { Id } from './ids.ts';
import { ItemKindName, Level } from './item-kinds.ts';
import { LIMITS } from './limits.ts';
import { MediaKind, MediaType } from './media.ts';
import { Count, Cursor, Instant } from './wire-values.ts';

const closed = { additionalProperties: false };
const Version = Type.Integer({ minimum: 1, maximum: 1_000_000 });

export const TopicName = Type.String({
  minLength: 1,
  maxLength: LIMITS.topicName,
  pattern: '^\\S(?:.*\\S)?$',
});
export const ItemCode = Type.String({ minLength: 1, maxLength: LIMITS.itemCode, pattern: '^\\S(?:.*\\S)?$' });

/** Short enough for the name of an enemy set, and for a number behind it. */
export const VariantsCode = Type.String({ minLength: 1, maxLength: 40, pattern: '^\\S(?:.*\\S)?$' });

export const BankParams = Type.Object({ bank: Id }, closed);
export const BankItemParams = Type.Object({ bank: Id, item: Id }, closed);
export const BankImportParams = Type.Object({ bank: Id, import: Id }, closed);
export const BankMemberParams = Type.Object({ bank: Id, user: Id }, closed);

const settings = {
  name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  topics: Type.Array(TopicName, { maxItems: 500, uniqueItems: true }),
};
export const BankSettings = Type.Object(settings, closed);
export type BankSettings = Static<typeof BankSettings>;
export const NewBank = Type.Object({ ...settings, kind: BankKind }, closed);
export type NewBank = Static<typeof NewBank>;

/** `roles` are those of the caller. */
export const BankView = Type.Object(
  {
    id: Id,
    name: Type.String(),
    kind: BankKind,
    topics: Type.Array(Type.String()),
    roles: Type.Array(BankRole),
    createdAt: Instant,
  },
  closed,
);
export type BankView = Static<typeof BankView>;
export const BankList = Type.Object({ banks: Type.Array(BankView), next: Cursor }, closed);
export type BankList = Static<typeof BankList>;

export const MemberRoles = Type.Object(
  { roles: Type.Array(BankRole, { maxItems: BANK_ROLES.length, uniqueItems: true }) },
  closed,
);
export const BankMember = Type.Object({ user: Id, roles: Type.Array(BankRole) }, closed);
export type BankMember = Static<typeof BankMember>;
export const BankMemberList = Type.Object({ members: Type.Array(BankMember), next: Cursor }, closed);
export type BankMemberList = Static<typeof BankMemberList>;

/** `excerpts` adds the beginning of each stem; it opens the boxes and is recorded. A page may be short. */
export const ItemsQuery = Type.Object(
  {
    topic: Type.Optional(TopicName),
    level: Type.Optional(Level),
    kind: Type.Optional(ItemKindName),
    status: Type.Optional(ItemStatus),
    excerpts: Type.Optional(Type.Boolean()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    after: Cursor,
  },
  closed,
);
export type ItemsQuery = Static<typeof ItemsQuery>;

export const ItemSummary = Type.Object(
  {
    id: Id,
    code: Type.String(),
    kind: ItemKindName,
    topic: Type.String(),
    level: Level,
    status: ItemStatus,
    version: Version,
    /** The version that papers may hold, and whether official ones may. */
    approvedVersion: Type.Optional(Version),
    officialUse: Type.Optional(Type.Boolean()),
    stimulus: Type.Optional(Id),
    excerpt: Type.Optional(Type.String()),
    use: Type.Optional(ItemUse),
    updatedAt: Instant,
  },
  closed,
);
export type ItemSummary = Static<typeof ItemSummary>;
export const ItemList = Type.Object({ items: Type.Array(ItemSummary), next: Cursor }, closed);
export type ItemList = Static<typeof ItemList>;

export const ItemVersionQuery = Type.Object({ version: Type.Optional(Version) }, closed);
export const ItemVersionSummary = Type.Object(
  {
    version: Version,
    status: ItemStatus,
    author: Id,
    reviewer: Type.Optional(Id),
    reviewedAt: Type.Optional(Instant),
    createdAt: Instant,
  },
  closed,
);
export type ItemVersionSummary = Static<typeof ItemVersionSummary>;

/** Drafts made from a parametric item: `<code>-001` and so on. */
export const VariantsMade = Type.Object({ code: Type.String(), count: Count }, closed);
export type VariantsMade = Static<typeof VariantsMade>;

/** Versions to be sent for review or approved together. */
export const ItemVersions = Type.Object(
  { items: Type.Array(Type.Object({ item: Id, version: Version }, closed), { minItems: 1, maxItems: 200 }) },
  closed,
);
export type ItemVersions = Static<typeof ItemVersions>;
const Values = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]));
export const ReviewReport = Type.Object(
  {
    done: Count,
    refused: Type.Array(
      Type.Object({ item: Id, version: Version, code: Type.String(), values: Values }, closed),
    ),
  },
  closed,
);
export type ReviewReport = Static<typeof ReviewReport>;
export const ReturnInput = Type.Object(
  { version: Version, comment: Type.String({ minLength: 1, maxLength: 5_000, pattern: '\\S' }) },
  closed,
);

/** `name` is that of the file; topic and level are for questions that name none. */
export const ImportQuery = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 255 }),
    topic: Type.Optional(TopicName),
    level: Type.Optional(Level),
  },
  closed,
);
export const IMPORT_STATES = ['reading', 'ready', 'committing', 'done'] as const;
export const ImportState = Type.Union(IMPORT_STATES.map((state) => Type.Literal(state)));
/** What an import would do, or did, with the rows of a file. */
export const ImportCounts = Type.Object(
  { rows: Count, warnings: Count, refused: Count, added: Count, changed: Count, same: Count },
  closed,
);
export type ImportCounts = Static<typeof ImportCounts>;
export const ImportView = Type.Object(
  {
    id: Id,
    state: ImportState,
    format: Type.Optional(Type.String()),
    counts: ImportCounts,
    problems: Type.Array(Type.Object({ code: Type.String(), text: Type.String() }, closed)),
    expiresAt: Instant,
  },
  closed,
);
export type ImportView = Static<typeof ImportView>;
/** What was started: follow the job under `/jobs/:job`, then read the import. */
export const ImportStarted = Type.Object({ import: Id, job: Id }, closed);
export type ImportStarted = Static<typeof ImportStarted>;

export const ROW_ACTIONS = ['added', 'changed', 'same', 'refused'] as const;
export const ImportRowsQuery = Type.Object(
  {
    status: Type.Optional(Type.Union([Type.Literal('ok'), Type.Literal('warning'), Type.Literal('refused')])),
    after: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  closed,
);
export type ImportRowsQuery = Static<typeof ImportRowsQuery>;
export const ImportRowView = Type.Object(
  {
    row: Version,
    cell: Type.Optional(Type.String()),
    line: Type.Optional(Version),
    code: Type.Optional(Type.String()),
    excerpt: Type.Optional(Type.String()),
    status: Type.Union([Type.Literal('ok'), Type.Literal('warning'), Type.Literal('refused')]),
    /** What taking the row over does to the bank. */
    action: Type.Union(ROW_ACTIONS.map((action) => Type.Literal(action))),
    problems: Type.Array(
      Type.Object(
        {
          code: Type.String(),
          severity: Type.Union([Type.Literal('warning'), Type.Literal('refused')]),
          cell: Type.Optional(Type.String()),
          line: Type.Optional(Version),
          /** The sentence in the reader's language. */
          text: Type.String(),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type ImportRowView = Static<typeof ImportRowView>;
export const ImportRowList = Type.Object(
  { rows: Type.Array(ImportRowView), next: Type.Optional(Type.Integer({ minimum: 0 })) },
  closed,
);
export type ImportRowList = Static<typeof ImportRowList>;

export const BankMediaParams = Type.Object({ bank: Id, media: Id }, closed);
/** A recording of a bank. `length` in milliseconds; one that is `used` by a version of a question cannot be deleted. */
export const MediaSummary = Type.Object(
  {
    id: Id,
    name: Type.String(),
    kind: MediaKind,
    type: MediaType,
    bytes: Count,
    length: Count,
    used: Type.Boolean(),
    createdAt: Instant,
  },
  closed,
);
export type MediaSummary = Static<typeof MediaSummary>;
export const MediaList = Type.Object({ media: Type.Array(MediaSummary), next: Cursor }, closed);
export type MediaList = Static<typeof MediaList>;

export const EXPORT_FORMATS = ['workbook', 'gift'] as const;
export const ExportQuery = Type.Object(
  { format: Type.Union(EXPORT_FORMATS.map((format) => Type.Literal(format))) },
  closed,
);
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
