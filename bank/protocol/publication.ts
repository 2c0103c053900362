import { Type, type Static } from '@sinclair/typebox';
import { FormsSetting, Place } from './assembly.ts';
import { ExamProfile } from './assurance-policy.ts';
import { Blueprint, PoolItem } from './blueprint.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';

const closed = { additionalProperties: false };

/** Ways in which papers are derived from seeds; bank/assembly/README.md describes them. */
export const DRAW_ALGORITHM = 'niem-draw/1';
export const DEAL_ALGORITHM = 'niem-deal/1';
export const FORMS_ALGORITHM = 'niem-forms/1';
export const SOLVED_ALGORITHM = 'niem-solved/1';
export const PaperAlgorithm = Type.Union([
  Type.Literal(DRAW_ALGORITHM),
  Type.Literal(DEAL_ALGORITHM),
  Type.Literal(FORMS_ALGORITHM),
  Type.Literal(SOLVED_ALGORITHM),
]);
export type PaperAlgorithm = Static<typeof PaperAlgorithm>;
export const PUBLICATION_FORMAT = 'niem-papers/1';

/** SHA-256 or 32 random bytes as 64 lower-case hexadecimal digits. */
export const Hex32 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/**
 * What is fixed before any paper is drawn. Its hash goes into the exam seed and into the ledger when the exam is
 * sealed, so that none of it can be chosen afterwards to suit somebody.
 */
export const Manifest = Type.Object(
  {
    algorithm: PaperAlgorithm,
    exam: Id,
    snapshotHash: Hex32,
    blueprintHash: Hex32,
    /** Hash of the sorted list of attempt ids, those of reserve papers included. */
    rosterRoot: Hex32,
    /** Attempts of the reserve papers, in the order in which they are issued; absent where there are none. */
    reserve: Type.Optional(Type.Array(Id, { maxItems: LIMITS.reservePapers })),
    /** Where the blueprint has targets: every paper keeps them. Absent in manifests of before they were kept. */
    keepsTargets: Type.Optional(Type.Literal(true)),
    /** With forms: what they are held to, and the hash of the list of seats. */
    forms: Type.Optional(FormsSetting),
    seatingRoot: Type.Optional(Hex32),
    schedule: Type.Object(
      {
        durationSeconds: Type.Integer({ minimum: 1 }),
        /** Nobody writes after this moment, in milliseconds since 1970 UTC; null where only the duration binds. */
        deadline: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
        /** Seconds of each part where the parts are sections; absent where candidates move freely. */
        sections: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }))),
      },
      closed,
    ),
    policy: Type.Object(
      { profile: ExamProfile, markingPolicy: Type.String({ maxLength: 100 }), showPoints: Type.Boolean() },
      closed,
    ),
  },
  closed,
);
export type Manifest = Static<typeof Manifest>;

/** Where an attempt is written. */
export const SeatedAttempt = Type.Object({ attempt: Id, ...Place.properties }, closed);
export type SeatedAttempt = Static<typeof SeatedAttempt>;

/**
 * Every form in the order of its code: its questions, cell after cell in the order of the blueprint, as many as each
 * counts. `doublings`: how often the bands had to be doubled before all were inside.
 */
export const PublishedForms = Type.Object(
  {
    doublings: Type.Integer({ minimum: 0 }),
    list: Type.Array(Type.Object({ code: Type.String(), items: Type.Array(Id) }, closed)),
  },
  closed,
);
export type PublishedForms = Static<typeof PublishedForms>;

/**
 * Everything a stranger needs to derive every paper of an exam again, published after it has closed. Attempts are
 * random ids; there is no content, no key and no name in it.
 */
export const Publication = Type.Object(
  {
    format: Type.Literal(PUBLICATION_FORMAT),
    exam: Id,
    /** The items that could be drawn and their descriptions, sorted by item id. */
    snapshot: Type.Array(PoolItem),
    blueprint: Blueprint,
    manifest: Manifest,
    manifestHash: Hex32,
    /** The commitment was logged when the exam was created; salt and contribution are revealed here. */
    seed: Type.Object({ commitment: Hex32, salt: Hex32, r: Hex32 }, closed),
    /** Sorted by attempt id. */
    papers: Type.Array(
      Type.Object({ attempt: Id, redraw: Type.Integer({ minimum: 0 }), paperHash: Hex32 }, closed),
      { maxItems: LIMITS.candidatesPerExam + LIMITS.reservePapers },
    ),
    /** With forms: the forms, and who sat where, sorted by attempt id. */
    forms: Type.Optional(PublishedForms),
    seating: Type.Optional(Type.Array(SeatedAttempt)),
  },
  closed,
);
export type Publication = Static<typeof Publication>;
