import {
  BankImportParams,
  BankParams,
  ExportQuery,
  ImportQuery,
  ImportRowList,
  ImportRowsQuery,
  ImportStarted,
  ImportView,
  LIMITS,
} from '#bank/protocol';
import { defineRoute, fileReply, Reply, type Route } from '#server/http';
import { FILE_TYPES, type ExportedFile } from './export.ts';
import type { Banks } from './index.ts';

/** Questions in files, in and out. */
export function fileRoutes(banks: Banks): Route[] {
  return [...importRoutes(banks), ...exportRoutes(banks)];
}

function importRoutes({ imports }: Banks): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/banks/:bank/imports',
      heavy: true,
      access: 'items.write',
      summary: 'Reads a file of questions (.xlsx, .csv, GIFT) as a preview; follow the job.',
      params: BankParams,
      query: ImportQuery,
      upload: { maxBytes: LIMITS.uploadBytes },
      response: ImportStarted,
      handle: async ({ actor, params, query: { topic, level }, upload, origin }) => {
        const file = upload ?? { bytes: Buffer.alloc(0), name: '' };
        const defaults = { ...(topic !== undefined && { topic }), ...(level !== undefined && { level }) };
        const started = await imports.start(actor, params.bank, {
          file,
          ...defaults,
          language: origin.language,
        });
        return new Reply({ status: 202, body: started });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/banks/:bank/imports/:import',
      access: 'items.write',
      summary: 'State and counts of an import of the caller.',
      params: BankImportParams,
      response: ImportView,
      handle: ({ actor, params, origin }) => imports.get(actor, params.bank, params.import, origin.language),
    }),
    defineRoute({
      method: 'get',
      path: '/banks/:bank/imports/:import/rows',
      access: 'items.write',
      summary: 'Rows of a file that was read, each with its problems in words.',
      params: BankImportParams,
      query: ImportRowsQuery,
      response: ImportRowList,
      handle: ({ actor, params, query, origin }) =>
        imports.rows(actor, params.bank, params.import, query, origin.language),
    }),
    defineRoute({
      method: 'post',
      path: '/banks/:bank/imports/:import/commit',
      heavy: true,
      access: 'items.write',
      summary: 'Takes over every row that is not refused; follow the job. Repeating it changes nothing.',
      params: BankImportParams,
      response: ImportStarted,
      handle: async ({ actor, params }) =>
        new Reply({ status: 202, body: await imports.commit(actor, params.bank, params.import) }),
    }),
    defineRoute({
      method: 'delete',
      path: '/banks/:bank/imports/:import',
      access: 'items.write',
      summary: 'Drops a preview.',
      params: BankImportParams,
      handle: ({ actor, params }) => imports.discard(actor, params.bank, params.import),
    }),
  ];
}

function exportRoutes(banks: Banks): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/question-template',
      heavy: true,
      access: 'banks.read',
      summary: 'The workbook that authors start from.',
      file: [FILE_TYPES.xlsx],
      handle: async () => download(await banks.template()),
    }),
    defineRoute({
      method: 'get',
      path: '/banks/:bank/export',
      heavy: true,
      access: 'banks.read',
      summary: 'All approved items with their keys, as a workbook or GIFT; recorded.',
      params: BankParams,
      query: ExportQuery,
      file: Object.values(FILE_TYPES),
      handle: async ({ actor, params, query }) =>
        download(await banks.exportItems(actor, params.bank, query.format)),
    }),
  ];
}

function download({ bytes, name, type }: ExportedFile): Reply {
  return fileReply(bytes, name, type);
}
