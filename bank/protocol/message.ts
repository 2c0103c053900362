import { formatMark } from './hundredths.ts';

export type Language = 'vi' | 'en';

/**
 * Sentences by code; `{name}` is replaced by the value of that name, `{name:mark}` by a mark in the notation of the
 * language, its value being whole hundredths of a point.
 */
export type MessageTable = Record<string, Record<Language, string>>;

/** Fills the placeholders of a sentence; a missing value leaves its name in braces. */
export function fillSentence(
  template: string,
  values: Record<string, string | number>,
  language: Language,
): string {
  return template.replace(/\{(\w+)(:mark)?\}/g, (whole, name: string, isMark?: string) => {
    const value = values[name];
    return isMark && typeof value === 'number' ? formatMark(value, language) : String(value ?? whole);
  });
}
