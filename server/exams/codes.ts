import { DomainError, type AccessSlips, type Actor } from '#bank/protocol';
import { newCode } from '#bank/vault';
import type { JobView, Progress } from '#server/http';
import { eachDocument, eachPage, type Stored, type Write } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import { ownExam, staffId } from './exam-access.ts';
import { examWrite, onExam, type ExamRecord } from './exam-state.ts';
import { openCode, openPerson, sealCode } from './person.ts';

/** 40 random bits. */
const CODE_CHARACTERS = 8;
/** Candidates whose codes are hashed and stored together. */
const CHUNK = 50;
/** Slips opened in one turn of the event loop. */
const AT_ONCE = 100;

/** Access codes: made once per candidate, hashed for sign-in, kept sealed for printing. */
export function createCodeVerbs(deps: ExamsDeps) {
  const { store, audit, jobs, hashAccessCode } = deps;

  /** Gives the candidate a code; the plain one is nowhere but in its box. */
  async function withCode(candidate: Stored<'candidates'>): Promise<Write> {
    const plain = newCode(CODE_CHARACTERS);
    const { v, ...doc } = candidate;
    const [codeHash, code] = await Promise.all([
      hashAccessCode(plain),
      sealCode(deps, candidate.exam, candidate._id, plain),
    ]);
    return { op: 'replace', in: 'candidates', doc: { ...doc, codeHash, code }, ifVersion: v };
  }

  async function issue(
    actor: Actor,
    exam: ExamRecord,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<number> {
    const without = await candidatesWithoutCode(exam._id);
    progress(0, without.length);
    for (let start = 0; start < without.length; start += CHUNK) {
      signal.throwIfAborted();
      const chunk = without.slice(start, start + CHUNK);
      const writes = await Promise.all(chunk.map(withCode));
      await onExam(store, exam._id, (record) =>
        store.commit([
          ...writes,
          examWrite(record, { codeCount: record.codeCount + chunk.length }),
          audit.entry(actor, 'codes.issue', `exam:${exam._id}`, { issued: chunk.length }),
        ]),
      );
      audit.poke();
      progress(start + chunk.length, without.length);
    }
    return without.length;
  }

  async function candidatesWithoutCode(exam: string): Promise<Stored<'candidates'>[]> {
    const found: Stored<'candidates'>[] = [];
    for await (const candidate of eachDocument(store, 'candidates', { index: 'by_number', equals: [exam] }))
      if (candidate.codeHash === undefined) found.push(candidate);
    return found;
  }

  return {
    /** Starts the job that gives a code to every candidate without one. Its result is `{ issued }`. */
    async issue(actor: Actor, id: string): Promise<JobView> {
      const exam = await ownExam(store, actor, id);
      return jobs.start(staffId(actor), 'codes.issue', async (progress, signal) => ({
        issued: await issue(actor, exam, progress, signal),
      }));
    },

    /** The slips to print; each time is on the record. */
    async slips(actor: Actor, id: string): Promise<AccessSlips> {
      const exam = await ownExam(store, actor, id);
      const slips: AccessSlips['slips'] = [];
      for await (const docs of eachPage(store, 'candidates', {
        index: 'by_number',
        equals: [id],
        limit: AT_ONCE,
      }))
        slips.push(...(await Promise.all(docs.map(toSlip))).flat());
      if (slips.length === 0) throw new DomainError('codes-missing', 409);
      await store.commit([audit.entry(actor, 'codes.print', `exam:${id}`, { slips: slips.length })]);
      audit.poke();
      return { exam: exam.code, title: exam.title, slips };
    },
  };

  async function toSlip(candidate: Stored<'candidates'>): Promise<AccessSlips['slips']> {
    if (!candidate.code) return [];
    const { name, class: group } = await openPerson(deps, candidate);
    const code = await openCode(deps, candidate.exam, candidate._id, candidate.code);
    return [
      {
        number: candidate.number,
        name,
        ...(group !== undefined && { class: group }),
        code: `${code.slice(0, 4)}-${code.slice(4)}`,
      },
    ];
  }
}
