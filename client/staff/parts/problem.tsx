import { Button } from '@mantine/core';
import { ApiError, UNREACHABLE } from '../api/client.ts';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import { Callout } from './callout.tsx';
import { Sentence } from './sentence.tsx';

/** What went wrong and what to do next; `onRetry` where trying again may help. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const t = useWords(shellWords);
  return (
    <Callout tone="alarm" isUrgent>
      <ProblemText error={error} />
      {onRetry && (
        <Button variant="default" size="xs" mt="xs" display="block" onClick={onRetry}>
          {t('again')}
        </Button>
      )}
    </Callout>
  );
}

/** The sentence that the server wrote, that of its code where it gave only that, ours where no answer came. */
function ProblemText({ error }: { error: unknown }) {
  const t = useWords(shellWords);
  if (!(error instanceof ApiError) || error.code === UNREACHABLE) return t('noServer');
  return error.message || <Sentence code={error.code} values={error.values} />;
}
