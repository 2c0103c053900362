import { LIMITS } from '#bank/protocol';

const STRONG = 20;

type PasswordVerdict = 'short' | 'plain' | 'good' | 'strong';

/** The rule of the server (server/identity/passwords.ts), told while typing; the server decides. */
export function judgePassword(password: string, login: string): PasswordVerdict {
  const plain = password.normalize('NFKC').toLowerCase();
  const characters = [...plain];
  if (characters.length < LIMITS.passwordCharacters) return 'short';
  const name = login.normalize('NFKC').trim().toLowerCase();
  if (new Set(characters).size < LIMITS.passwordDifferent || (name !== '' && plain.includes(name)))
    return 'plain';
  return characters.length >= STRONG ? 'strong' : 'good';
}

export function isGoodPassword(password: string, login: string): boolean {
  return ['good', 'strong'].includes(judgePassword(password, login));
}

/** Characters as a person counts them. */
export function passwordLength(password: string): number {
  return [...password.normalize('NFKC')].length;
}
