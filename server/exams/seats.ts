import { formCode, type CandidateList, type Place } from '#bank/protocol';
import type { Stored } from '#server/storage';
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

function placeOf({ shift, room, seat }: Partial<Place>): Partial<Place> | null {
  if (shift === undefined && room === undefined) return null;
  return {
    ...(shift !== undefined && { shift }),
    ...(room !== undefined && { room }),
    ...(seat !== undefined && { seat }),
  };
}
