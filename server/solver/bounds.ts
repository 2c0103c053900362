import { elasticBounds, type FormTask } from '#bank/assembly';
import { DomainError, relaxationText, type Language, type Relaxation } from '#bank/protocol';
import { solveModel } from './solver.ts';
import type { Watch } from './thread.ts';

/** What was found by then is enough for a form, though perhaps not the least. */
const SECONDS = 20;
/** More would not be read. */
const NAMED = 3;

/**
 * What binds a form whose cells and margins can be met, and by how much it would have to move: those that weigh most
 * first.
 *
 * @throws DomainError `form-time` when nothing was found in time
 */
export async function findBounds(task: FormTask, form = 1, watch: Watch = {}): Promise<Relaxation[]> {
  const { model, read } = elasticBounds(task);
  const solution = await solveModel(model, SECONDS, watch);
  if (typeof solution === 'string') throw new DomainError('form-time', 409, { form });
  return read(solution.values);
}

export function boundRefusal(relaxations: readonly Relaxation[], form: number): DomainError {
  const list = (language: Language): string =>
    relaxations
      .slice(0, NAMED)
      .map((one) => relaxationText(one, language))
      .join('; ');
  return new DomainError('form-bound', 409, { form, list: list('vi'), listEn: list('en') });
}
