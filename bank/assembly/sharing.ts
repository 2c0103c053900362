import type { ExamCertificate } from '#bank/protocol';

export function commonOf(one: readonly string[], other: readonly string[]): number {
  const items = new Set(one);
  return other.filter((item) => items.has(item)).length;
}

/**
 * What the papers of neighbours have in common, counted with each paper, so that nothing is left to be counted when all
 * are there.
 *
 * @param itemsOf items on the paper of an attempt; undefined while it is not there
 */
export function createSharing(
  pairs: readonly (readonly [string, string])[],
  itemsOf: (attempt: string) => readonly string[] | undefined,
) {
  const beside = new Map<string, string[]>();
  const note = (attempt: string, neighbour: string): void => {
    const known = beside.get(attempt);
    if (known) known.push(neighbour);
    else beside.set(attempt, [neighbour]);
  };
  for (const [one, other] of pairs) {
    note(one, other);
    note(other, one);
  }
  let [sum, most] = [0, 0];
  return {
    /** Counts the pairs of an attempt whose other paper is there. */
    add(attempt: string): void {
      const mine = itemsOf(attempt);
      for (const neighbour of beside.get(attempt) ?? []) {
        const theirs = itemsOf(neighbour);
        if (!mine || !theirs) continue;
        const common = commonOf(mine, theirs);
        sum += common;
        most = Math.max(most, common);
      }
    },
    told(): ExamCertificate['neighbours'] {
      const mean = pairs.length === 0 ? 0 : Math.round((100 * sum) / pairs.length);
      return { pairs: pairs.length, most, mean };
    },
  };
}
