import { DomainError, LIMITS } from '#bank/protocol';

/**
 * Length is what counts (NIST SP 800-63B): no rules on composition, nothing that repeats itself or holds the
 * sign-in name.
 */
export function requireGoodPassword(password: string, login: string): void {
  const { passwordCharacters: min, passwordBytes: max, passwordDifferent: different } = LIMITS;
  const plain = password.normalize('NFKC').toLowerCase();
  if ([...plain].length < min) throw new DomainError('password-too-short', 400, { min });
  if (Buffer.byteLength(password) > max) throw new DomainError('password-too-long', 400, { max });
  if (new Set(plain).size < different || plain.includes(login.normalize('NFKC').toLowerCase())) {
    throw new DomainError('password-too-plain', 400);
  }
}
