import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

const closed = { additionalProperties: false };
const milliseconds = Type.Number();

/** What is looked at: the two ports of the storage, the journal with two owners, and the loss of the primary. */
export const PARTS = ['store', 'journal', 'owners', 'primary'] as const;

const Result = Type.Object(
  {
    part: Type.Union(PARTS.map((part) => Type.Literal(part))),
    name: Type.String(),
    outcome: Type.Union([Type.Literal('passed'), Type.Literal('failed'), Type.Literal('skipped')]),
    /** Why it was skipped, or what was broken. */
    reason: Type.Optional(Type.String()),
    /** How long it took. */
    ms: milliseconds,
  },
  closed,
);

/** The database as it showed itself, before anything was tried. */
const Facts = Type.Object(
  {
    /** Version of the server. */
    version: Type.String(),
    /** Name of the replica set; null for a single server and for a sharded cluster. */
    setName: Type.Union([Type.String(), Type.Null()]),
    /** Members that hold data, sorted; these and the name of the set say which database it is. */
    hosts: Type.Array(Type.String()),
    /** How many of them; of a sharded cluster those of its smallest shard. */
    dataMembers: Type.Integer(),
    primary: Type.Union([Type.String(), Type.Null()]),
    arbiters: Type.Array(Type.String()),
    sessions: Type.Boolean(),
    transactions: Type.Boolean(),
    /** What the server itself takes when a client names none; null where it does not tell. Niêm always names its own. */
    defaultWriteConcern: Type.Union([Type.String(), Type.Null()]),
    /** The primary's clock minus this computer's. */
    clockDifferenceMs: milliseconds,
    /** By how much that may be wrong: half of the round trip. */
    clockUncertaintyMs: milliseconds,
  },
  closed,
);

/** What `niem doctor` signs. */
const Report = Type.Object(
  {
    format: Type.Literal('niem-doctor/1'),
    /** Version of Niêm. */
    niem: Type.String(),
    /** Milliseconds since 1970, UTC, by the clock of the computer that ran it. */
    startedAt: milliseconds,
    endedAt: milliseconds,
    database: Facts,
    results: Type.Array(Result),
    /** Throwaway databases that could not be dropped. */
    left: Type.Array(Type.String()),
  },
  closed,
);

export type Part = (typeof PARTS)[number];
export type Result = Static<typeof Result>;
export type Facts = Static<typeof Facts>;
export type Report = Static<typeof Report>;

/** `incomplete`: nothing failed, but something was not tried, so that it says too little for production. */
export type Verdict = 'passed' | 'failed' | 'incomplete';

/** Follows from the results alone; a report without results is incomplete. */
export function verdictOf({ results }: Pick<Report, 'results'>): Verdict {
  const has = (outcome: Result['outcome']) => results.some((result) => result.outcome === outcome);
  if (has('failed')) return 'failed';
  const isWhole = PARTS.every((part) => results.some((result) => result.part === part));
  return isWhole && !has('skipped') ? 'passed' : 'incomplete';
}

/** Null for anything that is no report. */
export function readReport(claims: unknown): Report | null {
  return Value.Check(Report, claims) ? claims : null;
}
