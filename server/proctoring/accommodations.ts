import { createHash } from 'node:crypto';
import { extraTimeMs } from '#bank/protocol';
import type { Delivery } from '#server/delivery';
import { openPerson, type ExamRecord } from '#server/exams';
import type { Clock } from '#server/http';
import type { Keyring } from '#server/keys';
import { eachDocument, type Store } from '#server/storage';

interface AccommodationDeps {
  store: Store;
  /** Line `identity`. */
  keyring: Keyring;
  clock: Clock;
  tenant: string;
  delivery: Pick<Delivery, 'decide'>;
}

/**
 * Puts the extra time of the class list on the records of those who have some. One decision for each candidate and
 * exam, always of the same name, so that it can be repeated after a crash. It is the owner of the exam who decided it,
 * with the list.
 */
export async function grantAccommodations(
  deps: AccommodationDeps,
  { _id: exam, owner, startsAt, endsAt }: ExamRecord,
): Promise<void> {
  if (!startsAt || !endsAt) return;
  const duration = endsAt.getTime() - startsAt.getTime();
  const query = { index: 'by_number', equals: [exam] };
  for await (const candidate of eachDocument(deps.store, 'candidates', query)) {
    const { extraTime } = await openPerson(deps, candidate);
    if (!extraTime) continue;
    const decision = decisionOf(exam, candidate._id);
    const ms = extraTimeMs(extraTime, duration);
    const at = deps.clock.now();
    const act = { act: 'time', decision, ms, reason: 'accommodation', at } as const;
    await deps.delivery.decide(exam, [candidate.attempt], act, owner);
  }
}

/** 128 bits, base64url, as every id. */
function decisionOf(exam: string, candidate: string): string {
  const digest = createHash('sha256').update(`niem/accommodation/1\0${exam}\0${candidate}`).digest();
  return digest.subarray(0, 16).toString('base64url');
}
