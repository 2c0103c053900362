import type { Assembly, Blueprint, Manifest } from '#bank/protocol';
import { json, model, part } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * Exams. `code` is what candidates type at sign-in. What seals a paper lies under lines of the exam: `seed` under
 * marking, `paperKey` under paper. `sealing` is the claim of a running seal job, gone when it has ended.
 */
export const exams = model({
  title: { type: String, required: true, maxlength: 200 },
  code: { type: String, required: true },
  owner: { type: String, required: true },
  bank: { type: String, required: true },
  profile: { type: String, required: true, enum: ['P0', 'P1', 'P2', 'P3'] },
  state: {
    type: String,
    required: true,
    enum: ['draft', 'sealed', 'open', 'closed', 'graded', 'released', 'cancelled'],
  },
  durationSeconds: { type: Number, required: true, min: 1 },
  /** Nobody writes after this moment, whenever the exam was started. */
  deadline: { type: Date },
  /** Seconds of each part, where the parts are sections with their own time. */
  sections: { type: json<number[]>() },
  markingPolicy: { type: String, required: true },
  showPoints: { type: Boolean, required: true },
  /** Absent: dealt. */
  assembly: { type: json<Assembly>() },
  /** Papers to be sealed in reserve; absent: none. And how many of them have been issued. */
  reserve: { type: Number, min: 0 },
  reserveIssued: { type: Number, min: 0 },
  blueprint: { type: json<Blueprint>() },
  seedCommitment: { type: String, required: true },
  seed: { type: sealed, required: true },
  sealing: { type: part({ job: { type: String, required: true }, until: { type: Date, required: true } }) },
  snapshotHash: { type: String },
  manifest: { type: json<Manifest>() },
  manifestHash: { type: String },
  paperKey: { type: sealed },
  /** When its papers were sealed; absent in a draft and for exams sealed before this was kept. */
  sealedAt: { type: Date },
  /** Set when the exam is started: when writing begins, when it ends, and the paper key sealed for these times. */
  startsAt: { type: Date },
  endsAt: { type: Date },
  openKey: { type: sealed },
  /** How many of its shifts have begun; absent where all candidates begin together. */
  shiftsStarted: { type: Number, min: 1 },
  /** When the last attempt was closed. */
  closedAt: { type: Date },
  candidateCount: { type: Number, required: true, min: 0 },
  /** Candidates that have an access code. */
  codeCount: { type: Number, required: true, min: 0 },
  createdAt: { type: Date, required: true },
});
exams.index({ code: 1 }, { name: 'by_code', unique: true });
exams.index({ owner: 1, createdAt: 1 }, { name: 'by_owner' });
exams.index({ createdAt: 1 }, { name: 'by_created' });
exams.index({ state: 1, createdAt: 1 }, { name: 'by_state' });
