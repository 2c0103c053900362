import { fillSentence, type Language } from '#bank/protocol';
import { REPORT_WORDS } from './words.ts';

export type Say = (key: keyof typeof REPORT_WORDS, values?: Record<string, string | number>) => string;

/** Looks words of the report up in one language and fills them. */
export function sayIn(language: Language): Say {
  return (key, values = {}) => fillSentence(REPORT_WORDS[key][language], values, language);
}
