import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ExamCertificate, ExamView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { ExamPage } from '../exams/exam-page.tsx';
import { examKey, useExam } from '../exams/exam-queries.ts';
import { Callout } from '../parts/callout.tsx';
import { Loading } from '../parts/loading.tsx';
import { Problem } from '../parts/problem.tsx';
import { number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { reportWords } from '../words/report.ts';
import { useWords } from '../words/words.ts';
import { hundredthsText, pointsText, timeText, totalText } from './figures.ts';
import { Histogram } from './histogram.tsx';
import { FormsTable, RulesTable } from './tables.tsx';
import './report.css';

/** What is certified about all papers of an exam, on one page for whoever answers for it. */
export function Report({ params }: { params: Record<string, string> }) {
  const t = useWords(reportWords);
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
        <Group gap="sm">
          <Button
            component="a"
            variant="default"
            href={`/api/v1/exams/${exam.data.id}/certificate`}
            download={`niem-certificate-${exam.data.id}.json`}
          >
            {t('json')}
          </Button>
          <Button onClick={() => window.print()}>{t('print')}</Button>
        </Group>
      }
    >
      <OnePage exam={exam.data} certificate={certificate.data} />
    </ExamPage>
  );
}

function OnePage({ exam, certificate }: { exam: ExamView; certificate: ExamCertificate }) {
  const t = useWords(reportWords);
  const language = useLanguage();
  const { algorithm, equalUse, papers, reserve, constraints, forms } = certificate;
  const way = equalUse === false ? 'drawnInTargets' : algorithm;
  const broken = constraints.filter(({ holds }) => !holds).length;
  return (
    <article className="report">
      <Callout tone={broken === 0 ? 'accent' : 'care'}>
        {broken === 0 ? t('fair') : t('unfair', { n: broken })}
      </Callout>
      <p>
        {t(way, { papers: number(papers, language) })}{' '}
        {reserve > 0 && t('reserve', { n: number(reserve, language) })}
      </p>
      <div className="report-columns">
        <Scores certificate={certificate} />
        <Block title={t('rules')}>
          <RulesTable constraints={constraints} />
        </Block>
        <Exposure certificate={certificate} />
        {forms && (
          <Block title={t('formsTitle')}>
            <FormsTable forms={forms} />
          </Block>
        )}
      </div>
      <Checks exam={exam} certificate={certificate} />
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

function Scores({ certificate }: { certificate: ExamCertificate }) {
  const t = useWords(reportWords);
  const language = useLanguage();
  const { score, seconds, histogram, points } = certificate;
  const ends = { least: pointsText(score.least, language), most: pointsText(score.most, language) };
  return (
    <Block title={t('score')}>
      <Histogram counts={histogram} label={t('picture', ends)} least={ends.least} most={ends.most} />
      <p>
        {t('scoreText', {
          ...ends,
          points: totalText(points, language),
          mean: pointsText(score.mean, language),
          range: pointsText(score.most - score.least, language),
        })}{' '}
        {seconds &&
          t('timeText', {
            least: timeText(seconds.least, language),
            most: timeText(seconds.most, language),
          })}
      </p>
      <p className="quiet">{t('provisional')}</p>
    </Block>
  );
}

function Exposure({ certificate }: { certificate: ExamCertificate }) {
  const t = useWords(reportWords);
  const language = useLanguage();
  const { exposure, equalUse, forms, neighbours, questions } = certificate;
  const say = forms ? 'exposureForms' : 'exposurePapers';
  return (
    <Block title={t('exposureTitle')}>
      <ul className="plain-list">
        {exposure.map(({ uses, items }) => (
          <li key={uses}>{t(say, { items: number(items, language), uses: number(uses, language) })}</li>
        ))}
      </ul>
      {equalUse === false && <p>{t('unequalUse')}</p>}
      <h2>{t('neighboursTitle')}</h2>
      <p>
        {t('neighboursText', {
          pairs: number(neighbours.pairs, language),
          mean: hundredthsText(neighbours.mean, language),
          most: neighbours.most,
          questions,
        })}
      </p>
    </Block>
  );
}

function Checks({ exam, certificate }: { exam: ExamView; certificate: ExamCertificate }) {
  const t = useWords(reportWords);
  const { seedCommitment, manifestHash, snapshotHash, papersRoot } = certificate;
  const hashes = [
    [t('commitment'), seedCommitment],
    [t('manifest'), manifestHash],
    [t('snapshot'), snapshotHash],
    [t('papersRoot'), papersRoot],
  ] as const;
  const file = `niem-papers-${exam.id}.json`;
  return (
    <Block title={t('check')}>
      <p>{t('checkText')}</p>
      <dl className="report-hashes">
        {hashes.map(([name, hash]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{hash}</dd>
          </div>
        ))}
      </dl>
      <p className="mono">
        niem verify-papers {file} --commitment {seedCommitment} --manifest {manifestHash}
      </p>
    </Block>
  );
}
