import { Button } from '@mantine/core';
import type { ExamView } from '#bank/protocol';
import { stepWords } from '../words/exams.ts';
import { useWords } from '../words/words.ts';
import type { ExamPart } from './exam-queries.ts';
import type { ExamStep } from './exam-steps.ts';
import { Grade } from './grade.tsx';
import { NextShift } from './next-shift.tsx';
import { Seal } from './seal.tsx';
import { Start } from './start.tsx';

interface StepActionProps {
  step: ExamStep;
  exam: ExamView;
  part: ExamPart;
}

/** A cell that lists its questions does not name their kind: then the page of the essays tells. */
function hasEssays({ blueprint }: ExamView): boolean {
  const cells = blueprint?.parts.flatMap((one) => one.cells) ?? [];
  return cells.some((cell) => !('kind' in cell) || cell.kind === 'essay');
}

/** The button of a step: what to do now, or where to look at what was done. */
export function StepAction({ step, exam, part }: StepActionProps) {
  const t = useWords(stepWords);
  const { name, state } = step;
  const page = (path: string, text: string, isMain = state === 'now') => (
    <Button component="a" href={`#/exams/${exam.id}/${path}`} variant={isMain ? 'filled' : 'default'}>
      {text}
    </Button>
  );
  const isDraft = exam.state === 'draft';
  switch (name) {
    case 'matrix':
      if (!part.isOwner) return null;
      return page('matrix', isDraft && state !== 'done' ? t('matrixGo') : t('matrixLook'));
    case 'roster':
      return state === 'done' || !part.isOwner
        ? page('candidates', t('rosterLook'), false)
        : page('candidates', t('rosterGo'));
    case 'codes':
      if (!part.isOwner || state === 'later') return null;
      return page('slips', state === 'done' ? t('codesLook') : t('codesGo'));
    case 'seal':
      return state === 'now' ? <Seal exam={exam} /> : null;
    case 'start':
      return state === 'now' ? <Start exam={exam} /> : null;
    case 'sitting':
      return state === 'later' && exam.state === 'draft' ? null : (
        <>
          {page('wall', t('sittingGo'))} {part.mayStart && <NextShift exam={exam} />}
        </>
      );
    case 'grade':
      if (!part.isOwner || state === 'later') return null;
      return (
        <>
          {hasEssays(exam) && page('essays', t('essaysGo'), false)} {state === 'now' && <Grade exam={exam} />}
        </>
      );
    case 'release':
      if (!part.isOwner || state === 'later') return null;
      return page('results', state === 'done' ? t('releaseLook') : t('releaseGo'));
  }
}
