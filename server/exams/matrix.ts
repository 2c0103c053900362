import {
  assembledResponses,
  assembledSections,
  mergeResponses,
  minutesText,
  plannedSections,
  type MatrixSection,
  type MatrixVariant,
} from '#bank/blueprint';
import {
  DomainError,
  type Actor,
  type AssembledMatrix,
  type Language,
  type MatrixFileFormat,
  type MatrixFileInput,
} from '#bank/protocol';
import { workOnFile } from '#server/files';
import { eachDocument } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import { ownExam } from './exam-access.ts';
import { requireReached, type ExamRecord } from './exam-state.ts';
import { openPaper } from './sealed-paper.ts';

/** Different matrices that are listed; papers of a matrix without picked lists have one and the same. */
const MAX_VARIANTS = 12;
const SECONDS_A_MINUTE = 60;

/** Media types of the files. */
export const MATRIX_FILE_TYPES: Record<MatrixFileFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** The printed matrix: of what was planned, and of the papers that were assembled. */
export function createMatrixVerbs(deps: ExamsDeps) {
  const { store, audit } = deps;
  /** Opens every sealed paper and counts; nothing but counts leaves. */
  async function countPapers(exam: ExamRecord): Promise<{ variants: MatrixVariant[]; others: number }> {
    const pool = await store.get('pools', exam._id);
    if (!pool) throw new DomainError('not-found', 404);
    const items = new Map(pool.snapshot.map((item) => [item.item, item]));
    const variants = new Map<string, MatrixVariant>();
    for await (const doc of eachDocument(store, 'papers', { index: 'by_exam', equals: [exam._id] })) {
      const { slots } = await openPaper(deps, doc);
      const { responses, unplaced } = assembledResponses(slots, items);
      const counted = { responses: mergeResponses(responses), unplaced };
      const key = JSON.stringify(counted.responses);
      variants.set(key, { papers: (variants.get(key)?.papers ?? 0) + 1, counted });
    }
    const ranked = [...variants.values()].sort((a, b) => b.papers - a.papers);
    const others = ranked.slice(MAX_VARIANTS).reduce((sum, { papers }) => sum + papers, 0);
    return { variants: ranked.slice(0, MAX_VARIANTS), others };
  }

  async function countAndRecord(actor: Actor, exam: ExamRecord): ReturnType<typeof countPapers> {
    requireReached(exam, 'sealed');
    const counts = await countPapers(exam);
    const data = { variants: counts.variants.length };
    await store.commit([audit.entry(actor, 'exam.matrix', `exam:${exam._id}`, data)]);
    audit.poke();
    return counts;
  }

  return {
    /**
     * What the papers of a sealed exam hold, in counts. Each time is on the record.
     *
     * @throws DomainError `exam-not-sealed` before
     */
    async assembled(actor: Actor, id: string): Promise<AssembledMatrix> {
      const { variants, others } = await countAndRecord(actor, await ownExam(store, actor, id));
      return {
        variants: variants.map(({ papers, counted }) => ({ papers, responses: counted.responses })),
        others,
      };
    },

    /**
     * A matrix as a document: the given one, or that of the papers that were assembled.
     *
     * @throws DomainError `blueprint-missing`; what `assembled` throws
     */
    async matrixFile(
      actor: Actor,
      id: string,
      input: MatrixFileInput,
      language: Language,
    ): Promise<{ bytes: Uint8Array; name: string; type: string }> {
      const exam = await ownExam(store, actor, id);
      const { format, authority, school } = input;
      const document = {
        authority,
        school,
        title: exam.title,
        subtitle: minutesText(Math.round(exam.durationSeconds / SECONDS_A_MINUTE), language),
        sections: await sectionsOf(actor, exam, input, language),
      };
      const bytes = await workOnFile('writeMatrix', { format, document });
      return { bytes, name: `${exam.title}.${format}`, type: MATRIX_FILE_TYPES[format] };
    },
  };

  async function sectionsOf(
    actor: Actor,
    exam: ExamRecord,
    { blueprint, form }: MatrixFileInput,
    language: Language,
  ): Promise<MatrixSection[]> {
    if (blueprint) return plannedSections(blueprint, form, language);
    if (!exam.blueprint) throw new DomainError('blueprint-missing', 409);
    return assembledSections(exam.blueprint, await countAndRecord(actor, exam), form, language);
  }
}
