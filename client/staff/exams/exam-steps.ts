import { isPast, type ExamView } from '#bank/protocol';
import type { ExamPart } from './exam-queries.ts';

/** What has to happen to an exam, in order. */
const EXAM_STEPS = ['matrix', 'roster', 'codes', 'seal', 'start', 'sitting', 'grade', 'release'] as const;
export type ExamStepName = (typeof EXAM_STEPS)[number];

/** `waiting`: it is the turn of somebody else. `later`: something before it is missing. */
export type ExamStepState = 'done' | 'now' | 'waiting' | 'later';

export interface ExamStep {
  name: ExamStepName;
  state: ExamStepState;
}

type StepExam = Pick<ExamView, 'state' | 'blueprint' | 'candidateCount' | 'codeCount'>;

function isDone(name: ExamStepName, exam: StepExam): boolean {
  switch (name) {
    case 'matrix':
      return exam.blueprint !== undefined;
    case 'roster':
      return exam.candidateCount > 0;
    case 'codes':
      return exam.candidateCount > 0 && exam.codeCount >= exam.candidateCount;
    case 'seal':
      return isPast(exam.state, 'sealed');
    case 'start':
      return isPast(exam.state, 'open');
    case 'sitting':
      return isPast(exam.state, 'closed');
    case 'grade':
      return isPast(exam.state, 'graded');
    case 'release':
      return isPast(exam.state, 'released');
  }
}

/** What a step cannot do without. */
const NEEDS: Record<ExamStepName, readonly ExamStepName[]> = {
  matrix: [],
  roster: [],
  codes: ['roster'],
  seal: ['matrix', 'roster'],
  start: ['seal', 'codes'],
  sitting: ['start'],
  grade: ['sitting'],
  release: ['grade'],
};

function isMine(name: ExamStepName, { isOwner, mayStart }: ExamPart): boolean {
  return name === 'start' ? mayStart : name === 'sitting' ? isOwner || mayStart : isOwner;
}

/** Where an exam stands and whose turn it is, as its page lists it. */
export function examSteps(exam: StepExam, part: ExamPart): ExamStep[] {
  return EXAM_STEPS.map((name) => {
    if (isDone(name, exam)) return { name, state: 'done' };
    const isReady = NEEDS[name].every((needed) => isDone(needed, exam));
    if (!isReady) return { name, state: 'later' };
    return { name, state: isMine(name, part) ? 'now' : 'waiting' };
  });
}
