import { formCode, lengthPrefixed } from '#bank/protocol';
import { hmac, sha256 } from '#bank/vault';
import { createRng, type Rng } from './rng.ts';

/** Independent sub-streams of a paper, so that a later feature cannot shift what an earlier one drew. */
export type DrawPurpose = 'selection' | 'item-order' | 'option-order';
/** Independent sub-streams of the dealing of a whole exam. */
export type DealPurpose = 'decks' | 'exchange' | 'overlap' | 'costs';

/** Commitment to a seed contribution, published before anything else is fixed; hexadecimal. */
export function seedCommitment(exam: string, contribution: Uint8Array, salt: Uint8Array): string {
  return hex(sha256(lengthPrefixed(['niem/seed-commitment/1', exam, contribution, salt])));
}

/** The seed of an exam, known only once contribution and manifest both are. */
export function examSeed(contribution: Uint8Array, exam: string, manifestHash: string): Uint8Array {
  return hmac(contribution, lengthPrefixed(['niem/exam-seed/1', exam, manifestHash]));
}

/** The seed of one paper. `redraw` counts how often this attempt's paper was drawn again to be a new one. */
export function paperSeed(seed: Uint8Array, exam: string, attempt: string, redraw: number): Uint8Array {
  return hmac(seed, lengthPrefixed(['niem/paper/1', exam, attempt, String(redraw)]));
}

/** The seed of dealing all papers of an exam at once. */
export function dealSeed(seed: Uint8Array, exam: string): Uint8Array {
  return hmac(seed, lengthPrefixed(['niem/deal/1', exam]));
}

/** The seed of a search for parallel forms. */
export function formsSeed(seed: Uint8Array, exam: string, search: number): Uint8Array {
  return hmac(seed, lengthPrefixed(['niem/forms/1', exam, String(search)]));
}

/** The seed of the costs by which a solver prefers one form to another. */
export function solvedSeed(seed: Uint8Array, exam: string, search: number): Uint8Array {
  return hmac(seed, lengthPrefixed(['niem/solved/1', exam, String(search)]));
}

/** The seed of the orders on the form at this place, from 0. */
export function formSeed(seed: Uint8Array, exam: string, form: number): Uint8Array {
  return hmac(seed, lengthPrefixed(['niem/form/1', exam, formCode(form)]));
}

/** The stream from which the forms of one room in one shift are placed. */
export function roomStream(seed: Uint8Array, exam: string, shift: number, room: string): Rng {
  return createRng(hex(hmac(seed, lengthPrefixed(['niem/room/1', exam, String(shift), room]))));
}

/** The stream from which the questions of every passage are chosen once for all papers of an exam. */
export function passagesStream(seed: Uint8Array, exam: string): Rng {
  return createRng(hex(hmac(seed, lengthPrefixed(['niem/passages/1', exam]))));
}

/** The seed of mending one paper that no draw brought near the mean. */
export function mendingSeed(paper: Uint8Array): Uint8Array {
  return hmac(paper, lengthPrefixed(['niem/mending/1']));
}

/** The stream that one decision about a paper, or about all of them, is taken from. */
export function paperStream(paper: Uint8Array, purpose: DrawPurpose | DealPurpose): Rng {
  return createRng(hex(hmac(paper, lengthPrefixed(['niem/stream/1', purpose]))));
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
