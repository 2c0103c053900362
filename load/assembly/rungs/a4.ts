import { parallelForms, type DrawPlan } from '#bank/assembly';
import { EXAM, fits, planOf, poolMean, rounded, SEED } from '../plan.ts';
import type { Rung } from './rung.ts';

const FORMS = 24;
const OVERLAP = 14;
/** One cell has one item, which stands on every form. */
const RULES = { count: FORMS, perShift: 1, overlap: 50, maxUses: FORMS, spare: 0 };
const INFORMATION = 0.035;

/** Parallel forms from a small bank of which one cell has a single item. */
export const a4: Rung = {
  about: `${FORMS} parallel forms of 500 items`,
  bar: 'score ± 0.05, information ± 3.5 %, usage cap and overlap cap kept, 2 s; an overlap out of reach is refused',
  run(say) {
    const bank = planOf(500);
    const { plan, blueprint, pool } = bank;
    const begun = performance.now();
    const forms = parallelForms(plan, SEED, EXAM, RULES);
    const seconds = (performance.now() - begun) / 1000;
    const rows = rowsOf(plan, forms.cards);
    const mean = poolMean(bank);
    const cells = blueprint.parts.flatMap((part) => part.cells);
    const capKept = cells.every((cell) => {
      const mine = pool.filter((item) => fits(cell, item));
      const cap = Math.ceil((FORMS * cell.count) / mine.length);
      return mine.every(
        ({ item }) => rows.filter((row) => row.some((one) => one.item === item)).length <= cap,
      );
    });
    const scores = rows.map((row) =>
      row.reduce((sum, item) => {
        const points = cells.find((cell) => fits(cell, item))?.points ?? 0;
        return sum + (points * (item.facility ?? 0)) / 100_000;
      }, 0),
    );
    const furthest = Math.max(...scores.map((score) => Math.abs(score - mean)));
    const information = [0, 1, 2].map((ability) => {
      const sums = rows.map((row) => row.reduce((sum, item) => sum + (item.information?.[ability] ?? 0), 0));
      const target = cells.reduce((sum, cell) => {
        const mine = pool.filter((item) => fits(cell, item));
        const all = mine.reduce((total, item) => total + (item.information?.[ability] ?? 0), 0);
        return sum + (cell.count * all) / mine.length;
      }, 0);
      return Math.max(...sums.map((sum) => Math.abs(sum / target - 1)));
    });
    const figures = {
      seconds: rounded(seconds),
      furthest: rounded(furthest, 5),
      information: information.map((one) => rounded(one, 4)),
      capKept,
      overlap: forms.overlap,
      refusedOverlap: refusal(plan),
    };
    say(JSON.stringify(figures));
    const holds =
      seconds <= 2 &&
      furthest <= 0.05 &&
      information.every((one) => one <= INFORMATION) &&
      capKept &&
      forms.overlap <= OVERLAP &&
      figures.refusedOverlap === 'forms-overlap';
    return Promise.resolve({ holds, figures });
  },
};

function rowsOf({ rank }: DrawPlan, cards: Int32Array) {
  const items = [...rank.keys()];
  const width = cards.length / FORMS;
  return Array.from({ length: FORMS }, (_, form) =>
    [...cards.subarray(form * width, (form + 1) * width)].flatMap((at) => items[at] ?? []),
  );
}

/** One cell has one item, so all forms have it in common. */
function refusal(plan: DrawPlan): string {
  try {
    parallelForms(plan, SEED, EXAM, { ...RULES, overlap: 0 });
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'another error';
  }
}
