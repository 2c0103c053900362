import type { ReactNode } from 'react';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import { LanguageSwitch, SchemeSwitch } from './switches.tsx';

/** The frame of the pages outside: sign-in and one-time links. `isOver` lies above the page that goes on behind. */
export function Threshold({ isOver = false, children }: { isOver?: boolean; children: ReactNode }) {
  const t = useWords(shellWords);
  return (
    <div className={isOver ? 'threshold over' : 'threshold'}>
      <header className="threshold-head">
        <span className="brand">
          <Seal /> {t('product')}
        </span>
        <span className="switches">
          <SchemeSwitch />
          <LanguageSwitch />
        </span>
      </header>
      <main className="threshold-card">
        <p className="tagline">{t('tagline')}</p>
        {children}
      </main>
    </div>
  );
}

export function Seal() {
  return (
    <svg className="seal" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <circle cx="16" cy="16" r="15" />
      <path d="M10 23V9l12 14V9" />
    </svg>
  );
}
