import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

export function Loading() {
  const t = useWords(shellWords);
  return <output className="loading">{t('loading')}</output>;
}
