import { byUtf8, hex } from '#bank/assembly';
import { DomainError, PUBLICATION_FORMAT, type Actor, type Publication } from '#bank/protocol';
import { eachDocument } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import { ownExam } from './exam-access.ts';
import { requireReached } from './exam-state.ts';
import { openCertified } from './certified.ts';
import { openSeed } from './seed.ts';

/** The file from which anybody can derive every paper again: bank/assembly/README.md §2. */
export function createPublicationVerbs(deps: ExamsDeps) {
  const { store, audit, custody } = deps;
  return {
    /**
     * Reveals the seed of an exam that is over; each time is on the record.
     *
     * @throws DomainError `exam-not-closed` before; CryptoError when the times of the exam were changed
     */
    async publish(actor: Actor, id: string): Promise<Publication> {
      const exam = await ownExam(store, actor, id);
      requireReached(exam, 'closed');
      await custody.requireEnded(exam);
      const pool = await store.get('pools', id);
      const { blueprint, manifest, manifestHash, seedCommitment } = exam;
      if (!pool || !blueprint || !manifest || manifestHash === undefined)
        throw new DomainError('not-found', 404);
      const papers: Publication['papers'] = [];
      const query = { index: 'by_exam', equals: [id] };
      for (const collection of ['papers', 'reservePapers'] as const)
        for await (const { certificate } of eachDocument(store, collection, query)) {
          const { attempt, redraw, paperHash } = certificate;
          papers.push({ attempt, redraw, paperHash });
        }
      papers.sort((one, other) => byUtf8(one.attempt, other.attempt));
      const { forms } = (await openCertified(deps, pool)) ?? {};
      const { r, salt } = await openSeed(deps, exam);
      const data = { manifestHash, seedCommitment, papers: papers.length };
      await store.commit([audit.entry(actor, 'papers.publish', `exam:${id}`, data)]);
      audit.poke();
      return {
        format: PUBLICATION_FORMAT,
        exam: id,
        snapshot: pool.snapshot,
        blueprint,
        manifest,
        manifestHash,
        seed: { commitment: seedCommitment, salt: hex(salt), r: hex(r) },
        papers,
        ...(forms && { forms, seating: (pool.seating ?? []).map(({ form: _form, ...seat }) => seat) }),
      };
    },
  };
}
