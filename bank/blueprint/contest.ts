/** Items that fit exactly the same cells are alike here: how many there are, and which cells they fit. */
export interface ItemClass {
  cells: readonly number[];
  size: number;
}

/** What one cell could not get, and the cells that it competes with for its items. */
interface Shortage {
  missing: number;
  rivals: number[];
}

/**
 * Gives items to cells so that as many demands as possible are met, each item used once: a maximum flow from
 * cells to item classes by augmenting paths, one item at a time. Cells are served in order and never lose what
 * they got, so the total shortage is the least possible and the later cells carry it.
 *
 * By Hall's theorem the cells reached by a failed search hold together fewer items than they need: the rivals.
 */
export function contest(demands: readonly number[], classes: readonly ItemClass[]): Shortage[] {
  const state = newState(demands.length, classes);
  return demands.map((demand, cell) => {
    for (let given = 0; given < demand; given++) {
      const reached = augment(state, cell);
      if (reached) return { missing: demand - given, rivals: reached.filter((rival) => rival !== cell) };
    }
    return { missing: 0, rivals: [] };
  });
}

interface State {
  /** Item classes of each cell. */
  classesOf: number[][];
  /** Items not given away, per class. */
  spare: number[];
  /** Items given, per class: cell → how many. */
  given: Map<number, number>[];
}

function newState(cellCount: number, classes: readonly ItemClass[]): State {
  const classesOf: number[][] = Array.from({ length: cellCount }, () => []);
  classes.forEach(({ cells }, index) => cells.forEach((cell) => classesOf[cell]?.push(index)));
  return {
    classesOf,
    spare: classes.map(({ size }) => size),
    given: classes.map(() => new Map<number, number>()),
  };
}

/** Gives the cell one more item; null when done, else the cells reached in vain. */
function augment(state: State, start: number): number[] | null {
  const cameFrom = new Map<number, { cell: number; via: number } | null>([[start, null]]);
  const queue = [start];
  for (const cell of queue) {
    for (const via of state.classesOf[cell] ?? []) {
      if ((state.spare[via] ?? 0) > 0) {
        passAlong(state, cameFrom, cell, via);
        return null;
      }
      for (const owner of state.given[via]?.keys() ?? []) {
        if (cameFrom.has(owner)) continue;
        cameFrom.set(owner, { cell, via });
        queue.push(owner);
      }
    }
  }
  return queue;
}

/** Takes a spare item for the last cell of the path; each cell before takes over what the next one held. */
function passAlong(
  state: State,
  cameFrom: ReadonlyMap<number, { cell: number; via: number } | null>,
  last: number,
  spareClass: number,
): void {
  state.spare[spareClass] = (state.spare[spareClass] ?? 0) - 1;
  let [cell, via] = [last, spareClass];
  for (;;) {
    add(state.given[via], cell, 1);
    const step = cameFrom.get(cell);
    if (!step) return;
    add(state.given[step.via], cell, -1);
    [cell, via] = [step.cell, step.via];
  }
}

function add(given: Map<number, number> | undefined, cell: number, change: number): void {
  const now = (given?.get(cell) ?? 0) + change;
  if (now === 0) given?.delete(cell);
  else given?.set(cell, now);
}
