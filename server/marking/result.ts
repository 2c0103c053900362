import canonicalize from 'canonicalize';
import type { ScoredPart } from '#bank/item/scoring';
import type { Hundredths } from '#bank/marks';
import type { BoxContext, Uncounted } from '#bank/protocol';
import { CryptoError, sha256 } from '#bank/vault';

/** What one slot came to. `void` marks an answer that named a part the slot does not have; it counts as blank. */
export interface SlotResult {
  slot: number;
  /** Part of the paper. */
  part: number;
  points: Hundredths;
  /** The exact number of hundredths, where it is not whole. */
  exact?: string;
  max: Hundredths;
  parts: ScoredPart[];
  /** What a person gave for each criterion of an essay, and said of it. */
  criteria?: { title: string; points: Hundredths; max: Hundredths }[];
  comment?: string;
  void?: true;
  /** Why it gives no points whatever was answered, and is not part of the maximum. */
  uncounted?: Uncounted;
}

/** The result of one attempt; descriptions have no slot in it. */
export interface AttemptResult {
  v: 1;
  exam: string;
  attempt: string;
  /** Name of the marking policy. */
  policy: string;
  /** Version of the answer sheet that was marked. */
  sheet: number;
  /** Late answers that count, and that were left out; only where there was something to decide. */
  late?: { counted: number; leftOut: number };
  /** Where there was something to choose: the branch that counts (its id), and how many answers do not count. */
  chosen?: { branch: string | null; surplus: number };
  slots: SlotResult[];
  max: Hundredths;
  total: Hundredths;
  /** The exact number of hundredths, where it is not whole. */
  exactTotal?: string;
  /** The mark: the total on the policy's scale, rounded. */
  rounded: Hundredths;
}

/** A result as it is stored: canonical JSON (RFC 8785) in UTF-8, and the SHA-256 of those bytes in hex. */
export interface EncodedResult {
  attempt: string;
  bytes: Buffer;
  digest: string;
}

/** Canonical bytes and digest of a result. */
export function encodeResult(result: AttemptResult): EncodedResult {
  const text = canonicalize(result);
  if (text === undefined) throw new TypeError('a result is an object');
  const bytes = Buffer.from(text, 'utf8');
  return { attempt: result.attempt, bytes, digest: hexDigest(bytes) };
}

/** @throws CryptoError when the bytes do not have that digest */
export function decodeResult(bytes: Uint8Array, digest: string): AttemptResult {
  if (hexDigest(bytes) !== digest) throw new CryptoError();
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as AttemptResult;
}

/** SHA-256 in hex. */
export function hexDigest(bytes: Uint8Array): string {
  return Buffer.from(sha256(bytes)).toString('hex');
}

/** Box context of a result. */
export function resultContext(tenant: string, attempt: string): BoxContext {
  return { type: 'result', tenant, object: attempt, version: 1, field: 'result' };
}
