import { foldWord, type AssemblyData, type ItemKindName } from '#bank/protocol';
import type { ItemProblem } from './kind.ts';

/** The item that the data belong to; `stimulus` is the code of its description. */
interface Bearer {
  code: string;
  kind: ItemKindName;
  stimulus?: string;
}

/**
 * What contradicts itself in the data for assembly: a set named twice, however it is written; an item in a set named
 * after itself or after the description that always comes with it; a description that is to be drawn.
 */
export function checkAssemblyData(
  { code, kind, stimulus = '' }: Bearer,
  { facility, seconds, information, enemies = [] }: AssemblyData,
): ItemProblem[] {
  if (kind === 'description')
    return facility === undefined && seconds === undefined && !information && enemies.length === 0
      ? []
      : [{ code: 'item-data-description', where: 'assembly' }];
  const problems: ItemProblem[] = [];
  const seen = new Map<string, string>();
  for (const set of enemies) {
    const folded = foldWord(set);
    const first = seen.get(folded);
    const named = [code, stimulus].find((one) => one !== '' && foldWord(one) === folded);
    const where = 'assembly.enemies';
    if (folded === '') problems.push({ code: 'item-enemy-unnamed', where, values: { set } });
    else if (first !== undefined)
      problems.push({ code: 'item-enemy-repeated', where, values: { set, first } });
    else if (named !== undefined)
      problems.push({ code: 'item-enemy-circular', where, values: { set, code: named } });
    seen.set(folded, set);
  }
  return problems;
}
