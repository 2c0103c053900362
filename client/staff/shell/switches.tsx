import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { chooseLanguage, useLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

/** Offers the other language, in its own words. */
export function LanguageSwitch() {
  const t = useWords(shellWords);
  const other = useLanguage() === 'vi' ? 'en' : 'vi';
  return (
    <button type="button" className="switch" lang={other} onClick={() => chooseLanguage(other)}>
      {t('toEnglish')}
    </button>
  );
}

export function SchemeSwitch() {
  const t = useWords(shellWords);
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  return (
    <button type="button" className="switch" onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>
      {isDark ? t('toLight') : t('toDark')}
    </button>
  );
}
