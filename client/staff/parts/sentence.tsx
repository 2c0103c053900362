import { lazy, Suspense } from 'react';
import type { ProblemValues } from '../api/client.ts';
import { useLanguage } from '../words/language.ts';

interface SentenceProps {
  /** Stable code of a refusal or remark. */
  code: string;
  values?: ProblemValues | undefined;
}

const Told = lazy(async () => {
  const { sentence } = await import('./sentences.ts');
  return {
    default: ({ code, values = {} }: SentenceProps) => sentence(code, values, useLanguage()),
  };
});

/** What a code of the engine means, in the reader's language; for what comes as a code and not as a sentence. */
export function Sentence(props: SentenceProps) {
  return (
    <Suspense fallback="…">
      <Told {...props} />
    </Suspense>
  );
}
