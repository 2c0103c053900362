import { DomainError } from '#bank/protocol';

/** As many as wait to be signed in at once, so that a school behind one address can all come in the same second. */
const AT_ONCE = 200;
const PER_SECOND = 1;

/**
 * Codes that one address may try: 200, and one more each second. A right code costs nothing, so many people behind one
 * address hardly notice each other's mistakes, and nobody at another address notices anything.
 */
export interface Guesses {
  /** @throws DomainError `too-many-requests` when the address has none left */
  take(address: string): void;
  /** The code was right, or was not looked at. */
  giveBack(address: string): void;
  /** Forgets the addresses that have all of them again. */
  sweep(): void;
}

/** Kept in memory: a restart gives back no more than 200. */
export function createGuesses({ seconds }: { seconds(): number }): Guesses {
  const used = new Map<string, { count: number; at: number }>();

  function usedBy(address: string): number {
    const known = used.get(address);
    return known ? Math.max(0, known.count - (seconds() - known.at) * PER_SECOND) : 0;
  }

  return {
    take(address) {
      const count = usedBy(address) + 1;
      if (count > AT_ONCE)
        throw new DomainError('too-many-requests', 429, {
          seconds: Math.ceil((count - AT_ONCE) / PER_SECOND),
        });
      used.set(address, { count, at: seconds() });
    },
    giveBack(address) {
      used.set(address, { count: Math.max(0, usedBy(address) - 1), at: seconds() });
    },
    sweep() {
      for (const address of used.keys()) if (usedBy(address) === 0) used.delete(address);
    },
  };
}
