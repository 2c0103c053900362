import type { ExamCertificate, ExamProfile, Language } from '#bank/protocol';
import {
  hundredthsText,
  instantText,
  limitSign,
  numberText,
  pointsText,
  ruleFigure,
  ruleName,
  timeText,
} from './figures.ts';
import { sayIn, type Say } from './say.ts';

/** More forms would not fit on the page. */
const MOST_FORMS = 24;
/** Lines that tell how often questions are used; where there are more counts they are gathered. */
const MOST_USES = 6;

export interface ReportTable {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What is certified about the papers of an exam, for whoever answers for it: every text in one language. */
export interface FairnessReport {
  title: string;
  /** Every rule is kept. */
  holds: boolean;
  verdict: string;
  how: string;
  scores: {
    title: string;
    /** Stands for the picture where it cannot be seen. */
    picture: string;
    counts: readonly number[];
    least: string;
    most: string;
    text: string;
    /** What guessing blindly brings, where it is known. */
    guessing?: string;
    note: string;
  };
  rules: {
    title: string;
    columns: readonly [string, string, string];
    rows: readonly { name: string; limit: string; achieved: string; holds: boolean; verdict: string }[];
  };
  /** `note` where the questions of a cell are not used equally often. */
  use: { title: string; note?: string; lines: readonly string[] };
  neighbours: { title: string; text: string };
  /** `table` is absent where there are too many forms. */
  forms?: { title: string; table: ReportTable } | { title: string; text: string };
  checks: { title: string; text: string; hashes: readonly (readonly [string, string])[]; command: string };
}

/** `hash`: that of the certificate, as the ledger has it; the page does not know it. */
export function fairnessReport(
  certificate: ExamCertificate,
  language: Language,
  hash?: string,
): FairnessReport {
  const say = sayIn(language);
  const { algorithm, papers, reserve, constraints, forms } = certificate;
  const broken = constraints.filter(({ holds }) => !holds).length;
  const way = certificate.equalUse === false ? 'drawnInTargets' : algorithm;
  const how = [say(way, { papers: numberText(papers, language) })];
  if (reserve > 0) how.push(say('reserve', { n: numberText(reserve, language) }));
  return {
    title: say('title'),
    holds: broken === 0,
    verdict: broken === 0 ? say('fair') : say('unfair', { n: broken }),
    how: how.join(' '),
    scores: scoresOf(certificate, say, language),
    rules: {
      title: say('rules'),
      columns: [say('rule'), say('limit'), say('achieved')],
      rows: constraints.map((one) => ({
        name: ruleName(one, say),
        limit: `${limitSign(one)} ${ruleFigure(one, one.limit, say, language)}`,
        achieved: ruleFigure(one, one.achieved, say, language),
        holds: one.holds,
        verdict: one.holds ? say('holds') : say('fails'),
      })),
    },
    use: {
      title: say('exposureTitle'),
      ...(certificate.equalUse === false && { note: say('unequalUse') }),
      lines: usesOf(certificate, say, language),
    },
    neighbours: { title: say('neighboursTitle'), text: neighboursOf(certificate, say, language) },
    ...(forms && { forms: formsOf(forms, say, language) }),
    checks: checksOf(certificate, say, hash),
  };
}

function scoresOf(
  { score, seconds, guessing, histogram, points, printed }: ExamCertificate,
  say: Say,
  language: Language,
): FairnessReport['scores'] {
  const ends = { least: pointsText(score.least, language), most: pointsText(score.most, language) };
  const sentences = [
    say('scoreText', {
      ...ends,
      points: hundredthsText(printed ?? points, language),
      mean: pointsText(score.mean, language),
      range: pointsText(score.most - score.least, language),
    }),
  ];
  if (printed !== undefined)
    sentences.push(say('printedScore', { points: hundredthsText(points, language) }));
  if (seconds)
    sentences.push(
      say('timeText', {
        least: timeText(seconds.least, language),
        most: timeText(seconds.most, language),
      }),
    );
  return {
    title: say('score'),
    picture: say('picture', ends),
    counts: histogram,
    ...ends,
    text: sentences.join(' '),
    ...(guessing && { guessing: guessingText(guessing, points, say, language) }),
    note: say('provisional'),
  };
}

function guessingText(
  { least, most }: NonNullable<ExamCertificate['guessing']>,
  total: number,
  say: Say,
  language: Language,
): string {
  const [low, high] = [pointsText(least, language), pointsText(most, language)];
  const points = hundredthsText(total, language);
  return low === high
    ? say('guessing', { n: low, points })
    : say('guessingRange', { least: low, most: high, points });
}

function usesOf({ exposure, forms }: ExamCertificate, say: Say, language: Language): string[] {
  const on = forms ? 'exposureForms' : 'exposurePapers';
  const portion = Math.ceil(exposure.length / MOST_USES);
  return Array.from({ length: Math.ceil(exposure.length / Math.max(1, portion)) }, (_, at) => {
    const part = exposure.slice(at * portion, (at + 1) * portion);
    const [least, most] = [part[0]?.uses ?? 0, part.at(-1)?.uses ?? 0];
    const items = numberText(
      part.reduce((sum, one) => sum + one.items, 0),
      language,
    );
    if (least === most) return say(on, { items, uses: numberText(least, language) });
    return say(`${on}Range`, {
      items,
      least: numberText(least, language),
      most: numberText(most, language),
    });
  });
}

function neighboursOf(
  { neighbours: { pairs, mean, most }, questions }: ExamCertificate,
  say: Say,
  language: Language,
): string {
  return say('neighboursText', {
    pairs: numberText(pairs, language),
    mean: hundredthsText(mean, language),
    most,
    questions,
  });
}

function formsOf(
  forms: NonNullable<ExamCertificate['forms']>,
  say: Say,
  language: Language,
): NonNullable<FairnessReport['forms']> {
  const title = say('formsTitle');
  if (forms.length > MOST_FORMS)
    return { title, text: say('formsMany', { n: numberText(forms.length, language) }) };
  const isTimed = forms.some(({ seconds }) => seconds !== undefined);
  const columns = [say('code'), say('shift'), say('papers'), say('expected')];
  if (isTimed) columns.push(say('time'));
  const rows = forms.map(({ code, shift, papers, score, seconds }) => {
    const row = [
      code,
      shift === undefined ? say('inReserve') : String(shift),
      numberText(papers, language),
      pointsText(score, language),
    ];
    if (isTimed) row.push(seconds === undefined ? '–' : timeText(seconds, language));
    return row;
  });
  return { title, table: { columns, rows } };
}

function checksOf(
  { exam, seedCommitment, manifestHash, snapshotHash, papersRoot }: ExamCertificate,
  say: Say,
  hash: string | undefined,
): FairnessReport['checks'] {
  const hashes: [string, string][] = [
    [say('commitment'), seedCommitment],
    [say('manifest'), manifestHash],
    [say('snapshot'), snapshotHash],
    [say('papersRoot'), papersRoot],
  ];
  if (hash !== undefined) hashes.push([say('certificate'), hash]);
  const file = `niem-papers-${exam}.json`;
  return {
    title: say('check'),
    text: say('checkText'),
    hashes,
    command: `niem verify-papers ${file} --commitment ${seedCommitment} --manifest ${manifestHash}`,
  };
}

/** What is told of the exam itself: nothing that changes once its papers are sealed. */
export interface ReportedExam {
  code: string;
  profile: ExamProfile;
  candidates: number;
  durationSeconds: number;
  /** Milliseconds since 1970 UTC. */
  sealedAt?: number;
  deadline?: number;
}

/** What a report on paper says besides: the exam in names and values, who signs where, how the report came about. */
export interface ReportFrame {
  facts: [string, string][];
  signatures: [string, string][];
  made: string;
}

/** The frame of the report on paper. */
export function reportFrame(
  { code, profile, candidates, durationSeconds, sealedAt, deadline }: ReportedExam,
  { questions, points }: Pick<ExamCertificate, 'questions' | 'points'>,
  language: Language,
): ReportFrame {
  const say = sayIn(language);
  const facts: [string, string][] = [
    [say('factCode'), code],
    [say('factProfile'), profile],
    [say('factCandidates'), numberText(candidates, language)],
    [
      say('factQuestions'),
      say('questionsAndPoints', { n: questions, points: hundredthsText(points, language) }),
    ],
    [say('factDuration'), timeText(durationSeconds, language)],
  ];
  if (deadline !== undefined) facts.push([say('factDeadline'), instantText(deadline, say)]);
  if (sealedAt !== undefined) facts.push([say('factSealed'), instantText(sealedAt, say)]);
  const signatures: [string, string][] = [
    [say('signer'), say('signerHow')],
    [say('head'), say('headHow')],
  ];
  return { facts, signatures, made: say('made') };
}
