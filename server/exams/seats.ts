import { shiftsOf } from '#bank/assembly';
import { formCode, type CandidateList, type Place } from '#bank/protocol';
import { eachDocument, type Stored } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import type { ExamRecord } from './exam-state.ts';

type Seat = Pick<CandidateList['candidates'][number], 'place' | 'form' | 'hasReserve'>;

/** Where candidates of an exam sit and which forms they have, as far as that is known. */
export async function seats(
  { store }: Pick<ExamsDeps, 'store'>,
  { _id, manifest }: ExamRecord,
): Promise<(candidate: Stored<'candidates'>) => Seat> {
  const seating = manifest?.forms ? ((await store.get('pools', _id))?.seating ?? []) : [];
  const seated = new Map(seating.map((one) => [one.attempt, one]));
  const { forms, reserve = [] } = manifest ?? {};
  const orderOf = new Map(reserve.map((attempt, order) => [attempt, order]));
  return (candidate) => {
    const { attempt } = candidate;
    const seat = seated.get(attempt);
    const order = orderOf.get(attempt);
    const form = forms && order !== undefined ? formCode(forms.count + (order % forms.spare)) : seat?.form;
    const place = placeOf(seat ?? candidate);
    return {
      ...(place && { place }),
      ...(form !== undefined && { form }),
      ...(order !== undefined && { hasReserve: true as const }),
    };
  };
}

/** Shifts of an exam whose papers are sealed; 1 where nobody is seated. */
export function shiftCount({ manifest }: Pick<ExamRecord, 'manifest'>): number {
  return manifest?.forms ? shiftsOf(manifest.forms) : 1;
}

/** Attempts that candidates of these shifts have now. */
export async function shiftAttempts(
  deps: Pick<ExamsDeps, 'store'>,
  exam: ExamRecord,
  isMeant: (shift: number) => boolean,
): Promise<string[]> {
  const seatOf = await seats(deps, exam);
  const attempts: string[] = [];
  const all = eachDocument(deps.store, 'candidates', { index: 'by_number', equals: [exam._id] });
  for await (const candidate of all)
    if (isMeant(seatOf(candidate).place?.shift ?? 1)) attempts.push(candidate.attempt);
  return attempts;
}

function placeOf({ shift, room, seat }: Partial<Place>): Partial<Place> | null {
  if (shift === undefined && room === undefined) return null;
  return {
    ...(shift !== undefined && { shift }),
    ...(room !== undefined && { room }),
    ...(seat !== undefined && { seat }),
  };
}
