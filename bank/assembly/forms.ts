import { placedCells } from '#bank/blueprint';
import { DomainError, type Blueprint, type FormsSetting } from '#bank/protocol';
import {
  cellsWithEnemies,
  chosenFrom,
  questionCards,
  questionColumns,
  type DealtCards,
} from './deal-cards.ts';
import { dealDecks } from './deal.ts';
import { layOut } from './draw.ts';
import { isOffTarget, settle, tableOf, type Table } from './exchange.ts';
import { targetUnmet } from './inside.ts';
import { largestOverlap, part, type LimitOf } from './overlap.ts';
import type { Paper } from './paper.ts';
import type { DrawPlan } from './plan.ts';
import { formSeed, formsSeed, paperStream } from './seeds.ts';
import { traitsOf, type Traits } from './traits.ts';
import { settlePassages } from './units.ts';

/** Searches before an overlap is called out of reach. */
const SEARCHES = 16;

export interface Forms extends DealtCards {
  /** Searches that were thrown away for too much overlap; stands in the seed. */
  search: number;
  /** Most questions that forms of two shifts have in common. */
  overlap: number;
  /** How often the bands had to be doubled before all forms were inside. */
  doublings: number;
}

export type FormRules = Pick<FormsSetting, 'count' | 'perShift' | 'overlap' | 'maxUses' | 'spare'>;

/**
 * Parallel forms: papers that many candidates share, each item used equally often over the forms, give or take one,
 * with nearly the same expected score, time and information. Forms are dealt and exchanged as papers are; then forms
 * of different shifts exchange on until they have no more in common than they may.
 *
 * @throws DomainError `forms-uses` with the cells whose items would stand on too many forms, `blueprint-too-tight` when
 * enemies cannot be kept apart, `forms-overlap` with the least overlap that was found, `target-facility-unmet`,
 * `target-seconds-unmet` when forms stay outside the targets
 */
export function parallelForms(unsettled: DrawPlan, seed: Uint8Array, exam: string, rules: FormRules): Forms {
  const plan = settlePassages(unsettled, seed, exam);
  const traits = traitsOf(plan, true);
  const questions = traits.columns.reduce((sum, { size }) => sum + size, 0);
  const forms = rules.count + rules.spare;
  requireUses(plan, forms, rules.maxUses);
  const limitOf = formLimits(rules, questions);
  let least = Infinity;
  for (let search = 0; search < SEARCHES; search++) {
    const secret = formsSeed(seed, exam, search);
    const table = dealForms(plan, traits, forms, secret);
    const above = part(table, limitOf, paperStream(secret, 'overlap'));
    secret.fill(0);
    const overlap = largestOverlap(table, limitOf);
    if (above === 0) {
      const measures = traits.measures.map(({ name, mean, band }, at) => ({
        name,
        mean,
        band: table.bands[at] ?? band,
      }));
      const [first] = traits.measures;
      const doublings = first ? Math.round(Math.log2((table.bands[0] ?? first.band) / first.band)) : 0;
      return { cards: questionCards(plan, traits, table.dealt.cards), measures, search, overlap, doublings };
    }
    least = Math.min(least, overlap);
  }
  throw new DomainError('forms-overlap', 409, {
    wanted: allowedOverlap(rules, questions),
    least,
  });
}

/** Whole questions that forms of two shifts may have in common. */
export function allowedOverlap({ overlap }: Pick<FormRules, 'overlap'>, questions: number): number {
  return Math.floor((overlap * questions) / 100);
}

/** The shift of the form at this place, from 0; reserve forms come after all others. */
export function shiftOfForm(
  { count, perShift }: Pick<FormRules, 'count' | 'perShift'>,
  form: number,
): number {
  return form < count ? Math.floor(form / perShift) : Math.ceil(count / perShift);
}

/** Papers of all forms, in the order of their codes: the questions were dealt, their order comes from the code. */
export function formPapers(plan: DrawPlan, cards: Int32Array, seed: Uint8Array, exam: string): Paper[] {
  const places = questionColumns(plan);
  return Array.from({ length: cards.length / places.columns.length }, (_, form) =>
    layOut(plan, chosenFrom(places, cards, form), formSeed(seed, exam, form)),
  );
}

/** Item ids of every form, cell after cell in the order of the blueprint. */
export function formItems(blueprint: Blueprint, plan: DrawPlan, cards: Int32Array): string[][] {
  const places = questionColumns(plan);
  const cells = placedCells(blueprint);
  return Array.from({ length: cards.length / places.columns.length }, (_, form) => {
    const chosen = chosenFrom(places, cards, form);
    return cells.flatMap(({ cell, part }) =>
      chosen.filter((one) => one.cell === cell && one.part === part).map(({ item }) => item.item),
    );
  });
}

/** Forms of one shift may have anything in common, those of two, and reserve forms, only what is allowed. */
export function formLimits(rules: FormRules, questions: number): LimitOf {
  const allowed = allowedOverlap(rules, questions);
  return (one, other) =>
    one < rules.count && shiftOfForm(rules, one) === shiftOfForm(rules, other) ? Infinity : allowed;
}

function dealForms(plan: DrawPlan, traits: Traits, forms: number, secret: Uint8Array): Table {
  const dealt = dealDecks(traits, forms, paperStream(secret, 'decks'));
  const table = tableOf(dealt, traits);
  if (settle(table, paperStream(secret, 'exchange')) > 0)
    throw new DomainError('blueprint-too-tight', 409, { cells: cellsWithEnemies(plan) });
  if (isOffTarget(table)) throw targetUnmet(traits);
  return table;
}

/** Equal use over all forms is the least that there can be. */
function requireUses({ groups }: DrawPlan, forms: number, most: number): void {
  const above = groups.filter(({ pool, count }) => Math.ceil((forms * count) / pool.length) > most);
  if (above.length === 0) return;
  const cells = above.flatMap((group) => group.cells.map(({ cell }) => cell.id)).join(', ');
  const uses = Math.max(...above.map(({ pool, count }) => Math.ceil((forms * count) / pool.length)));
  throw new DomainError('forms-uses', 409, { cells, uses, most });
}
