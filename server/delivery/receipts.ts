import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import { leafHash, treeRoot } from '#bank/ledger';
import { CROCKFORD, hmac } from '#bank/vault';
import type { JwsSigner } from '#server/keys';
import type { Response } from '#bank/protocol';
import type { Receipt } from './records.ts';

/** What a receipt says. `root` stands for the answers without telling them. */
export interface ReceiptClaims {
  exam: string;
  attempt: string;
  paperHash: string;
  /** Merkle root (RFC 6962) over one salted leaf per slot, base64url. */
  root: string;
  /** Every answer up to this `seq` is on the record. */
  lastSeq: number;
  /** Server time of the hand-in, or of the deadline, in milliseconds since 1970. */
  submittedAt: number;
}

export interface Receipts {
  issue(claims: Omit<ReceiptClaims, 'root'>, responses: readonly Response[]): Promise<Receipt>;
}

export const RECEIPT_TYPE = 'exam-receipt+jws';
const CODE_LENGTH = 12;

/** Receipts over salted answers. */
export function createReceipts(signer: JwsSigner): Receipts {
  return {
    async issue(claims, responses) {
      const salt = randomBytes(32);
      const root = answersRoot(salt, responses).toString('base64url');
      const jws = await signer.sign(RECEIPT_TYPE, { ...claims, root } satisfies ReceiptClaims);
      return { code: receiptCode(jws), proof: { jws, salt: salt.toString('base64url') } };
    },
  };
}

/**
 * Root over the answers: leaf of slot n = HMAC-SHA-256(salt, `niem/receipt-slot/1\0<n>`) ‖ canonical JSON of the
 * response, null where there is none. Without the salt nobody can try answers against the receipt.
 */
export function answersRoot(salt: Uint8Array, responses: readonly Response[]): Buffer {
  const leaves = responses.map((response, slot) => {
    const slotSalt = hmac(salt, `niem/receipt-slot/1\0${slot}`);
    return leafHash(Buffer.concat([slotSalt, Buffer.from(canonicalize(response) ?? '')]));
  });
  return Buffer.from(treeRoot(leaves));
}

/** The first 60 bits of the SHA-256 of the signed receipt as twelve characters of Crockford's base 32. */
export function receiptCode(jws: string): string {
  const digest = createHash('sha256').update(jws).digest();
  let bits = digest.readBigUInt64BE(0) >> 4n;
  let code = '';
  for (let i = 0; i < CODE_LENGTH; i++) {
    code = CROCKFORD.charAt(Number(bits & 31n)) + code;
    bits >>= 5n;
  }
  return code;
}
