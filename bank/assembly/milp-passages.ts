import type { Placed } from './milp-form.ts';
import type { Row } from './milp-model.ts';
import type { WholePassage } from './milp-task.ts';

/** A passage of a cell by the places of its questions on the form; the first stands for the passage. */
interface PlacedPassage {
  passage: WholePassage;
  places: readonly [number, ...number[]];
}

/**
 * Rows of cells that take whole passages: all questions of a passage stand in its cell or none; a passage stands in one
 * cell at most, and beside it no other question of its description.
 */
export function wholePassageRows(places: readonly Placed[]): Row[] {
  const passages = placedPassages(places);
  const together = passages.flatMap(({ places: [first, ...others] }) =>
    others.map((other): Row['terms'] => [
      [first, 1],
      [other, -1],
    ]),
  );
  const named = (name: string, list: readonly Row['terms'][], least: number | null, most: number): Row[] =>
    list.map((terms, index) => ({ name: `${name}${index}`, terms, least, most }));
  return [...named('whole', together, 0, 0), ...named('apart', apartTerms(passages, places), null, 1)];
}

/** The sets of enemies that a place brings: its question's, and with the first of a passage those of its description. */
export function enemiesOfPlace({ item, cell }: Placed): readonly string[] {
  const { enemies = [] } = item;
  const passage = cell.passages?.find(({ items: [first] }) => first === item.item);
  return passage ? [...new Set([...enemies, ...passage.enemies])] : enemies;
}

function placedPassages(places: readonly Placed[]): PlacedPassage[] {
  const at = new Map(places.map(({ item, cell }, index) => [`${cell.id} ${item.item}`, index]));
  return [...new Set(places.map(({ cell }) => cell))].flatMap(({ id, passages = [] }) =>
    passages.flatMap((passage): PlacedPassage[] => {
      const [first, ...others] = passage.items.flatMap((item) => at.get(`${id} ${item}`) ?? []);
      return first === undefined ? [] : [{ passage, places: [first, ...others] }];
    }),
  );
}

function apartTerms(passages: readonly PlacedPassage[], places: readonly Placed[]): Row['terms'][] {
  const firsts = new Map<string, [number, number][]>();
  for (const { passage, places: of } of passages)
    firsts.set(passage.description, [...(firsts.get(passage.description) ?? []), [of[0], 1]]);
  const beside = places.flatMap(({ item, cell }, index): Row['terms'][] => {
    const terms = cell.passages ? undefined : firsts.get(item.stimulus ?? '');
    return terms ? [[...terms, [index, 1]]] : [];
  });
  return [...[...firsts.values()].filter(({ length }) => length > 1), ...beside];
}
