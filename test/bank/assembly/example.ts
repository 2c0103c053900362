import {
  assignForms,
  blueprintHash,
  byUtf8,
  certify,
  createExamTally,
  dealAll,
  dealCards,
  drawAll,
  drawPlan,
  examSeed,
  formItems,
  formPapers,
  hashJson,
  hex,
  manifestHash,
  paperHash,
  paperSeed,
  paperStream,
  parallelForms,
  rosterRoot,
  seedCommitment,
  snapshotHash,
  snapshotOf,
  type CertifiedExam,
  type DrawnPaper,
  type DrawPlan,
  type DrawPurpose,
} from '#bank/assembly';
import {
  DRAW_ALGORITHM,
  formCode,
  FORMS_ALGORITHM,
  PUBLICATION_FORMAT,
  type Blueprint,
  type FormsSetting,
  type Manifest,
  type PaperAlgorithm,
  type PoolItem,
  type Publication,
  type SeatedAttempt,
} from '#bank/protocol';

/** An exam as it is before sealing, and the secrets that its publication reveals. */
interface ExampleExam {
  exam: string;
  pool: PoolItem[];
  blueprint: Blueprint;
  attempts: string[];
  r: Uint8Array;
  salt: Uint8Array;
  /** As before targets were kept: they stand in the blueprint and decide nothing. */
  areTargetsPrinted?: boolean;
}

/** The publication of an exam, made by the engine. */
export function publish(
  { exam, pool, blueprint, attempts, r, salt, areTargetsPrinted = false }: ExampleExam,
  algorithm: PaperAlgorithm = DRAW_ALGORITHM,
): Publication {
  const snapshot = snapshotOf(blueprint, pool);
  const manifest: Manifest = {
    algorithm,
    exam,
    snapshotHash: snapshotHash(snapshot),
    blueprintHash: blueprintHash(blueprint),
    rosterRoot: rosterRoot(attempts),
    ...(blueprint.targets && !areTargetsPrinted && { keepsTargets: true as const }),
    schedule: { durationSeconds: 3000, deadline: null },
    policy: { profile: 'P1', markingPolicy: 'vn-2025', showPoints: true },
  };
  const hash = manifestHash(manifest);
  const known = drawPlan(blueprint, snapshot);
  const plan = areTargetsPrinted ? { ...known, targets: null } : known;
  const drawn = papersOf(plan, algorithm, examSeed(r, exam, hash), exam, attempts);
  return {
    format: PUBLICATION_FORMAT,
    exam,
    snapshot,
    blueprint,
    manifest,
    manifestHash: hash,
    seed: { commitment: seedCommitment(exam, r, salt), salt: hex(salt), r: hex(r) },
    papers: [...drawn].map(({ attempt, redraw, paperHash }) => ({ attempt, redraw, paperHash })),
  };
}

function papersOf(
  plan: DrawPlan,
  algorithm: PaperAlgorithm,
  secret: Uint8Array,
  exam: string,
  attempts: readonly string[],
): Generator<DrawnPaper, void> {
  if (algorithm === DRAW_ALGORITHM) return drawAll(plan, secret, exam, attempts);
  const { cards } = dealCards(plan, secret, exam, attempts.length);
  return dealAll(plan, cards, secret, exam, attempts);
}

interface FormsExam extends Omit<ExampleExam, 'attempts'> {
  seating: SeatedAttempt[];
  /** Attempts of papers in reserve. */
  reserve: string[];
  forms: FormsSetting;
  /** What a dishonest engine holds the forms to instead of what it states. */
  searched?: FormsSetting;
}

/** The publication of an exam with forms, and what is certified about all its papers, made by the engine. */
export function publishForms(example: FormsExam) {
  const { exam, pool, blueprint, r, salt, seating, reserve, forms, searched = forms } = example;
  const snapshot = snapshotOf(blueprint, pool);
  const attempts = [...seating.map(({ attempt }) => attempt), ...reserve].sort(byUtf8);
  const manifest: Manifest = {
    algorithm: FORMS_ALGORITHM,
    exam,
    snapshotHash: snapshotHash(snapshot),
    blueprintHash: blueprintHash(blueprint),
    rosterRoot: rosterRoot(attempts),
    ...(blueprint.targets && { keepsTargets: true as const }),
    reserve,
    forms,
    seatingRoot: hashJson(seating),
    schedule: { durationSeconds: 3600, deadline: null },
    policy: { profile: 'P2', markingPolicy: 'vn-2025', showPoints: true },
  };
  const hash = manifestHash(manifest);
  const plan = drawPlan(blueprint, snapshot);
  const seed = examSeed(r, exam, hash);
  const { cards, doublings } = parallelForms(plan, seed, exam, searched);
  const papers = formPapers(plan, cards, seed, exam).map((paper) => ({ paper, paperHash: paperHash(paper) }));
  const formOf = assignForms(seating, reserve, forms, seed, exam);
  const commitment = seedCommitment(exam, r, salt);
  const certified: CertifiedExam = {
    algorithm: FORMS_ALGORITHM,
    exam,
    seedCommitment: commitment,
    manifestHash: hash,
    snapshotHash: manifest.snapshotHash,
    blueprint,
    items: plan.items,
  };
  const tally = createExamTally({ certified, manifest, plan, seating, listed: [] }, seed);
  const drawn = attempts.map((attempt): DrawnPaper => {
    const form = formOf.get(attempt) ?? -1;
    const paper = papers[form];
    if (!paper) throw new Error('an attempt has no form');
    return { attempt, redraw: 0, ...paper, form: formCode(form) };
  });
  for (const one of drawn) tally.add(one, certify(certified, one));
  const publication: Publication = {
    format: PUBLICATION_FORMAT,
    exam,
    snapshot,
    blueprint,
    manifest,
    manifestHash: hash,
    seed: { commitment, salt: hex(salt), r: hex(r) },
    papers: drawn.map(({ attempt, redraw, paperHash: one }) => ({ attempt, redraw, paperHash: one })),
    forms: {
      doublings,
      list: formItems(blueprint, plan, cards).map((items, index) => ({ code: formCode(index), items })),
    },
    seating,
  };
  return { publication, drawn, certificate: tally.certificate() };
}

const PURPOSES: DrawPurpose[] = ['selection', 'item-order', 'option-order'];

/** Every value that stands between a publication and its paper hashes, for whoever implements the draw anew. */
export function intermediates({
  exam,
  seed,
  manifest,
  manifestHash: hash,
  snapshot,
  blueprint,
  papers,
}: Publication) {
  const secret = examSeed(Buffer.from(seed.r, 'hex'), exam, hash);
  const plan = drawPlan(blueprint, snapshot);
  const attempts = papers.map(({ attempt }) => attempt);
  const drawn = papersOf(plan, manifest.algorithm, secret, exam, attempts);
  return {
    examSeed: hex(secret),
    papers: [...drawn].map(({ attempt, redraw, paper, paperHash }) => {
      const key = paperSeed(secret, exam, attempt, redraw);
      const streams = PURPOSES.map((purpose) => {
        const rng = paperStream(key, purpose);
        return [purpose, Array.from({ length: 4 }, () => rng.u32())];
      });
      return {
        attempt,
        redraw,
        paperSeed: hex(key),
        firstNumbers: Object.fromEntries(streams),
        paper,
        paperHash,
      };
    }),
  };
}
