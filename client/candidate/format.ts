import type { Language } from './ui.ts';

/** `09:41:20`, or `09:41`, in the time zone of the device. */
export function clockTime(milliseconds: number, hasSeconds = false): string {
  return new Date(milliseconds).toTimeString().slice(0, hasSeconds ? 8 : 5);
}

/** `24/11/2026 09:41`. */
export function dateAndTime(milliseconds: number): string {
  return `${new Date(milliseconds).toLocaleDateString('en-GB')} ${clockTime(milliseconds, true)}`;
}

/** `1:05:09` or `05:09`; a started second counts whole, so that zero means over. */
export function countdown(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}

/** `1 giờ 5 phút`: for sentences and for the ear. Seconds only below five minutes. */
export function spokenTime(milliseconds: number, language: Language): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds < 300 ? seconds % 60 : 0, 'second'],
  ];
  const told = parts.filter(([value]) => value > 0);
  return (told.length > 0 ? told : parts.slice(2))
    .map(([value, unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value),
    )
    .join(' ');
}

export { formatMark as points } from '#bank/marks';

export function roman(number: number): string {
  return ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'][number - 1] ?? String(number);
}
