import { hashJson } from '#bank/assembly';
import {
  certifiedContext,
  DomainError,
  type Actor,
  type ExamCertificate,
  type Language,
  type PublishedForms,
  type ReportFileInput,
} from '#bank/protocol';
import { fairnessReport, reportFrame } from '#bank/report';
import { workOnFile } from '#server/files';
import type { Stored } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import { visibleExam } from './exam-access.ts';
import { hasReached, type ExamRecord } from './exam-state.ts';

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

/** The certificate of an exam, and the report that is made from it. */
export function createCertificateVerbs(deps: ExamsDeps) {
  async function certified(actor: Actor, id: string): Promise<{ exam: ExamRecord } & Certified> {
    const exam = await visibleExam(deps.store, actor, id);
    if (exam.state === 'draft') throw new DomainError('exam-not-sealed', 409, { state: exam.state });
    const pool = await deps.store.get('pools', id);
    const found = pool && (await openCertified(deps, pool));
    if (!found) throw new DomainError('not-found', 404);
    return { exam, ...found };
  }

  return {
    /**
     * Before the exam has closed nothing in it says which questions stand on papers.
     *
     * @throws DomainError `exam-not-sealed` before; `not-found` for an exam that was sealed without one
     */
    async certificate(actor: Actor, id: string): Promise<ExamCertificate> {
      const { exam, certificate } = await certified(actor, id);
      const { uses, ...open } = certificate;
      return hasReached(exam, 'closed') && uses ? { ...open, uses } : open;
    },

    /**
     * The certificate as a page to be signed, in PDF. It is made of what was sealed and dated by the sealing: the same
     * heading in the same language gives the same bytes at any time.
     *
     * @throws DomainError those of `certificate`
     */
    async reportFile(
      actor: Actor,
      id: string,
      heading: ReportFileInput,
      language: Language,
    ): Promise<{ bytes: Uint8Array; name: string }> {
      const { exam, certificate } = await certified(actor, id);
      const reported = {
        code: exam.code,
        profile: exam.profile,
        candidates: exam.candidateCount,
        durationSeconds: exam.durationSeconds,
        ...(exam.deadline && { deadline: exam.deadline.getTime() }),
        ...(exam.sealedAt && { sealedAt: exam.sealedAt.getTime() }),
      };
      const document = {
        ...heading,
        language,
        exam: exam.title,
        report: fairnessReport(certificate, language, hashJson(certificate)),
        ...reportFrame(reported, certificate, language),
        dated: (exam.sealedAt ?? exam.createdAt).getTime(),
      };
      const bytes = await workOnFile('writeReport', { document });
      return { bytes, name: `${document.report.title} – ${exam.title}.pdf` };
    },
  };
}
