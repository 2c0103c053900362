import { hasElectives, printedPaper, questionCount, totalPoints } from '#bank/blueprint';
import type { Fraction } from '#bank/marks';
import {
  DEAL_ALGORITHM,
  DRAW_ALGORITHM,
  EXAM_CERTIFICATE_FORMAT,
  formCode,
  type Constraint,
  type ConstraintName,
  type ExamCertificate,
  type FormsSetting,
  type Manifest,
  type SeatedAttempt,
} from '#bank/protocol';
import type { CertifiedExam, PaperCertificate } from './certificate.ts';
import { atLeast, atMost, exactly, histogramOf, spreadOf } from './certified-figures.ts';
import type { DrawnPaper } from './distinct.ts';
import { allowedOverlap, shiftOfForm } from './forms.ts';
import { guessSum } from './guess-sum.ts';
import { papersRoot } from './hashes.ts';
import type { DrawPlan } from './plan.ts';
import { neighbours } from './seating.ts';
import { commonOf, createSharing } from './sharing.ts';
import { traitsOf, type Measure } from './traits.ts';
import { questionsOf, settlePassages } from './units.ts';
import type { Range } from './window.ts';

interface TalliedPaper {
  items: readonly string[];
  score: number;
  seconds: number;
  /** Of each measure. */
  values: readonly number[];
  paperHash: string;
  form: string | undefined;
  /** What guessing is expected to bring, in 1/100,000 of a point, where it is known. */
  guessed?: number;
}

export interface TalliedExam {
  certified: CertifiedExam;
  manifest: Manifest;
  plan: DrawPlan;
  /** With forms. */
  seating: readonly SeatedAttempt[];
  /** Attempts in the order of the class list. */
  listed: readonly string[];
  /** What guessing brings on each item, in hundredths of a point by `worthKey`. */
  guessed?: ReadonlyMap<string, Fraction> | undefined;
}

/**
 * Counts the papers of an exam as they are certified, and certifies all of them together in the end.
 *
 * @param seed seed of the exam; it is not kept
 */
export function createExamTally(tallied: TalliedExam, seed: Uint8Array) {
  const exam = { ...tallied, plan: planOf(tallied, seed) };
  const papers = new Map<string, TalliedPaper>();
  const shared = createSharing(pairsOf(exam), (attempt) => papers.get(attempt)?.items);
  const guessedOn = exam.guessed && guessSum(exam.guessed);
  const measures = measuresOf(exam);
  return {
    add({ attempt, paper, paperHash, form }: DrawnPaper, certificate: PaperCertificate): void {
      const items = paper.slots.flatMap(({ cell, item }) => (cell === null ? [] : [item]));
      const { expectedScore: score, expectedSeconds: seconds } = certificate;
      const guessed = guessedOn && { guessed: guessedOn(paper.slots) };
      const values = measures.map((measure) => valueOf(exam.plan, measure, { items, score }));
      papers.set(attempt, { items, score, seconds, values, paperHash, form, ...guessed });
      shared.add(attempt);
    },
    certificate: (): ExamCertificate => ({
      ...certificateOf(exam, papers, measures),
      neighbours: shared.told(),
    }),
  };
}

/** Where cards are dealt, passages bring the same questions to all. */
function planOf({ manifest, plan }: TalliedExam, seed: Uint8Array): DrawPlan {
  return manifest.algorithm === DRAW_ALGORITHM ? plan : settlePassages(plan, seed, manifest.exam);
}

type Papers = ReadonlyMap<string, TalliedPaper>;

/** What papers are held to; information only where they are forms. */
function measuresOf({ manifest, plan }: TalliedExam): readonly Measure[] {
  const { forms, algorithm } = manifest;
  const isHeld = forms !== undefined || plan.targets !== null || algorithm === DEAL_ALGORITHM;
  return isHeld ? traitsOf(plan, forms !== undefined).measures : [];
}

function certificateOf(
  exam: TalliedExam,
  papers: Papers,
  measures: readonly Measure[],
): Omit<ExamCertificate, 'neighbours'> {
  const { certified, manifest, plan } = exam;
  const all = [...papers.values()];
  const distinct = manifest.forms ? onePerForm(all) : all;
  const uses = usesOf(distinct, plan);
  const isTimed = timed(plan);
  const scores = all.map(({ score }) => score);
  return {
    format: EXAM_CERTIFICATE_FORMAT,
    exam: certified.exam,
    algorithm: certified.algorithm,
    seedCommitment: certified.seedCommitment,
    manifestHash: certified.manifestHash,
    snapshotHash: certified.snapshotHash,
    blueprintHash: manifest.blueprintHash,
    rosterRoot: manifest.rosterRoot,
    papersRoot: papersRoot([...papers].map(([attempt, { paperHash }]) => ({ attempt, paperHash }))),
    papers: papers.size,
    reserve: manifest.reserve?.length ?? 0,
    questions: questionCount(certified.blueprint),
    points: totalPoints(certified.blueprint),
    ...(hasElectives(certified.blueprint) && { printed: totalPoints(printedPaper(certified.blueprint)) }),
    constraints: constraintsOf(exam, papers, distinct, uses, measures),
    score: spreadOf(scores),
    histogram: histogramOf(scores),
    ...(isTimed && { seconds: spreadOf(all.map(({ seconds }) => seconds)) }),
    ...(exam.guessed && { guessing: spreadOf(all.map(({ guessed = 0 }) => guessed)) }),
    exposure: exposureOf(uses),
    ...(plan.targets && manifest.algorithm === DRAW_ALGORITHM && { equalUse: false as const }),
    uses: [...uses].map(([item, count]) => ({ item, uses: count })),
    ...(manifest.forms && { forms: formsOf(manifest.forms, all, distinct, isTimed) }),
  };
}

function onePerForm(papers: readonly TalliedPaper[]): TalliedPaper[] {
  return [...new Map(papers.map((paper) => [paper.form, paper])).values()].sort((a, b) =>
    (a.form ?? '') < (b.form ?? '') ? -1 : 1,
  );
}

function usesOf(papers: readonly TalliedPaper[], plan: DrawPlan): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { item, kind } of plan.items.values()) if (kind !== 'description') uses.set(item, 0);
  for (const { items } of papers) for (const item of items) uses.set(item, (uses.get(item) ?? 0) + 1);
  return uses;
}

function constraintsOf(
  { manifest, plan, certified, seating }: TalliedExam,
  papers: Papers,
  distinct: readonly TalliedPaper[],
  uses: ReadonlyMap<string, number>,
  measures: readonly Measure[],
): Constraint[] {
  const constraints: Constraint[] = [exactly('cells', papers.size, papers.size), atMost('enemies', 0, 0)];
  const { forms } = manifest;
  if (!forms)
    constraints.push(exactly('different', papers.size, new Set(distinct.map((one) => one.paperHash)).size));
  constraints.push(...bandsOf(measures, distinct), ...targetsMet(plan, distinct));
  if (!forms) {
    if (manifest.algorithm === DEAL_ALGORITHM)
      constraints.push(atMost('exposure', 1, unevenness(plan, uses)));
    return constraints;
  }
  const questions = questionCount(certified.blueprint);
  constraints.push(
    atMost('uses', forms.maxUses, Math.max(0, ...uses.values())),
    atMost('overlap', allowedOverlap(forms, questions), overlapOf(forms, distinct)),
  );
  if (forms.perShift > 1) constraints.push(atMost('neighbours', 0, alikeNeighbours(forms, seating, papers)));
  return constraints;
}

const MEASURES: Readonly<Record<Measure['name'], readonly ConstraintName[]>> = {
  score: ['score'],
  time: ['time'],
  information: ['information-low', 'information-middle', 'information-high'],
};

/** How far the furthest paper is from what is aimed at in each measure that is known of all items. */
function bandsOf(measures: readonly Measure[], papers: readonly TalliedPaper[]): Constraint[] {
  const names = {
    score: [...MEASURES.score],
    time: [...MEASURES.time],
    information: [...MEASURES.information],
  };
  return measures.flatMap((measure, at) => {
    const name = names[measure.name].shift();
    if (!name || measure.mean === 0) return [];
    const furthest = papers.reduce(
      (most, paper) => Math.max(most, Math.abs((paper.values[at] ?? 0) - measure.aim)),
      0,
    );
    return [atMost(name, measure.band, furthest)];
  });
}

/** The lowest and highest value of all papers against the ends of each target. */
function targetsMet({ targets }: DrawPlan, papers: readonly TalliedPaper[]): Constraint[] {
  const ends = (name: 'score' | 'time', target: Range | undefined, values: number[]): Constraint[] => {
    const { least, most } = spreadOf(values);
    if (!target) return [];
    return [
      atLeast(`target-${name}-least`, target.least, least),
      atMost(`target-${name}-most`, target.most, most),
    ];
  };
  const [scores, times] = [papers.map(({ score }) => score), papers.map(({ seconds }) => seconds)];
  return [...ends('score', targets?.score, scores), ...ends('time', targets?.time, times)];
}

function valueOf(
  { rank, items: known }: DrawPlan,
  { name, values }: Measure,
  paper: Pick<TalliedPaper, 'items' | 'score'>,
): number {
  if (name === 'score') return paper.score;
  return paper.items.reduce((sum, id) => {
    const item = known.get(id);
    return sum + (item ? (values[rank.get(item) ?? -1] ?? 0) : 0);
  }, 0);
}

function unevenness({ groups }: DrawPlan, uses: ReadonlyMap<string, number>): number {
  return groups.reduce((most, group) => {
    const questions = group.pool.flatMap((card) => questionsOf(group, card));
    const counts = questions.map(({ item }) => uses.get(item) ?? 0);
    return Math.max(most, Math.max(...counts) - Math.min(...counts));
  }, 0);
}

function overlapOf(rules: FormsSetting, forms: readonly TalliedPaper[]): number {
  let most = 0;
  const shiftOf = ({ form }: TalliedPaper): number => shiftOfForm(rules, formIndex(form));
  forms.forEach((one, at) => {
    for (const other of forms.slice(at + 1))
      if (shiftOf(one) !== shiftOf(other) || formIndex(one.form) >= rules.count)
        most = Math.max(most, commonOf(one.items, other.items));
  });
  return most;
}

function formIndex(code = ''): number {
  return Number(code) - Number(formCode(0));
}

function alikeNeighbours(rules: FormsSetting, seating: readonly SeatedAttempt[], papers: Papers): number {
  let alike = 0;
  for (const [one, other] of neighbours(seating, rules))
    if (papers.get(one.attempt)?.form === papers.get(other.attempt)?.form) alike++;
  return alike;
}

/** In seats where there are any; else on the class list, one after the other. */
function pairsOf({ manifest, seating, listed }: TalliedExam): [string, string][] {
  return manifest.forms
    ? [...neighbours(seating, manifest.forms)].map(([one, other]) => [one.attempt, other.attempt])
    : listed.slice(1).map((attempt, at) => [listed[at] ?? attempt, attempt]);
}

function formsOf(
  rules: FormsSetting,
  papers: readonly TalliedPaper[],
  forms: readonly TalliedPaper[],
  isTimed: boolean,
): NonNullable<ExamCertificate['forms']> {
  const given = new Map<string | undefined, number>();
  for (const { form } of papers) given.set(form, (given.get(form) ?? 0) + 1);
  return forms.map(({ form = '', score, seconds, paperHash }) => {
    const index = formIndex(form);
    return {
      code: form,
      ...(index < rules.count && { shift: shiftOfForm(rules, index) + 1 }),
      papers: given.get(form) ?? 0,
      score,
      ...(isTimed && { seconds }),
      paperHash,
    };
  });
}

function exposureOf(uses: ReadonlyMap<string, number>): ExamCertificate['exposure'] {
  const counts = new Map<number, number>();
  for (const count of uses.values()) counts.set(count, (counts.get(count) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b).map(([count, items]) => ({ uses: count, items }));
}

function timed({ groups }: DrawPlan): boolean {
  return groups.every((group) =>
    group.pool.every((card) => questionsOf(group, card).every(({ seconds }) => seconds !== undefined)),
  );
}
