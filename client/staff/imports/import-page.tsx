import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { BankView, ImportStarted, ImportView } from '#bank/protocol';
import { api, ApiError } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { BankPage } from '../banks/bank-page.tsx';
import { useBank } from '../banks/bank-queries.ts';
import { Callout } from '../parts/callout.tsx';
import { JobProgress } from '../parts/job-progress.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { number } from '../words/format.ts';
import { importWords } from '../words/imports.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';
import { importJob } from './import-job.ts';
import { ImportRows } from './import-rows.tsx';
import './imports.css';

const POLL_MS = 1_000;

/** One import: read, looked at, taken over. */
export function ImportPage({ params }: { params: Record<string, string> }) {
  const t = useWords(importWords);
  const bank = useBank(params['bank'] ?? '');
  if (bank.isPending) return <Loading />;
  if (bank.error) return <Problem error={bank.error} onRetry={() => void bank.refetch()} />;
  return (
    <BankPage bank={bank.data} title={t('title')}>
      <Steps bank={bank.data} id={params['import'] ?? ''} />
    </BankPage>
  );
}

function Steps({ bank, id }: { bank: BankView; id: string }) {
  const t = useWords(importWords);
  const path = `/banks/${bank.id}/imports/${id}`;
  const queries = useQueryClient();
  const key = ['bank', bank.id, 'import', id];
  const view = useQuery({
    queryKey: key,
    queryFn: () => api.get<ImportView>(path),
    refetchInterval: ({ state }) =>
      state.status === 'success' && ['reading', 'committing'].includes(state.data?.state ?? '')
        ? POLL_MS
        : false,
    retry: false,
  });
  const job = useJob({
    name: importJob(id),
    start: () => api.post<ImportStarted>(`${path}/commit`),
    onDone: () => void queries.invalidateQueries({ queryKey: ['bank', bank.id] }),
  });
  const state = view.data?.state;
  const isCommitting = state === 'committing' || state === 'done';
  const hasFailed = job.view?.state === 'failed' || job.view?.state === 'cancelled';
  return (
    <>
      {(job.isRunning || hasFailed) && (
        <Section title={hasFailed ? t('failed') : isCommitting ? t('committing') : t('reading')}>
          <JobProgress job={job} label={isCommitting ? t('committing') : t('reading')} />
          {hasFailed && <OtherFile bank={bank.id} />}
        </Section>
      )}
      {!hasFailed && view.error && <Gone error={view.error} bank={bank.id} />}
      {view.isPending && <Loading />}
      {state === 'ready' && view.data && !job.isRunning && (
        <Preview bank={bank} view={view.data} error={job.error} onCommit={job.start} />
      )}
      {state === 'done' && view.data && <Done bank={bank.id} view={view.data} />}
    </>
  );
}

function OtherFile({ bank }: { bank: string }) {
  const t = useWords(importWords);
  return (
    <Button component="a" href={`#/banks/${bank}/import`} mt="md">
      {t('otherFile')}
    </Button>
  );
}

function Gone({ error, bank }: { error: unknown; bank: string }) {
  const t = useWords(importWords);
  if (!(error instanceof ApiError) || error.code !== 'not-found') return <Problem error={error} />;
  return (
    <Section title={t('fileTitle')}>
      <p>{t('gone')}</p>
      <OtherFile bank={bank} />
    </Section>
  );
}

interface PreviewProps {
  bank: BankView;
  view: ImportView;
  error: unknown;
  onCommit(): void;
}

function Preview({ bank, view, error, onCommit }: PreviewProps) {
  const t = useWords(importWords);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const discard = useMutation({
    mutationFn: () => api.remove(`/banks/${bank.id}/imports/${view.id}`),
    onSuccess: () => navigate(`/banks/${bank.id}/import`),
  });
  const { counts } = view;
  const taken = counts.added + counts.changed;
  return (
    <Section title={t('previewTitle')}>
      {view.problems.map(({ code, text }) => (
        <Callout key={code} tone="care">
          {text}
        </Callout>
      ))}
      <Counts view={view} />
      <p className="quiet note">{taken > 0 ? t('commitHint') : t('nothing')}</p>
      <Group my="md">
        {taken > 0 && <Button onClick={onCommit}>{t('commit', { n: number(taken, language) })}</Button>}
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
          {t('discard')}
        </Button>
      </Group>
      {error ? <Problem error={error} /> : null}
      {discard.error && <Problem error={discard.error} />}
      <ImportRows bank={bank.id} view={view} />
    </Section>
  );
}

function Counts({ view: { counts } }: { view: ImportView }) {
  const t = useWords(importWords);
  const language = useLanguage();
  const names = ['rows', 'added', 'changed', 'same', 'warnings', 'refused'] as const;
  return (
    <dl className="counts">
      {names.map((name) => (
        <div key={name} data-tone={counts[name] > 0 ? TONES[name] : undefined}>
          <dt>{t(name)}</dt>
          <dd>{number(counts[name], language)}</dd>
        </div>
      ))}
    </dl>
  );
}

const TONES: Record<string, string> = {
  warnings: 'care',
  refused: 'alarm',
  added: 'accent',
  changed: 'accent',
};

function Done({ bank, view: { counts } }: { bank: string; view: ImportView }) {
  const t = useWords(importWords);
  const language = useLanguage();
  return (
    <Section title={t('doneTitle')}>
      <p>
        {t('doneText', {
          added: number(counts.added, language),
          changed: number(counts.changed, language),
          refused: number(counts.refused, language),
        })}
      </p>
      <Group mt="md">
        <Button component="a" href={`#/banks/${bank}`}>
          {t('toBank')}
        </Button>
        <Button component="a" href={`#/banks/${bank}/import`} variant="default">
          {t('again')}
        </Button>
      </Group>
    </Section>
  );
}
