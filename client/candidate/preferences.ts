import type { Language } from './ui.ts';

export const THEMES = ['auto', 'light', 'dark', 'contrast'] as const;
export const SIZES = [0, 1, 2, 3] as const;

/** How this person wants to see the page; kept on the device because it says nothing about the exam. */
export interface Preferences {
  language: Language | null;
  theme: (typeof THEMES)[number];
  size: (typeof SIZES)[number];
  isClockHidden: boolean;
  hasKeys: boolean;
}

const PLACE = 'niem-view';
const DEFAULTS: Preferences = {
  language: null,
  theme: 'auto',
  size: 0,
  isClockHidden: false,
  hasKeys: false,
};

export function loadPreferences(): Preferences {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(PLACE) ?? '{}') };
  } catch {
    return DEFAULTS;
  }
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(preferences));
  } catch {
    /* A browser that refuses storage shows the page all the same. */
  }
}

/** For the next person at this device. */
export function forgetPreferences(): void {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    /* Nothing was kept then. */
  }
}

function preferredTheme(): string {
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Puts the settings on the root element, where the style sheet reads them. */
export function applyPreferences({ theme, size, language }: Preferences): void {
  const root = document.documentElement;
  root.dataset['theme'] = theme === 'auto' ? preferredTheme() : theme;
  root.dataset['size'] = String(size);
  root.lang = language ?? 'vi';
}
