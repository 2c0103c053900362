import {
  certifiedContext,
  DomainError,
  type Actor,
  type ExamCertificate,
  type PublishedForms,
} from '#bank/protocol';
import type { Stored } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import { visibleExam } from './exam-access.ts';
import { hasReached } from './exam-state.ts';

/** What is certified about all papers together, and published of their forms: sealed until the exam has closed. */
export interface Certified {
  certificate: ExamCertificate;
  forms?: PublishedForms;
}

/** Null for an exam that was sealed before there were certificates of all papers together. */
export async function openCertified(
  { keyring, tenant }: Pick<ExamsDeps, 'keyring' | 'tenant'>,
  pool: Stored<'pools'>,
): Promise<Certified | null> {
  if (!pool.certified) return null;
  const context = certifiedContext(tenant, pool._id);
  const bytes = await keyring.open(`exam/${pool._id}/marking`, context, pool.certified);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as Certified;
}

/** The certificate of an exam. */
export function createCertificateVerbs(deps: ExamsDeps) {
  return {
    /**
     * Before the exam has closed nothing in it says which questions stand on papers.
     *
     * @throws DomainError `exam-not-sealed` before; `not-found` for an exam that was sealed without one
     */
    async certificate(actor: Actor, id: string): Promise<ExamCertificate> {
      const exam = await visibleExam(deps.store, actor, id);
      if (exam.state === 'draft') throw new DomainError('exam-not-sealed', 409, { state: exam.state });
      const pool = await deps.store.get('pools', id);
      const certified = pool && (await openCertified(deps, pool));
      if (!certified) throw new DomainError('not-found', 404);
      const { uses, ...open } = certified.certificate;
      return hasReached(exam, 'closed') && uses ? { ...open, uses } : open;
    },
  };
}
