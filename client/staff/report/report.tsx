import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ExamCertificate } from '#bank/protocol';
import { fairnessReport, type FairnessReport } from '#bank/report';
import { api } from '../api/client.ts';
import { ExamPage } from '../exams/exam-page.tsx';
import { examKey, useExam } from '../exams/exam-queries.ts';
import { Callout } from '../parts/callout.tsx';
import { Loading } from '../parts/loading.tsx';
import { Problem } from '../parts/problem.tsx';
import { useLanguage } from '../words/language.ts';
import { reportWords } from '../words/report.ts';
import { useWords } from '../words/words.ts';
import { Histogram } from './histogram.tsx';
import { ReportFile } from './report-file.tsx';
import { FormsTable, RulesTable } from './tables.tsx';
import './report.css';

/** What is certified about all papers of an exam, on one page for whoever answers for it. */
export function Report({ params }: { params: Record<string, string> }) {
  const t = useWords(reportWords);
  const language = useLanguage();
  const exam = useExam(params['exam'] ?? '');
  const certificate = useQuery({
    queryKey: [...examKey(params['exam'] ?? ''), 'certificate'],
    queryFn: () => api.get<ExamCertificate>(`/exams/${params['exam']}/certificate`),
  });
  if (exam.isPending || certificate.isPending) return <Loading />;
  const error = exam.error ?? certificate.error;
  if (error || !exam.data || !certificate.data)
    return <Problem error={error} onRetry={() => void certificate.refetch()} />;
  return (
    <ExamPage
      exam={exam.data}
      title={t('title')}
      lead={
        <>
          {exam.data.title} · <span className="mono">{exam.data.code}</span>
        </>
      }
      actions={
        <Button
          component="a"
          variant="default"
          href={`/api/v1/exams/${exam.data.id}/certificate`}
          download={`niem-certificate-${exam.data.id}.json`}
        >
          {t('json')}
        </Button>
      }
    >
      <ReportFile exam={exam.data.id} />
      <OnePage report={fairnessReport(certificate.data, language)} />
    </ExamPage>
  );
}

function OnePage({ report }: { report: FairnessReport }) {
  const { holds, verdict, how, scores, rules, forms } = report;
  return (
    <article className="report">
      <Callout tone={holds ? 'accent' : 'care'}>{verdict}</Callout>
      <p>{how}</p>
      <div className="report-columns">
        <Block title={scores.title}>
          <Histogram {...scores} label={scores.picture} />
          <p>{scores.text}</p>
          {scores.guessing !== undefined && <p>{scores.guessing}</p>}
          <p className="quiet">{scores.note}</p>
        </Block>
        <Block title={rules.title}>
          <RulesTable rules={rules} />
        </Block>
        <Use report={report} />
        {forms && (
          <Block title={forms.title}>
            {'table' in forms ? <FormsTable table={forms.table} /> : <p>{forms.text}</p>}
          </Block>
        )}
      </div>
      <Checks report={report} />
    </article>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="report-block">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Use({ report: { use, neighbours } }: { report: FairnessReport }) {
  return (
    <Block title={use.title}>
      <ul className="plain-list">
        {use.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {use.note !== undefined && <p>{use.note}</p>}
      <h2>{neighbours.title}</h2>
      <p>{neighbours.text}</p>
    </Block>
  );
}

function Checks({ report: { checks } }: { report: FairnessReport }) {
  return (
    <Block title={checks.title}>
      <p>{checks.text}</p>
      <dl className="report-hashes">
        {checks.hashes.map(([name, hash]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{hash}</dd>
          </div>
        ))}
      </dl>
      <p className="mono">{checks.command}</p>
    </Block>
  );
}
