import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { LIMITS, type MediaList, type MediaRun, type MediaSummary } from '#bank/protocol';
import { api } from '../api/client.ts';
import { allPages, search } from '../api/pages.ts';
import { uploadWithProgress } from '../api/upload.ts';
import { Problem } from '../parts/problem.tsx';
import { mediaWords } from '../words/media.ts';
import { useWords } from '../words/words.ts';

const MEGABYTE = 1024 * 1024;

interface MediaFieldsProps {
  bank: string;
  value: readonly MediaRun[];
  onChange(value: readonly MediaRun[]): void;
}

/** Audio and video of a question: uploaded, or chosen from the bank, each with its title and its plays. */
export function MediaFields({ bank, value, onChange }: MediaFieldsProps) {
  const t = useWords(mediaWords);
  const files = useQuery({
    queryKey: ['bank', bank, 'media'],
    queryFn: () =>
      allPages(
        (after) => api.get<MediaList>(`/banks/${bank}/media${search({ after })}`),
        ({ media }) => media,
      ),
  });
  const add = ({ id, kind, name }: MediaSummary) => {
    const title = name.replace(/\.\w{1,5}$/, '').slice(0, LIMITS.mediaTitle);
    onChange([...value, { t: 'media', media: id, kind, title }]);
  };
  const free = (files.data ?? []).filter(({ id }) => value.every(({ media }) => media !== id));
  return (
    <fieldset className="plain-set">
      <legend>{t('title')}</legend>
      <p className="quiet">{t('hint', { mb: LIMITS.mediaBytes / MEGABYTE })}</p>
      {value.map((run, index) => (
        <RunFields
          key={run.media}
          run={run}
          n={index + 1}
          onChange={(changed) => onChange(value.map((one) => (one === run ? changed : one)))}
          onRemove={() => onChange(value.filter((one) => one !== run))}
        />
      ))}
      {value.length < LIMITS.mediaPerItem && (
        <>
          <Upload bank={bank} onDone={add} />
          {free.length > 0 && (
            <Select
              mt="sm"
              label={t('fromBank')}
              placeholder={t('none')}
              data={free.map((file) => ({
                value: file.id,
                label: t('file', { name: file.name, length: clock(file.length) }),
              }))}
              value={null}
              onChange={(chosen) => {
                const file = free.find(({ id }) => id === chosen);
                if (file) add(file);
              }}
            />
          )}
        </>
      )}
      <Unused bank={bank} files={free.filter(({ used }) => !used)} />
    </fieldset>
  );
}

function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

interface RunFieldsProps {
  run: MediaRun;
  n: number;
  onChange(run: MediaRun): void;
  onRemove(): void;
}

function RunFields({ run, n, onChange, onRemove }: RunFieldsProps) {
  const t = useWords(mediaWords);
  const { plays: _plays, ...unlimited } = run;
  return (
    <fieldset className="plain-set">
      <legend>{t('number', { n })}</legend>
      <TextInput
        label={t('name')}
        description={t('nameHint')}
        required
        maxLength={LIMITS.mediaTitle}
        value={run.title}
        onChange={(event) => onChange({ ...run, title: event.currentTarget.value })}
      />
      <NumberInput
        label={t('plays')}
        description={t('playsHint')}
        min={1}
        max={LIMITS.playsPerMedia}
        allowDecimal={false}
        clampBehavior="strict"
        value={run.plays ?? ''}
        onChange={(plays) => onChange(typeof plays === 'number' ? { ...run, plays } : unlimited)}
      />
      <Textarea
        label={t('transcript')}
        description={t('transcriptHint')}
        rows={2}
        maxLength={LIMITS.textRun}
        value={run.transcript ?? ''}
        onChange={(event) => onChange({ ...run, transcript: event.currentTarget.value })}
      />
      <Button size="xs" mt="xs" variant="default" onClick={onRemove}>
        {t('remove')}
      </Button>
    </fieldset>
  );
}

function Upload({ bank, onDone }: { bank: string; onDone(file: MediaSummary): void }) {
  const t = useWords(mediaWords);
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [part, setPart] = useState(0);
  const upload = useMutation({
    mutationFn: (file: File) => uploadWithProgress<MediaSummary>(`/banks/${bank}/media`, file, setPart),
    onSuccess(file) {
      void queries.invalidateQueries({ queryKey: ['bank', bank, 'media'] });
      onDone(file);
    },
  });
  const percent = Math.round(part * 100);
  return (
    <>
      <Button variant="default" mt="sm" disabled={upload.isPending} onClick={() => input.current?.click()}>
        {t('upload')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('upload')}
        accept="audio/*,video/mp4,video/webm"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          setPart(0);
          if (file) upload.mutate(file);
          event.currentTarget.value = '';
        }}
      />
      {upload.isPending && (
        <output className="quiet">{percent < 100 ? t('uploading', { percent }) : t('reading')}</output>
      )}
      {upload.error && <Problem error={upload.error} />}
    </>
  );
}

/** Files that nobody needs yet can go. */
function Unused({ bank, files }: { bank: string; files: readonly MediaSummary[] }) {
  const t = useWords(mediaWords);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => api.remove(`/banks/${bank}/media/${id}`),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['bank', bank, 'media'] }),
  });
  if (files.length === 0) return null;
  return (
    <details>
      <summary>{t('unused')}</summary>
      <ul className="plain-list">
        {files.map(({ id, name }) => (
          <li key={id}>
            {name}{' '}
            <Button
              size="xs"
              variant="default"
              aria-label={`${t('delete')}: ${name}`}
              onClick={() => remove.mutate(id)}
            >
              {t('delete')}
            </Button>
          </li>
        ))}
      </ul>
      {remove.error && <Problem error={remove.error} />}
    </details>
  );
}
