import { ACCOMMODATION_LIMITS, type ExtraTime } from '#bank/protocol';

/** As a spreadsheet keeps a cell that shows 25%. */
const SHARE = /^0[.,](\d{1,2})$/;
const FACTOR = /^[x×]\s*(\d(?:[.,]\d{1,2})?)$/i;
const PERCENT = /^\+?\s*(\d{1,3})\s*%$/;
const MINUTES = /^\+?\s*(\d{1,3})\s*(?:phút|phut|ph|minutes?|mins?|['′])\.?$/i;

/**
 * `×1,25`, `+25%`, `0.25` or `15 phút` as extra time; null when it is none of them or not within `ACCOMMODATION_LIMITS`. A bare
 * number is refused: nobody can tell whether 2 means twice the time or two minutes.
 */
export function readExtraTime(text: string): ExtraTime | null {
  const trimmed = text.normalize('NFC').trim();
  const factor = FACTOR.exec(trimmed)?.[1];
  const share = SHARE.exec(trimmed)?.[1]?.padEnd(2, '0');
  const percent = factor
    ? Math.round(Number(factor.replace(',', '.')) * 100) - 100
    : (share ?? PERCENT.exec(trimmed)?.[1]);
  const minutes = MINUTES.exec(trimmed)?.[1];
  if (percent !== undefined) return within(Number(percent), ACCOMMODATION_LIMITS.percent, 'percent');
  return minutes === undefined ? null : within(Number(minutes), ACCOMMODATION_LIMITS.minutes, 'minutes');
}

function within(value: number, most: number, unit: 'percent' | 'minutes'): ExtraTime | null {
  if (value < 1 || value > most) return null;
  return unit === 'percent' ? { percent: value } : { minutes: value };
}
