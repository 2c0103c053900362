import {
  assembledResponses,
  assembledSections,
  mergeResponses,
  minutesText,
  plannedSections,
  routesOf,
  slotsOfRoute,
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

/** Different matrices that are listed for each branch; papers of a matrix without picked lists have one and the same. */
const MAX_VARIANTS = 12;
const SECONDS_A_MINUTE = 60;

/** Media types of the files. */
export const MATRIX_FILE_TYPES: Record<MatrixFileFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

interface Counts {
  variants: MatrixVariant[];
  all: number;
  others: number;
}

/** The printed matrix: of what was planned, and of the papers that were assembled. */
export function createMatrixVerbs(deps: ExamsDeps) {
  const { store, audit } = deps;
  /**
   * Opens every sealed paper and counts each way through it; nothing but counts leaves. `others` are papers of which some
   * way is not listed.
   */
  async function countPapers(exam: ExamRecord): Promise<Counts> {
    const pool = await store.get('pools', exam._id);
    const { blueprint } = exam;
    if (!pool || !blueprint) throw new DomainError('not-found', 404);
    const items = new Map(pool.snapshot.map((item) => [item.item, item]));
    const ways = routesOf(blueprint).map(({ branch }) => ({
      branch,
      found: new Map<string, MatrixVariant>(),
    }));
    let all = 0;
    for await (const doc of eachDocument(store, 'papers', { index: 'by_exam', equals: [exam._id] })) {
      const { slots } = await openPaper(deps, doc);
      all++;
      for (const { branch, found } of ways) {
        const mine = slotsOfRoute(blueprint, branch?.id ?? null, slots);
        const { responses, unplaced } = assembledResponses(mine, items);
        const counted = { responses: mergeResponses(responses), unplaced };
        const key = JSON.stringify(counted.responses);
        const papers = (found.get(key)?.papers ?? 0) + 1;
        found.set(key, { papers, ...(branch && { branch: branch.title }), counted });
      }
    }
    const listed = ways.map(({ found }) =>
      [...found.values()].sort((a, b) => b.papers - a.papers).slice(0, MAX_VARIANTS),
    );
    const counts = listed.map((variants) => variants.reduce((sum, { papers }) => sum + papers, 0));
    return { variants: listed.flat(), all, others: all - Math.min(...counts) };
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
      const { variants, all, others } = await countAndRecord(actor, await ownExam(store, actor, id));
      return {
        variants: variants.map(({ counted, ...variant }) => ({ ...variant, responses: counted.responses })),
        all,
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
