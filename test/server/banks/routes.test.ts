import { beforeAll, describe, expect, it } from 'vitest';
import type { ItemDetail } from '#bank/item';
import type { BankView, ImportRowList, ImportStarted, ItemList, ItemSummary } from '#bank/protocol';
import { banksRoutes } from '#server/banks';
import { jobRoutes, openApi, type JobView } from '#server/http';
import { CHOICE, workbookOf } from '../../bank/formats/support.ts';
import { serveRoutes, type ServedRoutes } from '../../support/serve-routes.ts';
import { staff, type StaffActor } from '../../support/staff.ts';
import { choiceInput, newBank, openWorld } from './world.ts';

const actors: Record<string, StaffActor> = {
  teacher: staff('teacher'),
  reviewer: staff('reviewer'),
  proctor: staff('proctor'),
};

let call: ServedRoutes['call'];
let description: unknown;

beforeAll(async () => {
  const world = await openWorld();
  const routes = [...banksRoutes(world.banks), ...jobRoutes(world.jobs)];
  ({ call } = await serveRoutes(routes, (token) => actors[token]));
  description = openApi(routes, { version: '0', secureCookies: false });
});

async function makeBank(): Promise<string> {
  const { status, body } = await call<BankView>('teacher', 'POST', '/banks', newBank({ kind: 'personal' }));
  expect(status).toBe(201);
  return body.id;
}

async function job(id: string): Promise<JobView> {
  for (;;) {
    const { body } = await call<JobView>('teacher', 'GET', `/jobs/${id}`);
    if (body.state !== 'running') return body;
  }
}

describe('over HTTP', () => {
  it('an item is written, listed, approved and read', async () => {
    const bank = await makeBank();
    const made = await call<ItemSummary>('teacher', 'POST', `/banks/${bank}/items`, choiceInput('C1'));
    expect(made).toMatchObject({ status: 201, body: { code: 'C1', version: 1 } });
    const put = await call<ItemSummary>(
      'teacher',
      'PUT',
      `/banks/${bank}/items/${made.body.id}`,
      choiceInput('C1', { base: 1, level: 'APPLY' }),
    );
    expect(put).toMatchObject({ status: 200, body: { version: 2 } });
    const items = [{ item: made.body.id, version: 2 }];
    expect(await call('teacher', 'POST', `/banks/${bank}/approve`, { items })).toMatchObject({
      status: 200,
      body: { done: 1, refused: [] },
    });
    const list = await call<ItemList>(
      'teacher',
      'GET',
      `/banks/${bank}/items?level=APPLY&excerpts=true&limit=5`,
    );
    expect(list.body.items).toMatchObject([
      { status: 'approved', excerpt: expect.stringContaining('Câu C1') },
    ]);
    const old = await call<ItemDetail>('teacher', 'GET', `/banks/${bank}/items/${made.body.id}?version=1`);
    expect(old.body).toMatchObject({ version: { version: 1 }, key: { correct: ['b'] } });
    expect((await call('teacher', 'POST', `/banks/${bank}/items/${made.body.id}/retire`)).status).toBe(204);
  });

  it('a file is read, shown and taken over', async () => {
    const bank = await makeBank();
    const bytes = await workbookOf([CHOICE, { ...CHOICE, code: 'C2', key: 'H' }]);
    const name = encodeURIComponent('câu hỏi lớp 11.xlsx');
    const { status, body } = await call<ImportStarted>(
      'teacher',
      'POST',
      `/banks/${bank}/imports?name=${name}`,
      bytes,
    );
    expect(status).toBe(202);
    expect(await job(body.job)).toMatchObject({ state: 'done', result: { added: 1, refused: 1 } });
    const path = `/banks/${bank}/imports/${body.import}`;
    const rows = await call<ImportRowList>('teacher', 'GET', `${path}/rows?status=refused`, undefined, {
      'accept-language': 'en',
    });
    expect(rows.body.rows).toMatchObject([
      {
        row: 3,
        cell: 'O3',
        problems: [{ text: 'The key says H, but option H is empty. Correct the key or fill in the option.' }],
      },
    ]);
    const committed = await call<ImportStarted>('teacher', 'POST', `${path}/commit`);
    expect(committed.status).toBe(202);
    expect((await job(committed.body.job)).state).toBe('done');
    expect((await call('teacher', 'GET', path)).body).toMatchObject({ state: 'done', counts: { added: 1 } });
    expect((await call('teacher', 'DELETE', path)).status).toBe(204);
  });

  it('is described', () => {
    expect(description).toHaveProperty(['paths', '/api/v1/banks/{bank}/items/{item}', 'put']);
  });

  it('the template and an export are files', async () => {
    const template = await call<Buffer>('teacher', 'GET', '/question-template');
    expect(template.headers.get('content-disposition')).toContain('niem-mau-cau-hoi.xlsx');
    expect(template.body.subarray(0, 2).toString()).toBe('PK');
    const bank = await makeBank();
    expect(await call('teacher', 'GET', `/banks/${bank}/export?format=gift`)).toMatchObject({
      status: 409,
      body: { code: 'export-empty' },
    });
  });
});

describe('refusals', () => {
  it('an upload that is too large, before it is read as a whole', async () => {
    const bank = await makeBank();
    const bytes = new Uint8Array(21 * 1024 * 1024);
    const answer = await call('teacher', 'POST', `/banks/${bank}/imports?name=x.xlsx`, bytes);
    expect(answer).toMatchObject({ status: 413, body: { code: 'too-large', values: { megabytes: 20 } } });
  });

  it('a wrong content type, a missing name, a member that is not in the schema', async () => {
    const bank = await makeBank();
    const path = `/banks/${bank}/imports`;
    expect(await call('teacher', 'POST', `${path}?name=x`, { a: 1 })).toMatchObject({ status: 415 });
    expect(await call('teacher', 'POST', path, new Uint8Array(3))).toMatchObject({
      body: { code: 'invalid-input' },
    });
    const extra = { ...choiceInput('C1'), status: 'approved' };
    expect(await call('teacher', 'POST', `/banks/${bank}/items`, extra)).toMatchObject({
      status: 400,
      body: { code: 'invalid-input' },
    });
  });

  it('who may not', async () => {
    const bank = await makeBank();
    expect((await call('nobody', 'GET', '/banks')).status).toBe(401);
    expect((await call('proctor', 'GET', '/banks')).status).toBe(403);
    expect((await call('reviewer', 'POST', '/banks', newBank())).status).toBe(403);
    expect(await call('reviewer', 'GET', `/banks/${bank}`)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });

  it('a mistake in an item, in words', async () => {
    const bank = await makeBank();
    const answer = await call(
      'teacher',
      'POST',
      `/banks/${bank}/items`,
      choiceInput('C1', { key: { correct: [] } }),
    );
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'item-key-missing', title: expect.stringContaining('chưa có đáp án') },
    });
  });
});
