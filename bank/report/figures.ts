import type { Constraint, Language } from '#bank/protocol';
import type { Say } from './say.ts';

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

/** Hundredths of a point as `10`, of a question as `0,35`. */
export function hundredthsText(value: number, language: Language): string {
  return (value / 100).toLocaleString(language, { maximumFractionDigits: 2 });
}

/** Whole numbers with the separators of the language. */
export function numberText(value: number, language: Language): string {
  return value.toLocaleString(language);
}

/** Whole seconds as `12 phút 30 giây`, whole minutes only where there are many. */
export function timeText(seconds: number, language: Language): string {
  const whole = seconds >= 600 ? Math.round(seconds / 60) * 60 : seconds;
  const parts: [number, string][] = [
    [Math.floor(whole / 60), 'minute'],
    [whole % 60, 'second'],
  ];
  const told = parts.filter(([value]) => value > 0);
  return (told.length > 0 ? told : parts.slice(1))
    .map(([value, unit]) => value.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'long' }))
    .join(' ');
}

const VIETNAM_MS = 7 * 60 * 60 * 1000;

/** A moment in Vietnam, wherever the server stands. */
export function instantText(milliseconds: number, say: Say): string {
  const [date = '', time = ''] = new Date(milliseconds + VIETNAM_MS).toISOString().split('T');
  return say('instant', { time: time.slice(0, 5), date: date.split('-').reverse().join('/') });
}

/** What a rule is called. */
export function ruleName({ name }: Constraint, say: Say): string {
  if (name === 'score') return say('ruleScore');
  return name === 'time' ? say('ruleTime') : say(name);
}

/** A limit or what was achieved, in the unit of its rule. */
export function ruleFigure({ name }: Constraint, value: number, say: Say, language: Language): string {
  if (name === 'score' || name.startsWith('target-score'))
    return say('points', { n: pointsText(value, language) });
  const isTime = name === 'time' || name.startsWith('target-time');
  return isTime ? say('seconds', { n: value }) : numberText(value, language);
}

/** With these rules the figure must be reached, or kept above; with all others it must not be passed. */
export function limitSign({ name }: Constraint): string {
  if (name.endsWith('-least')) return '≥';
  return name === 'cells' || name === 'different' ? '=' : '≤';
}
