import { formModel, formOf, type FormTask, type Placed, type Shortage } from '#bank/assembly';
import { DomainError } from '#bank/protocol';
import { findShortage } from './shortage.ts';
import { solveModel } from './solver.ts';
import type { Watch } from './thread.ts';

/** Forms to be made one after the other. */
export interface FormSearch extends FormTask {
  forms: number;
  /** Questions that two of them may have in common. */
  overlap: number;
  /** For each of them. */
  secondsEach: number;
}

/**
 * Makes forms of an interlocking blueprint, each satisfying all of its rows, one after the other: what the earlier
 * ones hold is a row of the next. The same search gives the same forms, unless its time runs out. A form is an optimum
 * where the task asks for most information.
 *
 * @throws DomainError `form-shortage` naming what is short, `form-bound` when nothing is short but bands, descriptions
 * or overlaps cannot be met, `form-time` when none was found in time; the reason of the signal
 */
export async function assembleForms(search: FormSearch, watch: Watch = {}): Promise<Placed[][]> {
  const { forms, overlap, secondsEach, earlier = [], ...task } = search;
  const made: Placed[][] = [];
  while (made.length < forms) {
    const known = made.map((form) => ({ items: form.map(({ item }) => item.item), most: overlap }));
    const form = formModel({ ...task, earlier: [...earlier, ...known] });
    const solution = await solveModel(form.model, secondsEach, watch);
    if (solution === 'nothing') throw new DomainError('form-time', 409, { form: made.length + 1 });
    if (solution === 'infeasible') refuse(await findShortage(task, watch), made.length + 1);
    else made.push(formOf(form, solution.values));
  }
  return made;
}

function refuse({ total, cells: [cell], quotas: [quota] }: Shortage, form: number): never {
  if (total === 0) throw new DomainError('form-bound', 409, { form });
  throw new DomainError('form-shortage', 409, { missing: total, where: cell?.cell ?? quota?.quota ?? '' });
}
