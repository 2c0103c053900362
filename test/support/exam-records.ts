import type { PaperCertificate } from '#bank/assembly';
import { candidatePersonContext, type CandidatePerson } from '#bank/protocol';
import { newId } from '#bank/vault';
import type { Keyring } from '#server/keys';
import type { Fresh, Store, Write } from '#server/storage';

/** An exam as the exams module writes it; everything that a test does not set is plausible. */
export function examRecord(
  fields: Pick<Fresh<'exams'>, 'state' | 'seed' | 'candidateCount' | 'createdAt'> & Partial<Fresh<'exams'>>,
): Fresh<'exams'> {
  const _id = fields._id ?? newId();
  return {
    _id,
    title: 'Kiểm tra giữa kì',
    code: _id.slice(0, 6),
    owner: newId(),
    bank: newId(),
    profile: 'P1',
    durationSeconds: 2_700,
    markingPolicy: 'vn-thpt-2025',
    showPoints: true,
    seedCommitment: '0'.repeat(64),
    codeCount: fields.candidateCount,
    ...fields,
  };
}

/** A candidate with a sealed name, and the attempt that belongs to the candidate. */
export async function candidateRecord(
  keyring: Keyring,
  tenant: string,
  { exam, number, person }: { exam: string; number: string; person: CandidatePerson },
): Promise<Fresh<'candidates'>> {
  const [_id, attempt] = [newId(), newId()];
  const context = candidatePersonContext(tenant, { _id, attempt, number });
  const sealed = await keyring.seal('identity', context, Buffer.from(JSON.stringify(person)));
  return { _id, exam, number, attempt, person: sealed };
}

/** The paper of a candidate's attempt; its index and certificate are made up. */
export function paperRecord(
  { _id, exam, attempt }: Fresh<'candidates'>,
  paper: Pick<Fresh<'papers'>, 'kinds' | 'partCounts' | 'addresses' | 'paper'>,
): Fresh<'papers'> {
  const certificate = { exam, attempt, paperHash: newId() } as PaperCertificate;
  return { _id: attempt, exam, candidate: _id, indexBox: Buffer.from('index'), certificate, ...paper };
}

export async function commitAll(store: Store, writes: readonly Write[]): Promise<void> {
  for (let from = 0; from < writes.length; from += 500) await store.commit(writes.slice(from, from + 500));
}
