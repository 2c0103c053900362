import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditCheckpoint, AuditEntries, Role } from '#bank/protocol';
import { auditRoutes, type Audit } from '#server/audit';
import { serveRoutes, type Answer, type ServedRoutes } from '../../support/serve-routes.ts';
import { act, newSite, upTo, type Site } from './ledger-fixture.ts';

let site: Site;
let audit: Audit;
let call: ServedRoutes['call'];

beforeAll(async () => {
  site = await newSite();
  audit = await site.start();
  await act(site, audit, upTo(24));
  await audit.drained();
  const staff = (role: string) => ({ kind: 'staff' as const, user: role, roles: [role as Role] });
  ({ call } = await serveRoutes(auditRoutes(audit), staff));
});
afterAll(async () => {
  await audit.stop();
  await site.store.close();
});

function get<T = unknown>(path: string, role: Role | null = null): Promise<Answer<T>> {
  return call<T>(role, 'GET', `/audit${path}`);
}

describe('the entries of the ledger', () => {
  test('are given to an auditor, page by page, newest first', async () => {
    const seen: number[] = [];
    let next: string | undefined = '';
    let pages = 0;
    while (next !== undefined) {
      const cursor: string = next && `&cursor=${next}`;
      const { body } = await get<AuditEntries>(`/entries?limit=10${cursor}`, 'auditor');
      seen.push(...body.entries.map((entry) => entry.seq));
      next = body.next;
      pages++;
    }
    expect(seen).toEqual(upTo(25).toReversed());
    expect(pages).toBe(3);
  });

  test('are given oldest first on demand', async () => {
    const { body } = await get<AuditEntries>('/entries?order=asc&limit=2', 'admin');
    expect(body.entries.map((entry) => entry.action)).toEqual(['ledger.create', 'person.invite']);
    expect(body.next).toBe('1');
    const rest = await get<AuditEntries>('/entries?order=asc&limit=200&cursor=1', 'admin');
    expect(rest.body.entries.map((entry) => entry.seq)).toEqual(upTo(25).slice(2));
    expect(rest.body.next).toBeUndefined();
  });

  test.each(['teacher', 'reviewer', 'proctor'] as const)('are not for a %s', async (role) => {
    expect((await get('/entries', role)).status).toBe(403);
  });

  test.each(['limit=0', 'limit=201', 'cursor=-1', 'cursor=x', 'order=up', 'after=1', 'limit[$gt]=1'])(
    'are not given for %s',
    async (query) => {
      expect((await get(`/entries?${query}`, 'auditor')).status).toBe(400);
      expect((await get('/entries')).status).toBe(401);
    },
  );
});

test('the checkpoint and its key are for everybody', async () => {
  const { status, body } = await get<AuditCheckpoint>('/checkpoint');
  expect(status).toBe(200);
  expect(body).toEqual({ checkpoint: audit.checkpoint(), vkey: audit.vkey });
  expect(body.checkpoint.split('\n')[1]).toBe('25');
});
