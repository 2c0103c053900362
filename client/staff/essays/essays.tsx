import { Button } from '@mantine/core';
import { useState } from 'react';
import type { EssayLine, EssayList, ExamView } from '#bank/protocol';
import { ExamPage } from '../exams/exam-page.tsx';
import { useExam } from '../exams/exam-queries.ts';
import { Preview } from '../items/preview.tsx';
import { Loading } from '../parts/loading.tsx';
import { Empty, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { essayWords } from '../words/essays.ts';
import { number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';
import { useEssay, useEssays } from './essay-queries.ts';
import { MarkingForm } from './marking-form.tsx';
import './essays.css';

const CLOSED: readonly ExamView['state'][] = ['closed', 'graded', 'released'];

/** The essays of a closed exam: how far their marking is, and one of them beside its rubric. */
export function Essays({ params }: { params: Record<string, string> }) {
  const t = useWords(essayWords);
  const exam = useExam(params['exam'] ?? '');
  const isClosed = exam.data !== undefined && CLOSED.includes(exam.data.state);
  const essays = useEssays(params['exam'] ?? '', isClosed);
  if (exam.isPending || (isClosed && essays.isPending)) return <Loading />;
  if (exam.error) return <Problem error={exam.error} onRetry={() => void exam.refetch()} />;
  const back = (
    <Button component="a" href={`#/exams/${exam.data.id}`} variant="default">
      {t('toExam')}
    </Button>
  );
  const list = essays.data;
  return (
    <ExamPage
      exam={exam.data}
      title={`${t('title')}: ${exam.data.title}`}
      lead={list && t('progress', { marked: list.marked, total: list.total })}
    >
      {essays.error && <Problem error={essays.error} onRetry={() => void essays.refetch()} />}
      {!isClosed && <Empty title={t('notClosed')} action={back} />}
      {list?.total === 0 && <Empty title={t('none')} action={back} />}
      {list && list.total > 0 && <Desk exam={exam.data} list={list} />}
    </ExamPage>
  );
}

/** The next essay without a mark after this one, round the list; null when all have one. */
function nextUnmarked(essays: readonly EssayLine[], from: number): EssayLine | null {
  const round = [...essays.slice(from + 1), ...essays.slice(0, from)];
  return round.find(({ isMarked }) => !isMarked) ?? null;
}

function Desk({ exam, list: { essays } }: { exam: ExamView; list: EssayList }) {
  const t = useWords(essayWords);
  const language = useLanguage();
  const [chosen, setChosen] = useState(() => (nextUnmarked(essays, -1) ?? essays[0])?.essay ?? '');
  const place = essays.findIndex(({ essay }) => essay === chosen);
  return (
    <div className="desk">
      <nav aria-label={t('list')}>
        <p className="quiet">{t('anonymous')}</p>
        <ol className="essay-list">
          {essays.map(({ essay, words, isMarked }, index) => (
            <li key={essay}>
              <Button
                variant="default"
                size="xs"
                aria-current={essay === chosen ? 'true' : undefined}
                onClick={() => setChosen(essay)}
              >
                {t('essay', { n: index + 1 })} · {t('words', { n: number(words, language) })} ·{' '}
                {t(isMarked ? 'marked' : 'unmarked')}
              </Button>
            </li>
          ))}
        </ol>
      </nav>
      <One
        key={chosen}
        exam={exam}
        essay={chosen}
        place={place + 1}
        onSaved={() => setChosen(nextUnmarked(essays, place)?.essay ?? chosen)}
      />
    </div>
  );
}

interface OneProps {
  exam: ExamView;
  essay: string;
  place: number;
  onSaved(): void;
}

function One({ exam, essay, place, onSaved }: OneProps) {
  const t = useWords(essayWords);
  const { data, error, refetch } = useEssay(exam.id, essay);
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      <Section title={`${t('essay', { n: place })} · ${t('text')}`}>
        <Preview content={{ kind: 'description', stem: data.stem }} />
        <div className="essay-text">{data.text}</div>
      </Section>
      <Section title={t('rubric')}>
        <MarkingForm
          key={data.version}
          exam={exam.id}
          essay={data}
          place={place}
          isOpen={exam.state === 'closed'}
          onSaved={onSaved}
        />
      </Section>
    </>
  );
}
