import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

const Tell = createContext<(text: string) => void>(() => undefined);

const SHOWN_MS = 10_000;

/** Says in one line that something is done. The page shows the same by itself, so the line may go after a while. */
export function useNotice(): (text: string) => void {
  return useContext(Tell);
}

export function Notices({ children }: { children: ReactNode }) {
  const t = useWords(shellWords);
  const [notice, setNotice] = useState({ text: '', count: 0 });
  const tell = useCallback((text: string) => setNotice(({ count }) => ({ text, count: count + 1 })), []);
  useEffect(() => {
    if (notice.text === '') return undefined;
    const timer = setTimeout(() => tell(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, tell]);
  return (
    <Tell value={tell}>
      {children}
      <output className="notices">
        {notice.text && (
          <div className="notice" key={notice.count}>
            <span>{notice.text}</span>
            <button type="button" onClick={() => tell('')} aria-label={t('close')}>
              ✕
            </button>
          </div>
        )}
      </output>
    </Tell>
  );
}
