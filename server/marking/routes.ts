import {
  CandidateResult,
  EssayList,
  EssayMarked,
  EssayMarking,
  EssayParams,
  EssayQuery,
  EssayToMark,
  JobView,
  MarkingExamParams,
  Released,
  ResultTable,
  ResultTableQuery,
  type Actor,
} from '#bank/protocol';
import { defineRoute, fileReply, type Reply, type Route } from '#server/http';
import { RESULT_TYPES, type ExportFormat, type Marking } from './marking.ts';

type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** `page` without the members that a query left out. */
function pageOf(query: { limit?: number; after?: string }): { limit?: number; after?: string } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

export function markingRoutes(marking: Marking): Route[] {
  const file = async (actor: StaffActor, exam: string, format: ExportFormat): Promise<Reply> => {
    const { bytes, name, type } = await marking.exportResults(actor, exam, format);
    return fileReply(bytes, name, type);
  };
  return [
    defineRoute({
      method: 'post',
      path: '/exams/:exam/grade',
      heavy: true,
      access: 'results.release',
      summary: 'Starts grading a closed exam; answers with a job whose result is the summary of the grading.',
      params: MarkingExamParams,
      response: JobView,
      handle: ({ actor, params }) => marking.startGrading(actor, params.exam),
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/release',
      access: 'results.release',
      summary: 'Releases the results of a graded exam to its candidates.',
      params: MarkingExamParams,
      response: Released,
      handle: ({ actor, params }) => marking.release(actor, params.exam),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/results',
      access: 'results.read',
      summary: 'Marks of a graded exam with names, by candidate number.',
      params: MarkingExamParams,
      query: ResultTableQuery,
      response: ResultTable,
      handle: ({ actor, params, query }) => marking.resultTable(actor, params.exam, pageOf(query)),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/results.xlsx',
      heavy: true,
      access: 'results.read',
      summary: 'The result table as an Excel mark sheet.',
      params: MarkingExamParams,
      file: [RESULT_TYPES.xlsx],
      handle: ({ actor, params }) => file(actor, params.exam, 'xlsx'),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/results.csv',
      heavy: true,
      access: 'results.read',
      summary: 'The result table as CSV.',
      params: MarkingExamParams,
      file: [RESULT_TYPES.csv],
      handle: ({ actor, params }) => file(actor, params.exam, 'csv'),
    }),
    ...essayRoutes(marking),
    defineRoute({
      method: 'get',
      path: '/candidate/result',
      access: 'candidate',
      summary: 'The own result of a candidate, once released.',
      response: CandidateResult,
      handle: ({ actor }) => marking.candidateResult(actor),
    }),
  ];
}

function essayRoutes({ essays }: Pick<Marking, 'essays'>): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/exams/:exam/essays',
      access: 'essays.mark',
      summary: 'Essays of a closed exam that are not blank, without whose they are, and how many are marked.',
      params: MarkingExamParams,
      query: EssayQuery,
      response: EssayList,
      handle: ({ actor, params, query }) => essays.list(actor, params.exam, query.after),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/essays/:essay',
      access: 'essays.mark',
      summary: 'One essay with its rubric; reading it is on the record.',
      params: EssayParams,
      response: EssayToMark,
      handle: ({ actor, params }) => essays.read(actor, params.exam, params.essay),
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/essays/:essay',
      access: 'essays.mark',
      summary:
        'Gives points for each criterion of an essay; a second mark names the version that it replaces.',
      params: EssayParams,
      body: EssayMarking,
      response: EssayMarked,
      handle: ({ actor, params, body }) => essays.mark(actor, params.exam, params.essay, body),
    }),
  ];
}
