import type { ReactNode } from 'react';
import type { ExamView } from '#bank/protocol';
import { questionCount, totalPoints } from '#bank/blueprint';
import { formatMark } from '#bank/marks';
import { Tag } from '../parts/tag.tsx';
import { examWords, stepWords } from '../words/exams.ts';
import { dateTime, number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords, type Say } from '../words/words.ts';
import { useExamPart } from './exam-queries.ts';
import { examSteps, type ExamStep, type ExamStepName } from './exam-steps.ts';
import { StepAction } from './step-action.tsx';
import './steps.css';

/** The steps of an exam in order; the one to be done now stands out and has its button. */
export function Steps({ exam }: { exam: ExamView }) {
  const t = useWords(stepWords);
  const language = useLanguage();
  const part = useExamPart()(exam);
  return (
    <ol className="steps">
      {examSteps(exam, part).map((step, index) => (
        <li key={step.name} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className="step-mark" aria-hidden="true">
            {step.state === 'done' ? '✓' : index + 1}
          </span>
          <div className="step-text">
            <h3>
              {t(step.name)} <StepTag step={step} />
            </h3>
            <p className="quiet">
              {step.state === 'done' ? doneText(step.name, exam, t, language) : hintText(step, exam, t)}
            </p>
            <StepAction step={step} exam={exam} part={part} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepTag({ step: { state } }: { step: ExamStep }): ReactNode {
  const t = useWords(examWords);
  if (state === 'now') return <Tag tone="accent">{t('now')}</Tag>;
  if (state === 'waiting') return <Tag>{t('waiting')}</Tag>;
  return <span className="unseen">{t(state)}</span>;
}

function hintText({ name, state }: ExamStep, exam: ExamView, t: Say<typeof stepWords>): string {
  if (name === 'start' && state === 'waiting') return t('startWaiting');
  if (name === 'sitting' && exam.endsAt !== undefined)
    return t('sittingNow', { time: dateTime(exam.endsAt) });
  if (name === 'codes' && exam.codeCount > 0) return codesText(exam, t);
  return t(`${name}Hint`);
}

function codesText({ codeCount, candidateCount }: ExamView, t: Say<typeof stepWords>): string {
  return t('codesDone', { codes: codeCount, n: candidateCount });
}

function doneText(
  name: ExamStepName,
  exam: ExamView,
  t: Say<typeof stepWords>,
  language: 'vi' | 'en',
): string {
  const { blueprint, candidateCount, startsAt, endsAt } = exam;
  const n = number(candidateCount, language);
  switch (name) {
    case 'matrix':
      return blueprint
        ? t('matrixDone', {
            questions: questionCount(blueprint),
            points: formatMark(totalPoints(blueprint), language),
          })
        : '';
    case 'roster':
      return t('rosterDone', { n });
    case 'codes':
      return codesText(exam, t);
    case 'seal':
      return t('sealDone', { n });
    case 'start':
      return t('startDone', { time: startsAt === undefined ? '' : dateTime(startsAt) });
    case 'sitting':
      return t('sittingDone', { time: endsAt === undefined ? '' : dateTime(endsAt) });
    case 'grade':
      return t('gradeDone');
    case 'release':
      return t('releaseDone');
  }
}
