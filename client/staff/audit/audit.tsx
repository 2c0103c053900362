import { Button, CopyButton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditCheckpoint, AuditEntries, AuditEntry } from '#bank/protocol';
import { api } from '../api/client.ts';
import { search } from '../api/pages.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Loading } from '../parts/loading.tsx';
import { More } from '../parts/more.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { actionNames, actorRoleNames, auditWords } from '../words/audit.ts';
import { clockTime, number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';
import { dataText, readNote } from './leaf-text.ts';

const PAGE = 50;

/** The ledger as an auditor reads it: the signed checkpoint, and the entries below it. */
export function Audit() {
  const t = useWords(auditWords);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Checkpoint />
      <Entries />
    </Page>
  );
}

function Checkpoint() {
  const t = useWords(auditWords);
  const language = useLanguage();
  const checkpoint = useQuery({
    queryKey: ['audit', 'checkpoint'],
    queryFn: () => api.get<AuditCheckpoint>('/audit/checkpoint'),
  });
  const { data } = checkpoint;
  const note = data && readNote(data.checkpoint);
  return (
    <Section
      title={t('checkpoint')}
      actions={
        data && (
          <CopyButton value={data.checkpoint}>
            {({ copied, copy }) => (
              <Button variant="default" size="xs" onClick={copy}>
                {copied ? t('copied') : t('copy')}
              </Button>
            )}
          </CopyButton>
        )
      }
    >
      {checkpoint.isPending && <Loading />}
      {checkpoint.error && <Problem error={checkpoint.error} onRetry={() => void checkpoint.refetch()} />}
      {data && note && (
        <dl className="facts one">
          <div>
            <dt>{t('size')}</dt>
            <dd className="tabular">{number(note.size, language)}</dd>
          </div>
          <div>
            <dt>{t('root')}</dt>
            <dd className="mono">{note.root}</dd>
          </div>
          <div>
            <dt>{t('origin')}</dt>
            <dd className="mono">{note.origin}</dd>
          </div>
          <div>
            <dt>{t('vkey')}</dt>
            <dd className="mono">{data.vkey}</dd>
          </div>
        </dl>
      )}
      <p className="quiet note">{t('verify')}</p>
    </Section>
  );
}

function Entries() {
  const t = useWords(auditWords);
  const pages = useInfiniteQuery({
    queryKey: ['audit', 'entries'],
    queryFn: ({ pageParam }) =>
      api.get<AuditEntries>(`/audit/entries${search({ limit: PAGE, cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Section title={t('entries')}>
      <p className="quiet">{t('pseudonyms')}</p>
      {pages.isPending && <Loading />}
      {pages.error && <Problem error={pages.error} onRetry={() => void pages.refetch()} />}
      {entries.length > 0 && <EntryTable entries={entries} />}
      <More pages={pages} />
    </Section>
  );
}

function EntryTable({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useWords(auditWords);
  const action = useWords(actionNames);
  const role = useWords(actorRoleNames);
  const nameOf = (code: string) => (code in actionNames ? action(code as keyof typeof actionNames) : code);
  const roleOf = (code: string) =>
    code in actorRoleNames ? role(code as keyof typeof actorRoleNames) : code;
  return (
    <DataTable
      label={t('entries')}
      rows={entries}
      rowKey={({ seq }) => String(seq)}
      columns={[
        { key: 'seq', header: t('seq'), isNumber: true, render: ({ seq }) => seq },
        {
          key: 'time',
          header: t('time'),
          render: ({ ts }) => {
            const moment = Date.parse(ts);
            return `${new Date(moment).toLocaleDateString('en-GB')} ${clockTime(moment)}`;
          },
        },
        { key: 'action', header: t('action'), isMain: true, render: (entry) => nameOf(entry.action) },
        {
          key: 'actor',
          header: t('actor'),
          render: ({ actor, role: roles }) => (
            <span>
              {roles.split('+').map(roleOf).join(', ')}
              <br />
              <span className="mono quiet">{actor}</span>
            </span>
          ),
        },
        {
          key: 'object',
          header: t('object'),
          render: ({ object }) => <span className="mono">{object}</span>,
        },
        {
          key: 'data',
          header: t('data'),
          render: ({ data }) => <span className="mono">{dataText(data)}</span>,
        },
      ]}
    />
  );
}
