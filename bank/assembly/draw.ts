import { DomainError, type Cell, type PoolItem } from '#bank/protocol';
import { drawnInside, targetUnmet } from './inside.ts';
import type { Paper, PaperSlot } from './paper.ts';
import type { DrawPlan } from './plan.ts';
import { shuffle, type Rng } from './rng.ts';
import { paperStream } from './seeds.ts';
import { traitsOf } from './traits.ts';
import { mayStandTogether, takeFrom } from './units.ts';

/** So many selections are thrown away for using an item twice, or enemies together, before the cells are called too tight. */
const MAX_SELECTIONS = 10_000;
/** With targets: selections before the band around what is aimed at is doubled. */
const SELECTIONS_A_BAND = 1_000;

export interface Chosen {
  item: PoolItem;
  cell: Cell;
  part: number;
}

/**
 * The paper of a paper seed: every selection that fills the blueprint is equally likely, and so is every order. Where
 * there are targets, only those inside count, near to one another as far as the bank allows.
 *
 * @throws DomainError `blueprint-too-tight` when nearly every selection would use an item twice, or enemies together;
 * `target-facility-unmet`, `target-seconds-unmet` when nearly none would keep the targets
 */
export function drawPaper(plan: DrawPlan, seed: Uint8Array): Paper {
  return layOut(plan, select(plan, paperStream(seed, 'selection')), seed);
}

/** The paper of these questions: their order, and that of their options, come from the paper seed. */
export function layOut(plan: DrawPlan, chosen: readonly Chosen[], seed: Uint8Array): Paper {
  const slots = arrange(plan, chosen, paperStream(seed, 'item-order'));
  const options = paperStream(seed, 'option-order');
  return { slots: slots.map((slot) => ({ ...slot, order: optionOrder(options, plan, slot.item) })) };
}

/**
 * Draws every group on its own and throws the whole selection away when an item came twice or enemies together; that keeps all
 * selections equally likely, where repairing one cell would not.
 */
function select(plan: DrawPlan, rng: Rng): Chosen[] {
  const isInside = drawnInside(plan);
  let outside = 0;
  for (let round = 0; round < MAX_SELECTIONS; round++) {
    const chosen = selectOnce(plan, rng);
    if (!chosen) continue;
    if (!isInside || isInside(chosen, Math.floor(round / SELECTIONS_A_BAND))) return chosen;
    outside++;
  }
  if (outside > 0) throw targetUnmet(traitsOf(plan));
  throw new DomainError('blueprint-too-tight', 409, { cells: contestedCells(plan).join(', ') });
}

/** One selection; null when it is to be thrown away. */
export function selectOnce(plan: DrawPlan, rng: Rng): Chosen[] | null {
  const taken = plan.groups.map((group) => takeFrom(group, rng));
  const passages = taken.flatMap((one) => one.passages);
  if (
    !mayStandTogether(
      taken.flatMap(({ questions }) => questions),
      passages,
    )
  )
    return null;
  return assign(
    plan,
    taken.map((one) => [...one.questions, ...one.passages.flatMap(({ questions }) => questions)]),
  );
}

/** The first items of a group's draw go to its first cell, the next ones to its second, and so on. */
function assign({ groups }: DrawPlan, drawn: readonly PoolItem[][]): Chosen[] {
  return groups.flatMap(({ cells }, index) => {
    const rest = [...(drawn[index] ?? [])];
    return cells.flatMap(({ cell, part }) =>
      rest.splice(0, cell.count).map((item) => ({ item, cell, part })),
    );
  });
}

type Unordered = Omit<PaperSlot, 'order'>;

/** Within a part, items of one description stand together behind it; these units and their items are shuffled. */
function arrange(plan: DrawPlan, chosen: readonly Chosen[], rng: Rng): Unordered[] {
  return Array.from({ length: plan.parts }, (_, part) => {
    const units = unitsOf(
      plan,
      chosen.filter((one) => one.part === part),
    );
    return shuffle(rng, units).flatMap((unit) => [
      ...descriptionSlot(plan, unit, part),
      ...shuffle(rng, unit).map(questionSlot),
    ]);
  }).flat();
}

/** Units in the order of their first item, items sorted by id. */
function unitsOf({ rank }: DrawPlan, chosen: readonly Chosen[]): Chosen[][] {
  const units = new Map<string, Chosen[]>();
  const place = ({ item }: Chosen): number => rank.get(item) ?? 0;
  for (const one of [...chosen].sort((a, b) => place(a) - place(b))) {
    const key = one.item.stimulus ?? one.item.item;
    const unit = units.get(key);
    if (unit) unit.push(one);
    else units.set(key, [one]);
  }
  return [...units.values()];
}

function descriptionSlot(plan: DrawPlan, unit: readonly Chosen[], part: number): Unordered[] {
  const stimulus = unit[0]?.item.stimulus;
  const found = stimulus === undefined ? undefined : plan.items.get(stimulus);
  if (!found) return [];
  const { item, version, kind } = found;
  return [{ item, version, kind, cell: null, part, points: 0 }];
}

function questionSlot({ item: { item, version, kind }, cell, part }: Chosen): Unordered {
  return { item, version, kind, cell: cell.id, part, points: cell.points };
}

/** Pinned parts keep their index; the others are shuffled over the indexes that are left. */
function optionOrder(rng: Rng, plan: DrawPlan, item: string): string[] {
  const known = plan.items.get(item);
  if (!known) return [];
  const { parts, pinned } = known;
  const free = shuffle(
    rng,
    parts.filter((part) => !pinned.includes(part)),
  );
  return parts.map((part) => (pinned.includes(part) ? part : (free.shift() ?? part)));
}

/** Whether one is the description of the other. */
function areOfOne(one: PoolItem, other: PoolItem): boolean {
  return one.stimulus === other.item || other.stimulus === one.item;
}

function contestedCells({ groups }: DrawPlan): string[] {
  return groups
    .filter(({ pool }, index) =>
      groups.some(
        (other, at) =>
          at !== index &&
          other.pool.some((card) => pool.some((mine) => mine === card || areOfOne(mine, card))),
      ),
    )
    .flatMap(({ cells }) => cells.map(({ cell }) => cell.id));
}
