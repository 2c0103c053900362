import { Type, type Static } from '@sinclair/typebox';

/** P0 practice, P1 school test, P2 board exam, P3 high stakes. */
export const ExamProfile = Type.Union([
  Type.Literal('P0'),
  Type.Literal('P1'),
  Type.Literal('P2'),
  Type.Literal('P3'),
]);
export type ExamProfile = Static<typeof ExamProfile>;

/** The profile of an exam for which none was chosen. */
export const DEFAULT_PROFILE = 'P1' satisfies ExamProfile;

/** What an exam demands of the installation that holds it. */
export interface AssuranceDemands {
  /** Disks that must have an answer before it is acknowledged; in MongoDB the majority has it in any case. */
  disks: 1 | 2;
  /** Members with data that a MongoDB replica set needs at least. */
  members: number;
  /** Whether this MongoDB must have passed `niem doctor`, by a signed report. */
  examined: boolean;
  /** Whether another person than who made the exam starts it, and decides on its candidates. */
  secondPerson: boolean;
}

interface AssurancePolicy {
  /** First day on which exams are made under it, UTC. */
  validFrom: string;
  demands: Readonly<Record<ExamProfile, AssuranceDemands>>;
}

const ONE_DISK: AssuranceDemands = { disks: 1, members: 1, examined: false, secondPerson: false };
const TWO_DISKS: AssuranceDemands = { disks: 2, members: 3, examined: true, secondPerson: false };
const TWO_PERSONS: AssuranceDemands = { ...TWO_DISKS, secondPerson: true };

/** An exam keeps the demands of the day on which it was made: the last policy whose day had come. */
const ASSURANCE_POLICIES: readonly [AssurancePolicy, ...AssurancePolicy[]] = [
  { validFrom: '2025-01-01', demands: { P0: ONE_DISK, P1: ONE_DISK, P2: TWO_DISKS, P3: TWO_DISKS } },
  { validFrom: '2026-11-30', demands: { P0: ONE_DISK, P1: ONE_DISK, P2: TWO_DISKS, P3: TWO_PERSONS } },
];

/** What an exam of this profile demands that was made at this moment: milliseconds since 1970, UTC. */
export function demandsOf(profile: ExamProfile, madeAt: number): AssuranceDemands {
  const [first, ...later] = ASSURANCE_POLICIES;
  const policy = later.filter(({ validFrom }) => Date.parse(validFrom) <= madeAt).at(-1) ?? first;
  return policy.demands[profile];
}
