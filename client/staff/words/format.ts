import type { Language } from '#bank/protocol';

/** `24/11/2026 09:41`, in the time zone of the device. */
export function dateTime(milliseconds: number): string {
  const moment = new Date(milliseconds);
  return `${moment.toLocaleDateString('en-GB')} ${moment.toTimeString().slice(0, 5)}`;
}

/** `09:41:20`. */
export function clockTime(milliseconds: number): string {
  return new Date(milliseconds).toTimeString().slice(0, 8);
}

/** `1 giờ 5 phút`, `45 minutes`, `20 giây`. */
export function duration(seconds: number, language: Language): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ];
  const told = parts.filter(([value]) => value > 0);
  return (told.length > 0 ? told : parts.slice(2))
    .map(([value, unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value),
    )
    .join(' ');
}

/** Whole numbers with the separators of the language. */
export function number(value: number, language: Language): string {
  return value.toLocaleString(language);
}

/** Vietnamese order of names: by the given name, which comes last. */
export function byGivenName(a: string, b: string): number {
  const collator = new Intl.Collator('vi');
  const given = (name: string) => name.trim().split(/\s+/).at(-1) ?? '';
  return collator.compare(given(a), given(b)) || collator.compare(a, b);
}
