import { Button, Group, Select, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { LEVELS, LIMITS, type BankView, type ImportStarted } from '#bank/protocol';
import { api } from '../api/client.ts';
import { followLater } from '../api/jobs.ts';
import { search } from '../api/pages.ts';
import { BankPage } from '../banks/bank-page.tsx';
import { useBank } from '../banks/bank-queries.ts';
import { FileField } from '../parts/file-field.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { importWords } from '../words/imports.ts';
import { levelNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { importJob } from './import-job.ts';

const MEGABYTE = 1024 * 1024;

/** The beginning of an import: template, file, and what questions get that name no topic. */
export function ImportStart({ params }: { params: Record<string, string> }) {
  const t = useWords(importWords);
  const bank = useBank(params['bank'] ?? '');
  if (bank.isPending) return <Loading />;
  if (bank.error) return <Problem error={bank.error} onRetry={() => void bank.refetch()} />;
  return (
    <BankPage bank={bank.data} title={t('title')} lead={t('lead')}>
      <Template />
      <Section title={t('fileTitle')}>
        <FileForm bank={bank.data} />
      </Section>
    </BankPage>
  );
}

function Template() {
  const t = useWords(importWords);
  const download = useMutation({ mutationFn: () => api.download('/question-template') });
  return (
    <Section title={t('templateTitle')}>
      <p className="quiet">{t('templateHint')}</p>
      <Button variant="default" mt="sm" loading={download.isPending} onClick={() => download.mutate()}>
        {t('template')}
      </Button>
      {download.error && <Problem error={download.error} />}
    </Section>
  );
}

function FileForm({ bank }: { bank: BankView }) {
  const t = useWords(importWords);
  const levelName = useWords(levelNames);
  const [, navigate] = useLocation();
  const [file, setFile] = useState<File | null>(null);
  const [topic, setTopic] = useState<string | null>(null);
  const [level, setLevel] = useState<string | null>(null);
  const upload = useMutation({
    mutationFn: (chosen: File) =>
      api.upload<ImportStarted>(`/banks/${bank.id}/imports${search({ topic, level })}`, chosen),
    onSuccess: (started) => {
      followLater(importJob(started.import), started.job);
      navigate(`/banks/${bank.id}/import/${started.import}`);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (file) upload.mutate(file);
  };
  return (
    <form onSubmit={send} className="form">
      <Stack gap="lg">
        <FileField
          label={t('file')}
          hint={t('fileHint', { mb: Math.floor(LIMITS.uploadBytes / MEGABYTE) })}
          choose={t('choose')}
          accept=".xlsx,.csv,.gift,.txt"
          file={file}
          onChange={setFile}
        />
        <fieldset className="plain-set">
          <legend>{t('defaults')}</legend>
          <Group>
            <Select
              label={t('topic')}
              placeholder={t('none')}
              clearable
              data={[...bank.topics]}
              value={topic}
              onChange={setTopic}
            />
            <Select
              label={t('level')}
              placeholder={t('none')}
              clearable
              data={LEVELS.map((name) => ({ value: name, label: levelName(name) }))}
              value={level}
              onChange={setLevel}
            />
          </Group>
        </fieldset>
        {upload.error && <Problem error={upload.error} />}
        <Group>
          <Button type="submit" disabled={!file} loading={upload.isPending}>
            {t('read')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
