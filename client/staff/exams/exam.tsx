import { Anchor } from '@mantine/core';
import type { ExamView } from '#bank/protocol';
import { useBank } from '../banks/bank-queries.ts';
import { Callout } from '../parts/callout.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { useMay } from '../session/session.ts';
import { examFormWords, examWords, policyNames } from '../words/exams.ts';
import { formsWords } from '../words/forms.ts';
import { dateTime, duration } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords, type Say } from '../words/words.ts';
import { Cancel } from './cancel.tsx';
import { useExam, useExamPart } from './exam-queries.ts';
import { ExamStateTag } from './exam-state-tag.tsx';
import { LateAnswers } from './late.tsx';
import { SealFacts } from './seal-facts.tsx';
import { Steps } from './steps.tsx';

/** One exam: where it stands, what is next and whose turn it is. */
export function Exam({ params }: { params: Record<string, string> }) {
  const t = useWords(examWords);
  const exam = useExam(params['exam'] ?? '');
  const part = useExamPart();
  if (exam.isPending) return <Loading />;
  if (exam.error) return <Problem error={exam.error} onRetry={() => void exam.refetch()} />;
  const { isOwner } = part(exam.data);
  return (
    <Page
      title={exam.data.title}
      crumbs={[{ title: t('title'), to: '/exams' }]}
      lead={
        <>
          <ExamStateTag state={exam.data.state} /> {t('code')}:{' '}
          <strong className="mono">{exam.data.code}</strong>
        </>
      }
    >
      {exam.data.state === 'cancelled' ? (
        <Callout tone="care">{t('cancelled')}</Callout>
      ) : (
        <Section
          title={t('steps')}
          actions={isOwner && exam.data.state === 'sealed' && <Cancel exam={exam.data} />}
        >
          <Steps exam={exam.data} />
        </Section>
      )}
      <LateAnswers exam={exam.data} />
      <Section
        title={t('settings')}
        actions={
          isOwner &&
          exam.data.state === 'draft' && (
            <Anchor href={`#/exams/${exam.data.id}/settings`}>{t('edit')}</Anchor>
          )
        }
      >
        <Facts exam={exam.data} />
      </Section>
      {exam.data.manifestHash !== undefined && <SealFacts exam={exam.data} />}
    </Page>
  );
}

function Facts({ exam }: { exam: ExamView }) {
  const t = useWords(examWords);
  const form = useWords(examFormWords);
  const policy = useWords(policyNames);
  const papers = useWords(formsWords);
  const language = useLanguage();
  const may = useMay();
  const bank = useBank(exam.bank, { enabled: may('banks.read') });
  const { markingPolicy: name } = exam;
  const facts: [string, string | undefined][] = [
    [t('duration'), duration(exam.durationSeconds, language)],
    [t('deadline'), exam.deadline === undefined ? undefined : dateTime(exam.deadline)],
    [t('starts'), exam.startsAt === undefined ? undefined : dateTime(exam.startsAt)],
    [
      exam.state === 'open' ? t('ends') : t('ended'),
      exam.endsAt === undefined ? undefined : dateTime(exam.endsAt),
    ],
    [t('profile'), form(exam.profile)],
    [t('bank'), bank.data?.name],
    [t('policy'), name in policyNames ? policy(name as keyof typeof policyNames) : name],
    [papers('papers'), papersFact(exam, papers)],
    [
      papers('reserve'),
      exam.reserve > 0
        ? papers('factReserve', { left: exam.reserve - exam.reserveIssued, n: exam.reserve })
        : undefined,
    ],
    [t('points'), exam.showPoints ? t('pointsShown') : t('pointsHidden')],
    [t('created'), dateTime(exam.createdAt)],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function papersFact({ assembly }: ExamView, t: Say<typeof formsWords>): string {
  if (assembly === 'dealt') return t('dealt');
  const { count, perShift, overlap } = assembly.forms;
  return t('factPapers', { count, shifts: count / perShift, overlap });
}
