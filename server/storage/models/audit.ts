import { model } from './model.ts';
import { sealed } from './sealed.ts';

/**
 * Acts that are committed but not in the ledger yet. `_id` rises with the time of the act; `act` is its canonical
 * JSON (see `Act` in bank/ledger), `at` its time in milliseconds since 1970.
 */
export const auditOutbox = model({
  act: { type: String, required: true },
  at: { type: Number, required: true },
});

/** The leaves of the ledger. `_id` is the index in 12 digits, `leaf` the canonical JSON that is hashed. */
export const ledgerLeaves = model({
  leaf: { type: String, required: true },
});

/** One document, `_id` `head`: how far the ledger goes, and the key that signs its checkpoints. */
export const ledgerHead = model({
  origin: { type: String, required: true },
  /** The verifier key in its text form. */
  vkey: { type: String, required: true },
  /** The 32-byte Ed25519 seed, under the line `ledger`. */
  seed: { type: sealed, required: true },
  size: { type: Number, required: true, min: 0 },
  root: { type: Buffer, required: true },
  /** Hashes of the frontier one after the other; absent while the ledger is empty. */
  frontier: { type: Buffer },
  /** Time of the last leaf in milliseconds since 1970; no later leaf is earlier. */
  lastAt: { type: Number, required: true },
});
