import { DomainError, spreadOf, type CandidateMe, type SealedPaper, type StateWord } from '#bank/protocol';
import { openPerson, type createFormReader } from '#server/exams';
import type { Keyring } from '#server/keys';
import type { Store } from '#server/storage';
import type { CandidateActor } from './tickets.ts';

interface PageDeps {
  store: Store;
  keyring: Keyring;
  tenant: string;
  formsOf: ReturnType<typeof createFormReader>;
}

/** @throws DomainError `not-found` when the seat is gone */
export async function candidatePage(
  { store, keyring, tenant, formsOf }: PageDeps,
  actor: CandidateActor,
  word: StateWord,
): Promise<Omit<CandidateMe, 'language'>> {
  const [exam, candidate] = await Promise.all([
    store.get('exams', actor.exam),
    store.get('candidates', actor.candidate),
  ]);
  if (!exam || !candidate) throw new DomainError('not-found', 404);
  const { name } = await openPerson({ keyring, tenant }, candidate);
  const { title, durationSeconds } = exam;
  const { exam: id, attempt } = actor;
  const { number } = candidate;
  const form = (await formsOf(exam))(attempt);
  const spreadMs = spreadOf(exam.candidateCount);
  const about = { exam: id, attempt, title, name, number, ...(form !== undefined && { form }) };
  return { ...about, durationSeconds, spreadMs, ...word };
}

/** @throws DomainError `not-found` before the papers are sealed */
export async function sealedPaper(
  { store, tenant }: Omit<PageDeps, 'formsOf'>,
  { exam, attempt }: CandidateActor,
): Promise<SealedPaper> {
  const paper = await store.get('papers', attempt);
  if (!paper) throw new DomainError('not-found', 404);
  const { indexBox, addresses } = paper;
  const later = paper.later?.map((section) => section.indexBox);
  const media = paper.media?.flatMap(({ pieces }) => pieces).sort();
  return {
    tenant,
    exam,
    attempt,
    index: indexBox.toString('base64'),
    ...(later && { later }),
    addresses,
    ...(media && { media }),
  };
}
