import { fillSentence, type Language, type MessageTable } from '#bank/protocol';
import type { Names, Values } from '../../i18n/translate.ts';
import { useLanguage } from './language.ts';

/** A sentence stays only when both languages name the same values. */
type SameNames<W extends MessageTable> = {
  [K in keyof W]: [Names<W[K]['vi']>] extends [Names<W[K]['en']>]
    ? [Names<W[K]['en']>] extends [Names<W[K]['vi']>]
      ? W[K]
      : { vi: W[K]['vi']; en: 'names other values than the Vietnamese sentence' }
    : { vi: W[K]['vi']; en: 'names other values than the Vietnamese sentence' };
};

/** The words of one part of the pages, both languages side by side; a missing one does not compile. */
export function defineWords<const W extends MessageTable>(words: W & SameNames<W>): W {
  return words;
}

export type Say<W extends MessageTable> = <K extends keyof W & string>(
  key: K,
  ...values: Values<W[K]['vi']>
) => string;

/** Looks words up in one language and fills them. */
export function sayer<W extends MessageTable>(words: W, language: Language): Say<W> {
  return (key, ...[values]) => fillSentence(words[key]?.[language] ?? key, values ?? {}, language);
}

export function useWords<W extends MessageTable>(words: W): Say<W> {
  return sayer(words, useLanguage());
}
