import { useSyncExternalStore } from 'react';
import type { Language } from '#bank/protocol';

const PLACE = 'niem-staff-language';
const listeners = new Set<() => void>();
let current: Language = stored();

function stored(): Language {
  try {
    return localStorage.getItem(PLACE) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

/** The language of the page and of the server's sentences; Vietnamese until the reader chooses English. */
export function currentLanguage(): Language {
  return current;
}

export function chooseLanguage(language: Language): void {
  current = language;
  document.documentElement.lang = language;
  try {
    localStorage.setItem(PLACE, language);
  } catch {
    /* A browser that refuses storage keeps the choice until it is closed. */
  }
  for (const tell of listeners) tell();
}

export function useLanguage(): Language {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, currentLanguage);
}
