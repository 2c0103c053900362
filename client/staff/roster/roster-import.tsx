import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ExamView, RosterReport } from '#bank/protocol';
import { api } from '../api/client.ts';
import { useExamRefresh } from '../exams/exam-queries.ts';
import { Callout } from '../parts/callout.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { FileField } from '../parts/file-field.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { Tag } from '../parts/tag.tsx';
import { rosterWords } from '../words/roster.ts';
import { useWords } from '../words/words.ts';
import '../imports/imports.css';

type Row = RosterReport['rows'][number];
type RowProblem = Row['problems'][number];

/** A class list: chosen, looked at, taken over. */
export function RosterImport({ exam }: { exam: ExamView }) {
  const t = useWords(rosterWords);
  const notice = useNotice();
  const refresh = useExamRefresh(exam.id);
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({
    mutationFn: (chosen: File) => api.upload<RosterReport>(`/exams/${exam.id}/roster/preview`, chosen),
  });
  const commit = useMutation({
    mutationFn: (chosen: File) => api.upload<RosterReport>(`/exams/${exam.id}/roster`, chosen),
    onSuccess: ({ added, changed, refused }) => {
      notice(t('done', { added, changed, refused }));
      choose(null);
      refresh();
    },
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    preview.reset();
    commit.reset();
  };
  const read = (event: FormEvent) => {
    event.preventDefault();
    if (file) preview.mutate(file);
  };
  if (preview.data && file) {
    return (
      <Section title={t('previewTitle')}>
        <Report
          report={preview.data}
          isPending={commit.isPending}
          error={commit.error}
          onCommit={() => commit.mutate(file)}
          onDrop={() => choose(null)}
        />
      </Section>
    );
  }
  return (
    <Section title={t('importTitle')}>
      <form onSubmit={read} className="form">
        <Stack>
          <FileField
            label={t('file')}
            hint={t('fileHint')}
            choose={t('choose')}
            accept=".xlsx,.csv"
            file={file}
            onChange={choose}
          />
          {preview.error && <Problem error={preview.error} />}
          <Group>
            <Button type="submit" disabled={!file} loading={preview.isPending}>
              {t('preview')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

interface ReportProps {
  report: RosterReport;
  isPending: boolean;
  error: unknown;
  onCommit(): void;
  onDrop(): void;
}

const TONES = { added: 'accent', changed: 'accent', same: undefined, refused: 'alarm' } as const;

function Report({ report, isPending, error, onCommit, onDrop }: ReportProps) {
  const t = useWords(rosterWords);
  const taken = report.added + report.changed;
  const names = ['added', 'changed', 'same', 'refused'] as const;
  return (
    <>
      {report.problems.map((problem, index) => (
        <Callout key={index} tone="care">
          <Remark problem={problem} />
        </Callout>
      ))}
      <dl className="counts">
        {names.map((name) => (
          <div key={name} data-tone={report[name] > 0 ? TONES[name] : undefined}>
            <dt>{t(name)}</dt>
            <dd>{report[name]}</dd>
          </div>
        ))}
      </dl>
      <Group my="md">
        {taken > 0 ? (
          <Button loading={isPending} onClick={onCommit}>
            {t('commit', { n: taken })}
          </Button>
        ) : (
          <p className="quiet">{t('nothing')}</p>
        )}
        <Button variant="default" onClick={onDrop}>
          {t('drop')}
        </Button>
      </Group>
      {error ? <Problem error={error} /> : null}
      <RowTable rows={report.rows} />
    </>
  );
}

/** Rows with something to say stand first. */
function RowTable({ rows }: { rows: readonly Row[] }) {
  const t = useWords(rosterWords);
  const sorted = [...rows].sort((a, b) => Number(b.problems.length > 0) - Number(a.problems.length > 0));
  return (
    <DataTable
      label={t('previewTitle')}
      rows={sorted}
      rowKey={({ row }) => String(row)}
      columns={[
        { key: 'row', header: t('row'), isNumber: true, render: ({ row }) => row },
        { key: 'number', header: t('number'), render: (one) => one.number ?? '–' },
        { key: 'name', header: t('name'), isMain: true, render: ({ name }) => name ?? '–' },
        { key: 'verdict', header: t('verdict'), render: (row) => <Verdict row={row} /> },
        { key: 'remarks', header: t('remarks'), render: (row) => <Remarks row={row} /> },
      ]}
    />
  );
}

function Verdict({ row: { action, problems } }: { row: Row }) {
  const t = useWords(rosterWords);
  if (action === 'refused') return <Tag tone="alarm">{t(action)}</Tag>;
  return problems.length > 0 ? <Tag tone="care">{t(action)}</Tag> : <Tag>{t(action)}</Tag>;
}

function Remarks({ row: { problems } }: { row: Row }) {
  if (problems.length === 0) return '–';
  return (
    <ul className="remarks">
      {problems.map((problem, index) => (
        <li key={index}>
          <Remark problem={problem} />
        </li>
      ))}
    </ul>
  );
}

function Remark({ problem: { code, cell, line, values } }: { problem: RowProblem }) {
  const t = useWords(rosterWords);
  const place = cell !== undefined ? t('cell', { cell }) : line !== undefined ? t('line', { line }) : null;
  return (
    <>
      {place !== null && <strong>{place}: </strong>}
      <Sentence code={code} values={values} />
    </>
  );
}
