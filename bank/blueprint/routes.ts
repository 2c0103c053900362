import type { Blueprint, Electives } from '#bank/protocol';

/** A way through a paper; `branch` is null where there is nothing to choose. */
interface PaperRoute {
  branch: { id: string; title: string } | null;
  /** What a candidate of this branch meets, without branches. */
  blueprint: Blueprint;
}

/** The papers that a candidate chooses from: one for each branch, or the only one. */
export function routesOf(blueprint: Blueprint): PaperRoute[] {
  const { branches, ...rest } = blueprint;
  if (!branches) return [{ branch: null, blueprint }];
  return branches.map((branch) => ({
    branch,
    blueprint: {
      ...rest,
      parts: rest.parts
        .filter((part) => part.branch === undefined || part.branch === branch.id)
        .map(({ branch: _chosen, ...part }) => part),
    },
  }));
}

/** What must be drawn for a blueprint: every question of it, whether a candidate chooses it or not. */
export function printedPaper({ branches: _all, parts, ...rest }: Blueprint): Blueprint {
  return {
    ...rest,
    parts: parts.map(({ branch: _every, cells, ...part }) => ({
      ...part,
      cells: cells.map(({ answer: _some, ...cell }) => cell),
    })),
  };
}

/** What a candidate answers of a way through a paper: of each cell only as many questions as are asked for. */
export function answeredPaper({ parts, ...rest }: Blueprint): Blueprint {
  return {
    ...rest,
    parts: parts.map(({ cells, ...part }) => ({
      ...part,
      cells: cells.map(({ answer, ...cell }) => ({ ...cell, count: answer ?? cell.count })),
    })),
  };
}

/** Whether candidates choose what they answer. */
export function hasElectives({ branches, parts }: Blueprint): boolean {
  return (
    branches !== undefined ||
    parts.some(({ cells }) => cells.some(({ answer, count }) => answer !== undefined && answer < count))
  );
}

/**
 * What there is to choose among these slots of a paper of the blueprint; null where there is nothing. Slots count from
 * 0 in the list.
 *
 * @param slots `cell` is null for a description, `part` an index into the parts of the blueprint
 */
export function electivesOf(
  { branches = [], parts }: Blueprint,
  slots: readonly { cell: string | null; part: number }[],
): Electives | null {
  const slotsWith = (test: (slot: { cell: string | null; part: number }) => boolean): number[] =>
    slots.flatMap((slot, index) => (test(slot) ? [index] : []));
  const groups = parts.flatMap(({ cells }, part) =>
    cells.flatMap(({ id, answer, count }) => {
      if (answer === undefined || answer >= count) return [];
      const mine = slotsWith((slot) => slot.part === part && slot.cell === id);
      return mine.length > 0 ? [{ answer, slots: mine }] : [];
    }),
  );
  if (branches.length === 0 && groups.length === 0) return null;
  return {
    branches: branches.map(({ id, title }) => ({
      id,
      title,
      slots: slotsWith(({ part }) => parts[part]?.branch === id),
    })),
    groups,
  };
}

/** The slots of a paper on the way of a branch (null: the only way); of a cell that is answered in part the first ones. */
export function slotsOfRoute<S extends { cell: string | null; part: number }>(
  blueprint: Blueprint,
  branch: string | null,
  slots: readonly S[],
): S[] {
  const { branches = [], groups = [] } = electivesOf(blueprint, slots) ?? {};
  const out = new Set([
    ...branches.filter(({ id }) => id !== branch).flatMap((other) => other.slots),
    ...groups.flatMap((group) => group.slots.slice(group.answer)),
  ]);
  return slots.filter((_, index) => !out.has(index));
}
