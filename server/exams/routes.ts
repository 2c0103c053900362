import {
  AccessSlips,
  AssembledMatrix,
  BlueprintInput,
  BlueprintReport,
  CandidateList,
  CursorQuery,
  ExamCandidateParams,
  ExamCertificate,
  ExamList,
  ExamParams,
  ExamSettings,
  ExamView,
  JobView,
  LIMITS,
  MatrixFileInput,
  NewExam,
  Removed,
  ReserveIssued,
  ReportFileInput,
  ReserveRequest,
  RosterReport,
  StrataReport,
} from '#bank/protocol';
import { defineRoute, fileReply, Reply, type Route, type Upload } from '#server/http';
import type { Exams } from './index.ts';
import { MATRIX_FILE_TYPES } from './matrix.ts';

export function examsRoutes(exams: Exams): Route[] {
  return [
    ...examRoutes(exams),
    ...blueprintRoutes(exams),
    ...rosterRoutes(exams),
    ...codeRoutes(exams),
    ...sealRoutes(exams),
  ];
}

function examRoutes(exams: Exams): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/exams',
      access: 'exams.read',
      summary: 'Exams of the caller, newest first; proctors see all.',
      query: CursorQuery,
      response: ExamList,
      handle: ({ actor, query }) => exams.list(actor, query.after),
    }),
    defineRoute({
      method: 'post',
      path: '/exams',
      access: 'exams.manage',
      summary: 'Creates a draft and commits to its seed.',
      body: NewExam,
      response: ExamView,
      handle: async ({ actor, body }) => new Reply({ status: 201, body: await exams.create(actor, body) }),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam',
      access: 'exams.read',
      summary: 'One exam.',
      params: ExamParams,
      response: ExamView,
      handle: ({ actor, params }) => exams.get(actor, params.exam),
    }),
    defineRoute({
      method: 'put',
      path: '/exams/:exam/settings',
      access: 'exams.manage',
      summary: 'Changes the settings of a draft.',
      params: ExamParams,
      body: ExamSettings,
      response: ExamView,
      handle: ({ actor, params, body }) => exams.update(actor, params.exam, body),
    }),
  ];
}

function blueprintRoutes({ blueprint }: Exams): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/exams/:exam/strata',
      access: 'exams.manage',
      summary: 'What the bank can fill the matrix of this exam with.',
      params: ExamParams,
      response: StrataReport,
      handle: ({ actor, params }) => blueprint.strata(actor, params.exam),
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/blueprint/check',
      heavy: true,
      access: 'exams.manage',
      summary: 'Judges a matrix without setting it.',
      params: ExamParams,
      body: BlueprintInput,
      response: BlueprintReport,
      handle: ({ actor, params, body }) => blueprint.check(actor, params.exam, body),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/matrix',
      heavy: true,
      access: 'exams.manage',
      summary:
        'What the sealed papers of an exam hold, in counts by topic, kind and level; each time is recorded.',
      params: ExamParams,
      response: AssembledMatrix,
      handle: ({ actor, params }) => blueprint.assembled(actor, params.exam),
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/matrix/file',
      heavy: true,
      access: 'exams.manage',
      summary: 'The printed matrix as a workbook or a document: of a given matrix, or of the sealed papers.',
      params: ExamParams,
      body: MatrixFileInput,
      file: Object.values(MATRIX_FILE_TYPES),
      handle: async ({ actor, params, body, origin }) => {
        const { bytes, name, type } = await blueprint.matrixFile(actor, params.exam, body, origin.language);
        return fileReply(bytes, name, type);
      },
    }),
    defineRoute({
      method: 'put',
      path: '/exams/:exam/blueprint',
      heavy: true,
      access: 'exams.manage',
      summary: 'Sets the matrix of a draft; refused when the bank cannot fill it.',
      params: ExamParams,
      body: BlueprintInput,
      response: ExamView,
      handle: ({ actor, params, body }) => blueprint.set(actor, params.exam, body),
    }),
  ];
}

const ROSTER_UPLOAD = { maxBytes: LIMITS.uploadBytes };

function rosterRoutes({ roster, listCandidates }: Exams): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/exams/:exam/roster/preview',
      heavy: true,
      access: 'exams.manage',
      summary: 'Tells what a class list (.xlsx, .csv) would do.',
      params: ExamParams,
      upload: ROSTER_UPLOAD,
      response: RosterReport,
      handle: ({ actor, params, upload }) => roster.preview(actor, params.exam, classList(upload)),
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/roster',
      heavy: true,
      access: 'exams.manage',
      summary: 'Takes the rows of a class list that are not refused; can be repeated.',
      params: ExamParams,
      upload: ROSTER_UPLOAD,
      response: RosterReport,
      handle: ({ actor, params, upload }) => roster.commit(actor, params.exam, classList(upload)),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/candidates',
      access: 'exams.read',
      summary: 'Candidates by rising number.',
      params: ExamParams,
      query: CursorQuery,
      response: CandidateList,
      handle: ({ actor, params, query }) => listCandidates(actor, params.exam, query.after),
    }),
    defineRoute({
      method: 'delete',
      path: '/exams/:exam/candidates',
      access: 'exams.manage',
      summary: 'Takes every candidate out of a draft.',
      params: ExamParams,
      response: Removed,
      handle: ({ actor, params }) => roster.remove(actor, params.exam),
    }),
    defineRoute({
      method: 'delete',
      path: '/exams/:exam/candidates/:candidate',
      access: 'exams.manage',
      summary: 'Takes one candidate out of a draft.',
      params: ExamCandidateParams,
      response: Removed,
      handle: ({ actor, params }) => roster.remove(actor, params.exam, params.candidate),
    }),
  ];
}

function codeRoutes({ codes }: Exams): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/exams/:exam/codes',
      heavy: true,
      access: 'exams.manage',
      summary: 'Starts a job that gives an access code to every candidate without one.',
      params: ExamParams,
      response: JobView,
      handle: async ({ actor, params }) =>
        new Reply({ status: 202, body: await codes.issue(actor, params.exam) }),
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/slips',
      heavy: true,
      access: 'exams.manage',
      summary: 'The access slips to print; each time is recorded.',
      params: ExamParams,
      response: AccessSlips,
      handle: ({ actor, params }) => codes.slips(actor, params.exam),
    }),
  ];
}

function sealRoutes(exams: Exams): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/exams/:exam/seal',
      heavy: true,
      access: 'exams.manage',
      summary: 'Starts the job that draws and seals a paper for every candidate.',
      params: ExamParams,
      response: JobView,
      handle: async ({ actor, params }) =>
        new Reply({ status: 202, body: await exams.seal(actor, params.exam) }),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/certificate',
      access: 'exams.read',
      summary:
        'What is certified about all papers of a sealed exam; which questions were used is told after it.',
      params: ExamParams,
      response: ExamCertificate,
      handle: ({ actor, params }) => exams.certificate(actor, params.exam),
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/certificate/file',
      heavy: true,
      access: 'exams.read',
      summary:
        'The certificate of a sealed exam as a page to be signed; the same input gives the same bytes.',
      params: ExamParams,
      body: ReportFileInput,
      file: ['application/pdf'],
      handle: async ({ actor, params, body, origin }) => {
        const { bytes, name } = await exams.reportFile(actor, params.exam, body, origin.language);
        return fileReply(bytes, name, 'application/pdf');
      },
    }),
    defineRoute({
      method: 'post',
      path: '/exams/:exam/candidates/:candidate/reserve',
      access: 'exams.start',
      summary: 'Gives a candidate the next paper in reserve, in the order that was committed to.',
      params: ExamCandidateParams,
      body: ReserveRequest,
      response: ReserveIssued,
      handle: ({ actor, params, body }) =>
        exams.issueReserve(actor, params.exam, params.candidate, body.reason),
    }),
    defineRoute({
      method: 'get',
      path: '/exams/:exam/publication',
      heavy: true,
      access: 'exams.manage',
      summary: 'The publication file of an exam that is over, for niem verify-papers.',
      params: ExamParams,
      file: ['application/json'],
      handle: async ({ actor, params }) => {
        const publication = await exams.publish(actor, params.exam);
        const bytes = Buffer.from(`${JSON.stringify(publication)}\n`);
        return fileReply(bytes, `niem-papers-${params.exam}.json`, 'application/json');
      },
    }),
  ];
}

function classList(upload: Upload | null): { name: string; bytes: Uint8Array } {
  return upload ?? { name: '', bytes: new Uint8Array() };
}
