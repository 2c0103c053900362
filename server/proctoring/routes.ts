import { CursorQuery, ExamParams, ExamTimes, ExtendTime, PresencePage, TimeExtended } from '#bank/protocol';
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
  ];
}
