import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BankList, Problem } from '#bank/protocol';
import { root } from '../../scripts/process/repository.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

const DEEP = 100_000;

let stage: RunningSchool;

beforeAll(async () => {
  stage = await openSchool();
});

describe('what is wrong on the wire', () => {
  it.each<[string, string]>([
    ['breaks off', '{"name":'],
    ['is no JSON', 'name=Toán&kind=shared'],
    ['is empty', ''],
    ['is no object', '"banks"'],
    ['is nested a hundred thousand times', '['.repeat(DEEP) + ']'.repeat(DEEP)],
    ['nests a member a hundred thousand times', '{"name":'.repeat(DEEP) + '1' + '}'.repeat(DEEP)],
    ['brings a __proto__', '{"name":"B","kind":"shared","topics":[],"__proto__":{"roles":["admin"]}}'],
    ['brings a constructor', '{"name":"B","kind":"shared","topics":[],"constructor":{"prototype":{}}}'],
    ['hides a __proto__ in a list', '{"name":"B","kind":"shared","topics":[{"__proto__":{"length":1}}]}'],
    ['lies about its type', '{"name":{"$gt":""},"kind":"shared","topics":[]}'],
  ])('a body that %s is refused in a sentence, and nothing is made', async (_name, body) => {
    const response = await asTeacher('/banks', { method: 'POST', body });
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'invalid-input' });
    expect(await banks()).toEqual([]);
  });

  it('a body over the limit is refused', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(2 * 1024 * 1024), kind: 'shared', topics: [] });
    const response = await asTeacher('/banks', { method: 'POST', body });
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'too-large' });
  });

  it('a body that no stranger needs is refused long before that', async () => {
    const body = JSON.stringify({ login: 'x'.repeat(100_000), password: 'x' });
    const headers = { 'x-niem': '1', 'content-type': 'application/json' };
    const response = await fetch(`${stage.url}/api/v1/sign-in`, { method: 'POST', body, headers });
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'too-large' });
  });

  it('a body that unpacks to more than the limit is refused', async () => {
    const body = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    const headers = { 'content-encoding': 'gzip' };
    const response = await asTeacher('/banks', { method: 'POST', body, headers });
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'too-large' });
  });

  it.each([
    'niem=nobody',
    'niem=',
    'niem=%00%ff',
    'niem; niem',
    `niem=${'x'.repeat(8_000)}`,
    'niem=__proto__',
  ])('the cookie %s is nobody', async (cookie) => {
    const as = (path: string) => fetch(`${stage.url}/api/v1${path}`, { headers: { cookie } });
    expect(await problemOf(await as('/colleagues'))).toMatchObject({ status: 401, code: 'sign-in-required' });
    expect(await (await as('/me')).json()).toBeNull();
  });

  it.each([
    '/api/v1/nothing',
    '/api/v1/exams/__proto__/nothing',
    '/api/v1/%E0%A4%A',
    '/api/v1/exams/%ff',
    '/api/v1/ME',
    '/api/v1/me/',
  ])('the address %s leads nowhere', async (path) => {
    expect(await problemOf(await fetch(stage.url + path))).toMatchObject({ status: 404, code: 'not-found' });
  });

  it.each([
    '/nothing',
    '/%ff',
    '/thi/%E0%A4%A',
    '/staff/assets/..%2f..%2fpackage.json',
    '/.env',
    '/lan-root.crt',
  ])('the page %s is not there', async (path) => {
    const response = await fetch(stage.url + path);
    expect(response.status).toBe(404);
    expectNothingInside(await response.text());
  });

  it.each(['/exams/__proto__', '/exams/1', '/exams?after=%00', '/exams?after[$gt]=', '/banks?x=1'])(
    '%s holds a mistake of the caller',
    async (path) => {
      const { status } = await problemOf(await asTeacher(path));
      expect([400, 404]).toContain(status);
    },
  );
});

describe('another site', () => {
  const bank = JSON.stringify({ name: 'Toán', kind: 'shared', topics: [] });

  it.each<[string, Record<string, string>]>([
    ['sends a form, which has no header of our own', { 'x-niem': '' }],
    ['sends another value of it', { 'x-niem': 'true' }],
    ['names its own origin', { origin: 'https://evil.example' }],
    ['has the origin null, as a sandboxed frame', { origin: 'null' }],
    ['has our name on another port', { origin: 'http://127.0.0.1:1' }],
    ['is called cross-site by the browser', { 'sec-fetch-site': 'cross-site' }],
    ['is a neighbour of ours', { 'sec-fetch-site': 'same-site' }],
  ])('%s and is refused', async (_name, headers) => {
    const response = await asTeacher('/banks', { method: 'POST', body: bank, headers });
    expect(await problemOf(response)).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await banks()).toEqual([]);
  });

  it('cannot send plain text for JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    const response = await asTeacher('/banks', { method: 'POST', body: bank, headers });
    expect(await problemOf(response)).toMatchObject({ status: 415, code: 'wrong-type' });
    expect(await banks()).toEqual([]);
  });

  it('is not what our own page is taken for', async () => {
    const headers = { origin: stage.url, 'sec-fetch-site': 'same-origin' };
    const response = await asTeacher('/banks', { method: 'POST', body: bank, headers });
    expect(response.status).toBe(201);
    expect(await banks()).toHaveLength(1);
  });
});

describe('every answer', () => {
  it.each(['/thi', '/staff', '/api/v1/me', '/healthz', '/nothing'])(
    'of %s carries the headers',
    async (path) => {
      const { headers } = await fetch(stage.url + path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
      expect(headers.has('x-powered-by')).toBe(false);
      expect(headers.has('server')).toBe(false);
    },
  );

  it.each(['/thi', '/staff'])('of %s lets the page run nothing but what is named', async (path) => {
    const response = await fetch(stage.url + path);
    const policy = policyOf(response);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(policy.get('form-action')).toEqual(["'none'"]);
    expect(policy.get('require-trusted-types-for')).toEqual(["'script'"]);
    const sources = [...policy.values()].flat();
    for (const loose of ["'unsafe-inline'", "'unsafe-eval'", '*', 'https:', 'http:', 'data:']) {
      expect(sources).not.toContain(loose);
    }
    const html = await response.text();
    for (const code of inlineScripts(html)) {
      expect(policy.get('script-src')).toContain(
        `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
      );
    }
    expect(html).not.toMatch(/<[^>]+\s(?:on\w+|style)=/);
  });
});

function asTeacher(path: string, init: RequestInit = {}): Promise<Response> {
  const { cookie } = stage.school.teacher.api;
  const headers = { cookie, 'x-niem': '1', 'content-type': 'application/json', ...init.headers };
  return fetch(`${stage.url}/api/v1${path}`, { ...init, headers });
}

async function banks() {
  return (await stage.school.teacher.api.get<BankList>('/banks')).banks;
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const text = await response.text();
  expectNothingInside(text);
  return JSON.parse(text) as Problem;
}

/** Neither stack traces nor paths of this computer. */
function expectNothingInside(text: string): void {
  expect(text).not.toMatch(/\bat .+:\d+|\.[jt]s\b|node_modules|Error:/);
  expect(text).not.toContain(root);
  expect(text).not.toContain(stage.place.data);
}

function policyOf(response: Response): Map<string, string[]> {
  const policy = response.headers.get('content-security-policy') ?? '';
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources];
    }),
  );
}

function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = '']) => code);
}
