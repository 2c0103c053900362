import {
  CursorQuery,
  ExamAttemptParams,
  ExamParams,
  ExamTimes,
  ExtendTime,
  LateDecided,
  LateDecision,
  LatePage,
  PresencePage,
  TimeExtended,
} from '#bank/protocol';
import { defineRoute, type Route } from '#server/http';
import type { Proctoring } from './proctoring.ts';

export function proctoringRoutes(proctoring: Proctoring): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/exams/:exam/start',
      access: 'exams.start',
      summary: 'Starts a sealed exam for all its candidates; doing it again changes nothing.',
      params: ExamParams,
      response: ExamTimes,
      handle: ({ actor, params }) => proctoring.startExam(actor, params.exam),
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/time',
      access: 'exams.start',
      summary: 'Gives candidates who are still writing more time, always with a reason.',
      params: ExamParams,
      body: ExtendTime,
      response: TimeExtended,
      handle: ({ actor, params, body }) => proctoring.extendTime(actor, params.exam, body),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/presence',
      access: 'exams.watch',
      summary: 'How the candidates of an exam stand, by rising number.',
      params: ExamParams,
      query: CursorQuery,
      response: PresencePage,
      handle: ({ actor, params, query }) => proctoring.presence(actor, params.exam, query.after),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/late',
      access: 'exams.watch',
      summary:
        'Attempts with late answers that nobody has decided on, by rising number; never what was answered.',
      params: ExamParams,
      query: CursorQuery,
      response: LatePage,
      handle: ({ actor, params, query }) => proctoring.lateAnswers(actor, params.exam, query.after),
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/late/:attempt',
      access: 'late.decide',
      summary: 'Counts or leaves out the late answers of an attempt, always with a reason.',
      params: ExamAttemptParams,
      body: LateDecision,
      response: LateDecided,
      handle: ({ actor, params, body }) => proctoring.decideLate(actor, params.exam, params.attempt, body),
    }),
  ];
}
