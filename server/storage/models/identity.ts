import { model } from './model.ts';
import { sealed } from './sealed.ts';

/** Staff accounts. The sign-in name is found by a blind index; name and sign-in name are in `person`. */
export const users = model({
  loginIndex: { type: String, required: true },
  person: { type: sealed, required: true },
  passwordHash: { type: String, required: true },
  roles: { type: [String], required: true, enum: ['admin', 'teacher', 'reviewer', 'proctor', 'auditor'] },
  status: { type: String, required: true, enum: ['active', 'disabled'] },
  createdAt: { type: Date, required: true },
  /** Counts the times that all sessions were ended; absent before the first. Sessions of an earlier one are over. */
  epoch: { type: Number },
  /** The one link that may set a new password, as `_id` of its invitation. */
  link: { type: String },
});
users.index({ loginIndex: 1 }, { name: 'by_login', unique: true });

/** One-time links; `_id` is the SHA-256 of the token in the link. Those with a `user` set a new password. */
export const invitations = model({
  user: { type: String },
  roles: { type: [String], required: true, enum: ['admin', 'teacher', 'reviewer', 'proctor', 'auditor'] },
  expiresAt: { type: Date, required: true },
  createdBy: { type: String, required: true },
});

/** Signed-in staff and candidates; `_id` is the SHA-256 of the cookie's token, `subject` whose session it is. */
export const sessions = model({
  kind: { type: String, required: true, enum: ['staff', 'candidate'] },
  subject: { type: String, required: true },
  exam: { type: String },
  attempt: { type: String },
  /** Of a member of staff: the epoch of the account. */
  epoch: { type: Number },
  createdAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
});
sessions.index({ subject: 1, createdAt: 1 }, { name: 'by_subject' });
sessions.index({ expiresAt: 1 }, { name: 'by_expiry' });

/** Failed attempts per account, code or address; `_id` is a blind index of what is throttled. */
export const throttles = model({
  failures: { type: Number, required: true },
  blockedUntil: { type: Date, required: true },
  lastFailure: { type: Date, required: true },
});
throttles.index({ lastFailure: 1 }, { name: 'by_last_failure' });
