import type { Constraint, Language } from '#bank/protocol';
import type { reportWords } from '../words/report.ts';
import { duration } from '../words/format.ts';
import type { Say } from '../words/words.ts';

/** Certificates count scores in 1/100,000 of a point. */
const PER_POINT = 100_000;

/** `5,13`; a figure that is not 0 is never shown as one. */
export function pointsText(score: number, language: Language): string {
  const digits = score > 0 && score < PER_POINT / 200 ? 4 : 2;
  return (score / PER_POINT).toLocaleString(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  });
}

/** Hundredths of a point as `10`. */
export function totalText(points: number, language: Language): string {
  return (points / 100).toLocaleString(language);
}

/** Hundredths of a question as `0,35`. */
export function hundredthsText(value: number, language: Language): string {
  return (value / 100).toLocaleString(language, { maximumFractionDigits: 2 });
}

/** Whole seconds as minutes and seconds, whole minutes only where there are many. */
export function timeText(seconds: number, language: Language): string {
  return duration(seconds >= 600 ? Math.round(seconds / 60) * 60 : seconds, language);
}

/** What a rule is called. */
export function ruleName({ name }: Constraint, t: Say<typeof reportWords>): string {
  if (name === 'score') return t('ruleScore');
  return name === 'time' ? t('ruleTime') : t(name);
}

/** A limit or what was achieved, in the unit of its rule. */
export function ruleFigure(
  { name }: Constraint,
  value: number,
  t: Say<typeof reportWords>,
  language: Language,
): string {
  if (name === 'score' || name.startsWith('target-score'))
    return t('points', { n: pointsText(value, language) });
  const isTime = name === 'time' || name.startsWith('target-time');
  return isTime ? t('seconds', { n: value }) : value.toLocaleString(language);
}

/** With these rules the figure must be reached, or kept above; with all others it must not be passed. */
export function limitSign({ name }: Constraint): string {
  if (name.endsWith('-least')) return '≥';
  return name === 'cells' || name === 'different' ? '=' : '≤';
}
