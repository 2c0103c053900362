import { createContext, useContext } from 'react';
import { vi } from '../i18n/entry.vi.ts';
import type { Translate, Translation } from '../i18n/translate.ts';
import type { Preferences } from './preferences.ts';

export type Language = 'vi' | 'en';
type EntryWords = Translation<typeof vi>;

/** What every part of the page shares: the words of the first screen and the settings of the eye. */
export interface Ui {
  t: Translate<typeof vi>;
  preferences: Preferences;
  change(preferences: Partial<Preferences>): void;
}

export const VIETNAMESE: EntryWords = vi;

/** Vietnamese is part of the page, English is loaded. */
export async function loadWords(language: Language): Promise<EntryWords> {
  return language === 'vi' ? vi : (await import('../i18n/entry.en.ts')).en;
}

export const UiContext = createContext<Ui | null>(null);

export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (!ui) throw new Error('outside of the page');
  return ui;
}
