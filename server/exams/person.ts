import canonicalize from 'canonicalize';
import { accessCodeContext, candidatePersonContext, type CandidatePerson, type SeatOf } from '#bank/protocol';
import type { Sealed, Stored } from '#server/storage';
import type { ExamsDeps } from './deps.ts';

type Keys = Pick<ExamsDeps, 'keyring' | 'tenant'>;

export function sealPerson(
  { keyring, tenant }: Keys,
  seat: SeatOf,
  person: CandidatePerson,
): Promise<Sealed> {
  return keyring.seal('identity', candidatePersonContext(tenant, seat), jsonBytes(person));
}

/** @throws CryptoError also when attempt or number are not those of the person */
export async function openPerson(
  { keyring, tenant }: Keys,
  candidate: Pick<Stored<'candidates'>, '_id' | 'attempt' | 'number' | 'person'>,
): Promise<CandidatePerson> {
  const bytes = await keyring.open('identity', candidatePersonContext(tenant, candidate), candidate.person);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as CandidatePerson;
}

export function samePerson(one: CandidatePerson, other: CandidatePerson): boolean {
  return canonicalize(one) === canonicalize(other);
}

export function sealCode(
  { keyring, tenant }: Keys,
  exam: string,
  candidate: string,
  code: string,
): Promise<Sealed> {
  return keyring.seal(`exam/${exam}/codes`, accessCodeContext(tenant, candidate), Buffer.from(code));
}

export async function openCode(
  { keyring, tenant }: Keys,
  exam: string,
  candidate: string,
  code: Sealed,
): Promise<string> {
  const bytes = await keyring.open(`exam/${exam}/codes`, accessCodeContext(tenant, candidate), code);
  return Buffer.from(bytes).toString('utf8');
}

/** A JSON value as the bytes that go into a box. */
export function jsonBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
