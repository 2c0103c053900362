import { formCode } from '#bank/protocol';
import type { Store } from '#server/storage';
import type { ExamRecord } from './exam-state.ts';

/** Exams whose forms are kept at hand; many thousand seats are read at once. */
const MOST_EXAMS = 8;

/** Code of the form (mã đề) of an attempt; undefined where papers are not forms. */
export type FormOf = (attempt: string) => string | undefined;

/** Tells who has which form. That is fixed when the papers are sealed, so what was read once is kept. */
export function createFormReader(store: Store): (exam: ExamRecord) => Promise<FormOf> {
  const known = new Map<string, Promise<FormOf>>();
  return async (exam) => {
    if (!exam.manifest?.forms) return () => undefined;
    const read = known.get(exam._id) ?? readForms(store, exam);
    known.delete(exam._id);
    known.set(exam._id, read);
    read.catch(() => known.delete(exam._id));
    const [oldest = ''] = known.keys();
    if (known.size > MOST_EXAMS) known.delete(oldest);
    return read;
  };
}

async function readForms(store: Store, { _id, manifest }: ExamRecord): Promise<FormOf> {
  const { seating = [] } = (await store.get('pools', _id)) ?? {};
  const forms = new Map(seating.map(({ attempt, form }) => [attempt, form]));
  const { forms: rules, reserve = [] } = manifest ?? {};
  if (rules)
    reserve.forEach((attempt, order) => forms.set(attempt, formCode(rules.count + (order % rules.spare))));
  return (attempt) => forms.get(attempt);
}
