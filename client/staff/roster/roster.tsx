import { Button, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { CandidateList, ExamView, ExtraTime } from '#bank/protocol';
import { api } from '../api/client.ts';
import { afterQuery } from '../api/pages.ts';
import { ExamPage } from '../exams/exam-page.tsx';
import { examKey, useExam, useExamPart, useExamRefresh } from '../exams/exam-queries.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Loading } from '../parts/loading.tsx';
import { More } from '../parts/more.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Empty, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { placeWords } from '../words/forms.ts';
import { number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { rosterWords } from '../words/roster.ts';
import { useWords } from '../words/words.ts';
import { IssueReserve } from './issue-reserve.tsx';
import { RosterImport } from './roster-import.tsx';

type Candidate = CandidateList['candidates'][number];

/** Who sits the exam; the list is imported while the exam is a draft. */
export function Roster({ params }: { params: Record<string, string> }) {
  const t = useWords(rosterWords);
  const exam = useExam(params['exam'] ?? '');
  const part = useExamPart();
  if (exam.isPending) return <Loading />;
  if (exam.error) return <Problem error={exam.error} onRetry={() => void exam.refetch()} />;
  const { isOwner, mayStart } = part(exam.data);
  const isEditable = isOwner && exam.data.state === 'draft' && !exam.data.sealing;
  return (
    <ExamPage
      exam={exam.data}
      title={t('title')}
      lead={isEditable && t('lead')}
      actions={
        isOwner &&
        exam.data.candidateCount > 0 && (
          <Button
            component="a"
            href={`#/exams/${exam.data.id}/slips`}
            variant={exam.data.codeCount < exam.data.candidateCount ? 'filled' : 'default'}
          >
            {t('toCodes')}
          </Button>
        )
      }
    >
      {isEditable && <RosterImport exam={exam.data} />}
      <Candidates exam={exam.data} isEditable={isEditable} mayIssue={mayStart && hasReserve(exam.data)} />
    </ExamPage>
  );
}

interface CandidatesProps {
  exam: ExamView;
  isEditable: boolean;
  /** Whether papers in reserve may be issued. */
  mayIssue: boolean;
}

function Candidates({ exam, isEditable, mayIssue }: CandidatesProps) {
  const t = useWords(rosterWords);
  const place = useWords(placeWords);
  const language = useLanguage();
  const pages = useInfiniteQuery({
    queryKey: [...examKey(exam.id), 'candidates'],
    queryFn: ({ pageParam }) =>
      api.get<CandidateList>(`/exams/${exam.id}/candidates${afterQuery(pageParam)}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  if (pages.isPending) return <Loading />;
  if (pages.error) return <Problem error={pages.error} onRetry={() => void pages.refetch()} />;
  const candidates = pages.data.pages.flatMap((page) => page.candidates);
  if (candidates.length === 0) {
    return <Empty title={t('none')} hint={isEditable ? t('noneHint') : t('noneHere')} />;
  }
  const columns: Column<Candidate>[] = [
    { key: 'number', header: t('number'), render: (one) => <span className="tabular">{one.number}</span> },
    { key: 'name', header: t('name'), isMain: true, render: ({ person }) => person.name },
    { key: 'class', header: t('class'), render: ({ person }) => person.class ?? '–' },
    { key: 'birth', header: t('birthDate'), render: ({ person }) => dayOf(person.birthDate) },
    { key: 'code', header: t('code'), render: ({ hasCode }) => (hasCode ? t('hasCode') : t('noCode')) },
  ];
  if (candidates.some(({ person }) => person.extraTime)) {
    columns.push({ key: 'extra', header: t('extraTime'), render: ({ person }) => extraOf(person.extraTime) });
  }
  if (candidates.some(({ place }) => place))
    columns.push({ key: 'place', header: place('place'), render: (one) => placeOf(one.place) });
  if (candidates.some(({ form, hasReserve }) => form ?? hasReserve)) {
    columns.push({
      key: 'form',
      header: place('form'),
      render: ({ form = '–', hasReserve }) => (hasReserve ? `${form} (${place('fromReserve')})` : form),
    });
  }
  if (mayIssue) {
    columns.push({
      key: 'reserve',
      header: <span className="unseen">{place('issueGo')}</span>,
      render: (candidate) => <IssueReserve exam={exam} candidate={candidate} />,
    });
  }
  if (isEditable) {
    columns.push({
      key: 'remove',
      header: <span className="unseen">{t('remove')}</span>,
      render: (candidate) => <RemoveOne exam={exam.id} candidate={candidate} />,
    });
  }
  return (
    <Section
      title={t('count', { n: number(exam.candidateCount, language) })}
      actions={isEditable && <RemoveAll exam={exam} />}
    >
      <DataTable label={t('title')} columns={columns} rows={candidates} rowKey={({ id }) => id} />
      <More pages={pages} />
    </Section>
  );
}

function hasReserve({ state, reserve, reserveIssued }: ExamView): boolean {
  return (state === 'sealed' || state === 'open') && reserveIssued < reserve;
}

/** `2 · P.01 · 13` */
function placeOf(place: Candidate['place']): string {
  return [place?.shift, place?.room, place?.seat].map((one) => one ?? '–').join(' · ');
}

/** `24/11/2009` of `2009-11-24`. */
function dayOf(date: string | undefined): string {
  return date === undefined ? '–' : date.split('-').reverse().join('/');
}

function extraOf(extra: ExtraTime | undefined): string {
  if (!extra) return '–';
  return 'minutes' in extra ? `+${extra.minutes}′` : `+${extra.percent}%`;
}

function useRemove(exam: string, path: string) {
  const t = useWords(rosterWords);
  const notice = useNotice();
  const refresh = useExamRefresh(exam);
  return useMutation({
    mutationFn: () => api.remove<{ removed: number }>(`/exams/${exam}/candidates${path}`),
    onSuccess: ({ removed }) => {
      notice(t('removed', { n: removed }));
      refresh();
    },
  });
}

function RemoveOne({ exam, candidate }: { exam: string; candidate: Candidate }) {
  const t = useWords(rosterWords);
  const remove = useRemove(exam, `/${candidate.id}`);
  return (
    <AskFirst
      label={t('remove')}
      fullLabel={t('removeOf', { number: candidate.number })}
      isSmall
      title={t('removeTitle', { name: candidate.person.name })}
      confirm={t('remove')}
      isDangerous
      act={remove}
    >
      <Text>{t('removeWhat')}</Text>
    </AskFirst>
  );
}

function RemoveAll({ exam }: { exam: ExamView }) {
  const t = useWords(rosterWords);
  const remove = useRemove(exam.id, '');
  return (
    <AskFirst
      label={t('removeAll')}
      isSmall
      title={t('removeAllTitle', { n: exam.candidateCount })}
      confirm={t('remove')}
      isDangerous
      act={remove}
    >
      <Text>{t('removeAllWhat')}</Text>
    </AskFirst>
  );
}
