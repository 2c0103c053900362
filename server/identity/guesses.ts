import { DomainError } from '#bank/protocol';

/** Codes that may be tried at once, and one more each so many seconds. */
interface Allowance {
  atOnce: number;
  everySeconds: number;
}

/** As many as wait to be signed in at once, so that a school behind one address can all come in the same second. */
export const OF_ADDRESS: Allowance = { atOnce: 200, everySeconds: 1 };
/** Names of devices, for as many pages as a school opens in the morning. */
export const NAMES_OF_ADDRESS: Allowance = { atOnce: 3000, everySeconds: 1 };
/** Of a device that this server knows: more than anybody mistypes a code, whichever seats they are tried at. */
export const OF_DEVICE: Allowance = { atOnce: 20, everySeconds: 15 };

/**
 * Codes that one address or device may try. A right code costs nothing, so many people behind one address hardly notice
 * each other's mistakes, and nobody elsewhere notices anything.
 */
export interface Guesses {
  /** @throws DomainError `too-many-requests` when there are none left */
  take(who: string): void;
  /** The code was right, or was not looked at. */
  giveBack(who: string): void;
  /** Forgets who has all of them again. */
  sweep(): void;
}

/** Kept in memory: a restart gives back no more than may be tried at once. */
export function createGuesses(seconds: () => number, { atOnce, everySeconds }: Allowance): Guesses {
  const used = new Map<string, { count: number; at: number }>();

  function usedBy(who: string): number {
    const known = used.get(who);
    return known ? Math.max(0, known.count - (seconds() - known.at) / everySeconds) : 0;
  }

  return {
    take(who) {
      const count = usedBy(who) + 1;
      if (count > atOnce)
        throw new DomainError('too-many-requests', 429, {
          seconds: Math.ceil((count - atOnce) * everySeconds),
        });
      used.set(who, { count, at: seconds() });
    },
    giveBack(who) {
      used.set(who, { count: Math.max(0, usedBy(who) - 1), at: seconds() });
    },
    sweep() {
      for (const who of used.keys()) if (usedBy(who) === 0) used.delete(who);
    },
  };
}
