import { Button, Group, Progress, Text } from '@mantine/core';
import { ApiError } from '../api/client.ts';
import type { Job } from '../api/jobs.ts';
import { number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { jobWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import { Callout } from './callout.tsx';
import { Problem } from './problem.tsx';
import { Sentence } from './sentence.tsx';

/** How far a job is, with a way to stop it, or why it ended without a result. Nothing once it is done. */
export function JobProgress({ job, label }: { job: Job<unknown>; label: string }) {
  const t = useWords(jobWords);
  const language = useLanguage();
  const { view, isRunning, error } = job;
  if (error) return <JobLost error={error} />;
  if (view?.state === 'failed' && view.error) {
    return (
      <Callout tone="alarm" isUrgent>
        <Sentence code={view.error.code} values={view.error.values} />
      </Callout>
    );
  }
  if (view?.state === 'cancelled') return <Text role="alert">{t('cancelled')}</Text>;
  if (!isRunning) return null;
  const { done = 0, total = 0 } = view ?? {};
  const counts = { done: number(done, language), total: number(total, language) };
  return (
    <div className="job">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{label}</Text>
        <Text className="tabular" c="dimmed">
          {total > 0 ? t('progress', counts) : t('starting')}
        </Text>
      </Group>
      <Progress
        value={total > 0 ? (done / total) * 100 : 100}
        animated={total === 0}
        striped={total === 0}
        size="lg"
        aria-label={label}
      />
      {view && (
        <Button variant="default" size="xs" mt="xs" onClick={job.cancel}>
          {t('cancel')}
        </Button>
      )}
    </div>
  );
}

function JobLost({ error }: { error: unknown }) {
  const t = useWords(jobWords);
  const isLost = error instanceof ApiError && error.code === 'not-found';
  if (!isLost) return <Problem error={error} />;
  return (
    <Callout tone="care" isUrgent>
      {t('lost')}
    </Callout>
  );
}
