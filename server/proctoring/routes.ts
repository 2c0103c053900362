import {
  CancelExam,
  CreditOutages,
  CursorQuery,
  DecisionTaken,
  DeviceRequests,
  ExamAttemptParams,
  ExamCancelled,
  ExamParams,
  ExamTimes,
  ExtendTime,
  LateDecided,
  LateDecision,
  LatePage,
  OutagesPage,
  PauseTime,
  PresencePage,
  ResumeTime,
  TerminateAttempts,
  ShiftStarted,
  StartShift,
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
      path: '/exams/:exam/shifts',
      access: 'exams.start',
      summary: 'Starts the next shift of an exam that has several.',
      params: ExamParams,
      body: StartShift,
      response: ShiftStarted,
      handle: ({ actor, params, body }) => proctoring.startShift(actor, params.exam, body.shift),
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/cancel',
      access: 'exams.manage',
      summary: 'Cancels an exam that was sealed and not started, for good; always with a reason.',
      params: ExamParams,
      body: CancelExam,
      response: ExamCancelled,
      handle: ({ actor, params, body }) => proctoring.cancelExam(actor, params.exam, body),
    }),
    ...decisionRoutes(proctoring),
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
      path: '/exams/:exam/device-requests',
      access: 'exams.watch',
      summary: 'Devices that wait to go on in place of another, the longest first.',
      params: ExamParams,
      response: DeviceRequests,
      handle: ({ actor, params }) => proctoring.deviceRequests(actor, params.exam),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/outages',
      access: 'exams.watch',
      summary: 'Time that candidates lost by broken lines, and what the server proposes to give back.',
      params: ExamParams,
      query: CursorQuery,
      response: OutagesPage,
      handle: ({ actor, params, query }) => proctoring.outages(actor, params.exam, query.after),
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

/** Decisions about candidates; each carries an id, so that sending it again changes nothing more. */
function decisionRoutes(proctoring: Proctoring): Route[] {
  const decision = {
    method: 'post',
    access: 'exams.start',
    params: ExamParams,
    response: DecisionTaken,
  } as const;
  return [
    defineRoute({
      ...decision,
      path: '/exams/:exam/time',
      summary: 'Gives candidates who are still writing more time, always with a reason.',
      body: ExtendTime,
      handle: ({ actor, params, body }) => proctoring.extendTime(actor, params.exam, body),
    }),
    defineRoute({
      ...decision,
      path: '/exams/:exam/pause',
      summary: 'Stops the clock of candidates, or of everybody, always with a reason.',
      body: PauseTime,
      handle: ({ actor, params, body }) => proctoring.pauseTime(actor, params.exam, body),
    }),
    defineRoute({
      ...decision,
      path: '/exams/:exam/resume',
      summary: 'Lets the clock of paused candidates go on; their end moves by the length of the pause.',
      body: ResumeTime,
      handle: ({ actor, params, body }) => proctoring.resumeTime(actor, params.exam, body),
    }),
    defineRoute({
      ...decision,
      path: '/exams/:exam/outages',
      summary:
        'Gives back the time that the server saw as lost by broken lines, up to the cap of the policy.',
      body: CreditOutages,
      handle: ({ actor, params, body }) => proctoring.creditOutages(actor, params.exam, body),
    }),
    defineRoute({
      ...decision,
      path: '/exams/:exam/terminate',
      summary: 'Ends attempts for a reason; what was saved is kept and marked.',
      body: TerminateAttempts,
      handle: ({ actor, params, body }) => proctoring.terminate(actor, params.exam, body),
    }),
  ];
}
