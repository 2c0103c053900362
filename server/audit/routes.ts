import { AuditCheckpoint, AuditEntries, AuditEntriesQuery } from '#bank/protocol';
import { defineRoute, type Route } from '#server/http';
import type { Audit } from './audit.ts';

export function auditRoutes(audit: Audit): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/audit/entries',
      access: 'audit.read',
      summary: 'Leaves of the ledger, newest first unless asked otherwise.',
      query: AuditEntriesQuery,
      response: AuditEntries,
      async handle({ query }) {
        const { order = 'desc', limit = 50, cursor } = query;
        const after = cursor === undefined ? {} : { after: Number(cursor) };
        const entries = await audit.leaves({ order, limit: limit + 1, ...after });
        if (entries.length <= limit) return { entries };
        const page = entries.slice(0, limit);
        return { entries: page, next: String(page.at(-1)!.seq) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/audit/checkpoint',
      access: 'public',
      summary: 'The last signed checkpoint of the ledger and the key that verifies it.',
      response: AuditCheckpoint,
      handle: () => ({ checkpoint: audit.checkpoint(), vkey: audit.vkey }),
    }),
  ];
}
