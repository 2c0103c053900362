import { hex, seedCommitment } from '#bank/assembly';
import {
  DEFAULT_PROFILE,
  examSeedContext,
  type Actor,
  type ExamList,
  type ExamSettings,
  type ExamView,
  type FormsSetting,
  type NewExam,
} from '#bank/protocol';
import { newCode, newId, randomKey } from '#bank/vault';
import { Duplicate, type Fresh, type Sealed } from '#server/storage';
import { requireEditable } from './claim.ts';
import type { ExamsDeps } from './deps.ts';
import { ownExam, seesAll, staffId, visibleExam } from './exam-access.ts';
import { examWrite } from './exam-state.ts';
import { examSummary, examView } from './exam-view.ts';
import { readSettings } from './settings.ts';

const CODE_CHARACTERS = 6;
const CODE_TRIES = 5;
const PAGE = 100;

/** Making exams and looking at them. */
export function createExamVerbs(deps: ExamsDeps) {
  const { store, audit, banks, clock } = deps;

  /** Codes are random; one that is taken is drawn again. */
  async function insert(actor: Actor, exam: Omit<Fresh<'exams'>, 'code'>): Promise<void> {
    const { seedCommitment: commitment, profile, bank } = exam;
    const data = { seedCommitment: commitment, profile, bank };
    for (let attempt = 1; ; attempt++) {
      try {
        await store.commit([
          { op: 'insert', in: 'exams', doc: { ...exam, code: newCode(CODE_CHARACTERS) } },
          audit.entry(actor, 'exam.create', `exam:${exam._id}`, data),
        ]);
        audit.poke();
        return;
      } catch (error) {
        if (!(error instanceof Duplicate) || error.index !== 'by_code' || attempt === CODE_TRIES) throw error;
      }
    }
  }

  return {
    /**
     * A new draft. Its seed contribution is drawn here and committed to in the ledger, before anybody can know
     * which manifest it will be joined with.
     *
     * @throws DomainError `duration-out-of-range`, `deadline-past`, `deadline-too-soon`, `marking-policy-unknown`,
     * `sections-sum`, `forms-per-shift`, `reserve-form-missing`, `not-found` for a bank that the actor may not use
     */
    async create(actor: Actor, input: NewExam): Promise<ExamView> {
      const owner = staffId(actor);
      const settings = readSettings(input, clock);
      await banks.poolMetadata(actor, input.bank);
      const id = newId();
      await insert(actor, {
        _id: id,
        ...settings,
        ...(await newSeed(deps, id)),
        owner,
        bank: input.bank,
        profile: input.profile ?? DEFAULT_PROFILE,
        state: 'draft',
        candidateCount: 0,
        codeCount: 0,
        createdAt: new Date(clock.now()),
      });
      return examView(await ownExam(store, actor, id), clock.now());
    },

    /** Changes the settings of a draft. */
    async update(actor: Actor, id: string, input: ExamSettings): Promise<ExamView> {
      const exam = await ownExam(store, actor, id);
      requireEditable(exam, clock.now());
      const settings = readSettings(input, clock);
      const {
        deadline: _deadline,
        sections: _sections,
        assembly: _assembly,
        reserve: _reserve,
        ...kept
      } = exam;
      const { durationSeconds, markingPolicy, showPoints, deadline, sections, assembly, reserve } = settings;
      const { profile = exam.profile } = input;
      const data = {
        profile,
        durationSeconds,
        markingPolicy,
        showPoints,
        ...(deadline && { deadline: deadline.getTime() }),
        ...(sections && { sections: sections.join() }),
        ...(assembly && typeof assembly !== 'string' && { ...formsData(assembly.forms) }),
        ...(reserve !== undefined && { reserve }),
      };
      await store.commit([
        examWrite(kept, { ...settings, profile }),
        audit.entry(actor, 'exam.update', `exam:${id}`, data),
      ]);
      audit.poke();
      return examView(await ownExam(store, actor, id), clock.now());
    },

    async get(actor: Actor, id: string): Promise<ExamView> {
      return examView(await visibleExam(store, actor, id), clock.now());
    },

    /** Newest first. Proctors see every exam, teachers their own. */
    async list(actor: Actor, after?: string): Promise<ExamList> {
      const page = { order: 'desc', limit: PAGE, ...(after !== undefined && { after }) } as const;
      const { docs, next } = seesAll(actor)
        ? await store.range('exams', { index: 'by_created', ...page })
        : await store.range('exams', { index: 'by_owner', equals: [staffId(actor)], ...page });
      return { exams: docs.map(examSummary), ...(next !== undefined && { next }) };
    },
  };
}

/** The rules of forms as the ledger is told them. */
function formsData({ count, perShift, overlap, maxUses, spare }: FormsSetting) {
  return { forms: count, perShift, overlap, maxUses, spare };
}

/** A random seed contribution with its salt, sealed, and the commitment to it. */
async function newSeed(
  { keyring, tenant }: ExamsDeps,
  exam: string,
): Promise<{ seed: Sealed; seedCommitment: string }> {
  const [r, salt] = [randomKey(), randomKey()];
  const plain = Buffer.from(JSON.stringify({ r: hex(r), salt: hex(salt) }));
  const seed = await keyring.seal(`exam/${exam}/marking`, examSeedContext(tenant, exam), plain);
  const commitment = seedCommitment(exam, r, salt);
  for (const secret of [r, salt, plain]) secret.fill(0);
  return { seed, seedCommitment: commitment };
}
