import { Type, type Static } from '@sinclair/typebox';
import { Id } from './ids.ts';
import { Hex32, PaperAlgorithm } from './publication.ts';
import { Count } from './wire-values.ts';

const closed = { additionalProperties: false };

export const EXAM_CERTIFICATE_FORMAT = 'niem-exam-certificate/1';

/**
 * What all papers of an exam are held to, and what came of it. `cells`: papers that fill every cell with the points
 * agreed on. `enemies`: pairs of questions that must not stand together. `different`: papers that no other is like.
 * `exposure`: how much more often one question of a cell is used than another. `uses`: forms on which one question
 * stands. `overlap`: questions that forms of two shifts have in common. `neighbours`: neighbours with the same form.
 * `target-…`: the lowest and the highest paper against the ends of what the blueprint wishes. The others: how far a
 * paper is from the mean of the bank, or from what lies nearest to it inside the targets, in 1/100,000 of a point, in
 * seconds, in information.
 */
export const CONSTRAINTS = [
  'cells',
  'enemies',
  'different',
  'score',
  'time',
  'information-low',
  'information-middle',
  'information-high',
  'target-score-least',
  'target-score-most',
  'target-time-least',
  'target-time-most',
  'exposure',
  'uses',
  'overlap',
  'neighbours',
] as const;
export type ConstraintName = (typeof CONSTRAINTS)[number];

export const Constraint = Type.Object(
  {
    name: Type.Union(CONSTRAINTS.map((name) => Type.Literal(name))),
    limit: Count,
    achieved: Count,
    holds: Type.Boolean(),
  },
  closed,
);
export type Constraint = Static<typeof Constraint>;

const Spread = Type.Object({ least: Count, most: Count, mean: Count }, closed);

/** What is certified about all papers of an exam together: hashes and counts, nothing that tells a question. */
export const ExamCertificate = Type.Object(
  {
    format: Type.Literal(EXAM_CERTIFICATE_FORMAT),
    exam: Id,
    algorithm: PaperAlgorithm,
    seedCommitment: Hex32,
    manifestHash: Hex32,
    snapshotHash: Hex32,
    blueprintHash: Hex32,
    rosterRoot: Hex32,
    papersRoot: Hex32,
    papers: Count,
    /** Of the papers, those in reserve. */
    reserve: Count,
    questions: Count,
    /** What a candidate can reach, in hundredths. */
    points: Count,
    /** Points of all questions that are printed, where a candidate answers only some of them: `score` is of these. */
    printed: Type.Optional(Count),
    constraints: Type.Array(Constraint),
    /** Expected score, in 1/100,000 of a point. */
    score: Spread,
    /** Papers by expected score, from the least to the most in equal steps. */
    histogram: Type.Array(Count),
    /** Expected seconds; absent where the time of some question is not known. */
    seconds: Type.Optional(Spread),
    /** What blind guessing is expected to bring, in 1/100,000 of a point; absent in certificates from before it was told. */
    guessing: Type.Optional(Spread),
    /** How many questions of the pool stand on so many papers; with forms: on so many forms. */
    exposure: Type.Array(Type.Object({ uses: Count, items: Count }, closed)),
    /** Papers were drawn for the sake of targets, and so questions are not used equally often. */
    equalUse: Type.Optional(Type.Literal(false)),
    /** The same by item; told once the exam has closed. */
    uses: Type.Optional(Type.Array(Type.Object({ item: Id, uses: Count }, closed))),
    /** What neighbours have in common: on the list where there are no seats. `mean` in hundredths of a question. */
    neighbours: Type.Object({ pairs: Count, most: Count, mean: Count }, closed),
    forms: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code: Type.String(),
            /** Absent for a form in reserve. */
            shift: Type.Optional(Count),
            papers: Count,
            score: Count,
            seconds: Type.Optional(Count),
            paperHash: Hex32,
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);
export type ExamCertificate = Static<typeof ExamCertificate>;

/** Who the school reports to, and the school: the heading of the report as a file; both may be empty. */
export const ReportFileInput = Type.Object(
  { authority: Type.String({ maxLength: 200 }), school: Type.String({ maxLength: 200 }) },
  closed,
);
export type ReportFileInput = Static<typeof ReportFileInput>;
