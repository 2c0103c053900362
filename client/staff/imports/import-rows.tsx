import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportRowList, ImportRowView, ImportView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { search } from '../api/pages.ts';
import { readableTex } from '../items/readable-tex.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Loading } from '../parts/loading.tsx';
import { More } from '../parts/more.tsx';
import { Problem } from '../parts/problem.tsx';
import { Tag } from '../parts/tag.tsx';
import { importWords } from '../words/imports.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';

type Shown = '' | 'warning' | 'refused';

const ACTION_WORDS = {
  added: 'actionAdded',
  changed: 'actionChanged',
  same: 'actionSame',
  refused: 'actionRefused',
} as const;

/** A page of rows that is not empty while there are more: a filter may leave none of a chunk. */
async function readRows(path: string, status: Shown, after: number): Promise<ImportRowList> {
  let place = after;
  for (;;) {
    const page = await api.get<ImportRowList>(`${path}/rows${search({ status, after: place })}`);
    if (page.rows.length > 0 || page.next === undefined) return page;
    place = page.next;
  }
}

/** Every row of the file with its verdict, and what is wrong with it at which cell. */
export function ImportRows({ bank, view }: { bank: string; view: ImportView }) {
  const t = useWords(importWords);
  const language = useLanguage();
  const [shown, setShown] = useState<Shown>(view.counts.refused > 0 ? 'refused' : '');
  const path = `/banks/${bank}/imports/${view.id}`;
  const pages = useInfiniteQuery({
    queryKey: ['bank', bank, 'import', view.id, 'rows', shown, language],
    queryFn: ({ pageParam }) => readRows(path, shown, pageParam),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <SegmentedControl
        aria-label={t('show')}
        mb="sm"
        data={[
          { value: '', label: t('showAll') },
          { value: 'warning', label: t('showWarning') },
          { value: 'refused', label: t('showRefused') },
        ]}
        value={shown}
        onChange={(value) => setShown(value as Shown)}
      />
      {pages.isPending && <Loading />}
      {pages.error && <Problem error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.data && rows.length === 0 && <p className="quiet">{t('noRows')}</p>}
      {rows.length > 0 && <RowTable rows={rows} />}
      <More pages={pages} />
    </>
  );
}

function RowTable({ rows }: { rows: readonly ImportRowView[] }) {
  const t = useWords(importWords);
  return (
    <DataTable
      label={t('previewTitle')}
      rows={rows}
      rowKey={({ row }) => String(row)}
      columns={[
        { key: 'row', header: t('row'), isNumber: true, render: ({ row }) => row },
        {
          key: 'code',
          header: t('code'),
          isMain: true,
          render: ({ code }) => <span className="nowrap">{code ?? '–'}</span>,
        },
        { key: 'text', header: t('text'), render: ({ excerpt }) => readableTex(excerpt ?? '–') },
        { key: 'verdict', header: t('verdict'), render: (row) => <Verdict row={row} /> },
        { key: 'remarks', header: t('remarks'), render: (row) => <Remarks row={row} /> },
      ]}
    />
  );
}

function Verdict({ row: { action, status } }: { row: ImportRowView }) {
  const t = useWords(importWords);
  const name = t(ACTION_WORDS[action]);
  if (status === 'refused') return <Tag tone="alarm">{name}</Tag>;
  if (status === 'warning') return <Tag tone="care">{name}</Tag>;
  return <Tag>{name}</Tag>;
}

function Remarks({ row }: { row: ImportRowView }) {
  const t = useWords(importWords);
  if (row.problems.length === 0) return '–';
  return (
    <ul className="remarks">
      {row.problems.map(({ code, cell, line, text }, index) => (
        <li key={`${code}${index}`}>
          {cell !== undefined && <strong>{t('cell', { cell })}: </strong>}
          {cell === undefined && line !== undefined && <strong>{t('line', { line })}: </strong>}
          {text}
        </li>
      ))}
    </ul>
  );
}
