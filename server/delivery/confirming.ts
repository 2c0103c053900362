import type { SecondDisk } from '#server/storage';
import type { Sitting, Sittings } from './sittings.ts';

/** Holds back what is told of attempts whose exam demands two disks until both have what it rests on. */
export interface Confirming {
  /**
   * Gives what this gives, or its refusal, once both disks have everything that happened before; at once where one is
   * enough.
   *
   * @throws StandbyMissing when that cannot be said now; what is recorded stays so, and is told when it is asked again
   */
  told<T>(exam: string, what: Promise<T>): Promise<T>;
  /** Resolves once both disks have everything so far. @throws StandbyMissing */
  confirmed(sitting: Pick<Sitting, 'needsBoth'>): Promise<void>;
}

export function createConfirming(
  sittings: Pick<Sittings, 'of' | 'ofOpen'>,
  secondDisk: SecondDisk,
): Confirming {
  /** Of exams that are not open; it is fixed once they are sealed. */
  const needs = new Map<string, boolean>();

  async function askFor(exam: string): Promise<boolean> {
    const { needsBoth } = await sittings.of(exam);
    needs.set(exam, needsBoth);
    return needsBoth;
  }

  return {
    told(exam, what) {
      const needsBoth = sittings.ofOpen(exam)?.needsBoth ?? needs.get(exam);
      if (needsBoth === false) return what;
      return what.finally(async () => {
        if (needsBoth ?? (await askFor(exam))) await secondDisk.caughtUp();
      });
    },
    async confirmed({ needsBoth }) {
      if (needsBoth) await secondDisk.caughtUp();
    },
  };
}
