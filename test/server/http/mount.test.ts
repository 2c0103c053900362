import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import express from 'express';
import { pino } from 'pino';
import { LIMITS } from '#bank/protocol';
import { Type } from '@sinclair/typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineRoute, inFrontOf, limitRequests, mountRoutes, Reply } from '#server/http';
import { UNLIMITED } from '../../support/serve-routes.ts';

const THING = {
  method: 'post',
  access: 'public',
  summary: 'Takes a thing.',
  body: Type.Object(
    { a: Type.Optional(Type.Integer()), text: Type.Optional(Type.String()) },
    { additionalProperties: false },
  ),
  handle: ({ body }: { body: { text?: string } }) => ({ code: body.text }),
} as const;

/** Guards as they stand before every route, spoken to as browsers never would. */
describe.each([
  ['behind Express', '/things/a'],
  ['in front of Express', '/thing'],
])('the guards of a route %s', (_where, path) => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const routes = [
    defineRoute({ ...THING, path: '/things/:thing', params: Type.Object({ thing: Type.String() }) }),
    defineRoute({ ...THING, path: '/thing', front: { maxBytes: LIMITS.jsonBodyBytes } }),
    defineRoute({
      method: 'get',
      path: '/much',
      access: 'public',
      summary: 'Gives much.',
      compress: true,
      handle: () => ({ code: 'nhiều '.repeat(1_000) }),
    }),
  ];
  const options = { authenticate: async () => null, log, secureCookies: false, ...UNLIMITED };
  const web = express();
  web.use('/api/v1', mountRoutes(routes, options));
  const server = createServer(inFrontOf(web, routes, options));
  let host = '';

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  async function post(to: string, headers: Record<string, string>, body = '{}') {
    const request = httpRequest(`http://${host}/api/v1${to}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-niem': '1', ...headers },
    });
    request.end(body);
    const [response] = await once(request, 'response');
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode, code: JSON.parse(text).code };
  }

  test('the own page is let in', async () => {
    expect(await post(path, { origin: `http://${host}` })).toMatchObject({ status: 200 });
  });

  test.each(['null', 'hello world', '', 'http://', 'http://evil.example', '//evil.example'])(
    'the origin "%s" is refused',
    async (origin) => {
      expect(await post(path, { origin })).toEqual({ status: 403, code: 'forbidden' });
    },
  );

  test('another site, and a form without the header, are refused', async () => {
    expect(await post(path, { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 });
    expect(await post(path, { 'sec-fetch-site': 'same-site' })).toMatchObject({ status: 403 });
    expect(await post(path, { 'x-niem': '' })).toMatchObject({ status: 403 });
  });

  test('an address that is not UTF-8 leads nowhere', async () => {
    expect(await post('/things/%E0%A4%A', {})).toEqual({ status: 404, code: 'not-found' });
  });

  test('a body of another type, or none that is JSON, is refused', async () => {
    expect(await post(path, { 'content-type': 'text/plain' })).toEqual({ status: 415, code: 'wrong-type' });
    expect(await post(path, {}, '{"a":')).toEqual({ status: 400, code: 'invalid-input' });
  });

  test('a body that is too large is not read to its end', async () => {
    const body = JSON.stringify({ text: 'a'.repeat(LIMITS.jsonBodyBytes) });
    expect(await post(path, {}, body)).toEqual({ status: 413, code: 'too-large' });
  });

  test('members that nobody asked for are refused, also those of the prototype', async () => {
    for (const body of ['{"__proto__":{"a":1}}', '{"constructor":1}', '[]', '"x"', 'null', '{"a":"1"}'])
      expect(await post(path, {}, body)).toMatchObject({ status: 400, code: 'invalid-input' });
  });

  test('half of a surrogate pair is replaced, a whole one stays', async () => {
    const { code } = await post(path, {}, String.raw`{"text":"a\ud835 \ud835\udd4f \udd4f"}`);
    expect(code).toBe('a\uFFFD 𝕏 \uFFFD');
  });

  test('an answer that may be compressed is, for who takes it; no other ever is', async () => {
    const get = async (encodings: string) => {
      const request = httpRequest(`http://${host}/api/v1/much`, {
        headers: { 'accept-encoding': encodings },
      });
      request.end();
      const [response] = await once(request, 'response');
      const bytes = Buffer.concat(await response.toArray());
      return { headers: response.headers as Record<string, string>, bytes };
    };
    const [packed, plain] = [await get('gzip, br'), await get('identity')];
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(plain.headers).toMatchObject({ vary: 'accept-encoding' });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(packed.headers['content-type']).toBe(plain.headers['content-type']);
    expect(packed.bytes.length).toBeLessThan(200);
    expect(gunzipSync(packed.bytes)).toEqual(plain.bytes);
    const other = await fetch(`http://${host}/api/v1/nothing`, { headers: { 'accept-encoding': 'gzip' } });
    expect(other.headers.get('content-encoding')).toBeNull();
  });

  test('a body that breaks off is not an error of the server', async () => {
    const request = httpRequest(`http://${host}/api/v1${path}`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', 'x-niem': '1', 'content-length': '100' },
    });
    request.on('error', () => undefined);
    request.write('{"a":');
    const [arrived] = await once(server, 'request');
    const closed = new Promise((resolve) => arrived.socket.once('close', resolve));
    request.destroy();
    await closed;
    await post(path, {});
    expect(lines).toEqual([]);
  });
});

describe('a file that is given in front of Express', () => {
  const log = pino({ level: 'silent' });
  const params = Type.Object({ name: Type.String({ pattern: '^[a-z]{3}$' }) });
  const etag = '"abc"';
  const routes = [
    defineRoute({
      method: 'get',
      path: '/files/:name',
      access: 'public',
      summary: 'Gives a file.',
      params,
      file: ['application/octet-stream'],
      front: {},
      handle: ({ params: { name } }) =>
        new Reply({ body: Buffer.from(name), headers: { etag, 'cache-control': 'public, immutable' } }),
    }),
    defineRoute({
      method: 'get',
      path: '/numbers',
      access: 'public',
      summary: 'Gives a number.',
      front: {},
      handle: () => ({ ü: 1 }),
    }),
  ];
  const most = 6;
  const options = {
    authenticate: async () => null,
    log,
    secureCookies: true,
    ...UNLIMITED,
    limit: limitRequests({ person: most, address: most }),
  };
  const server = createServer(
    inFrontOf(express().use('/api/v1', mountRoutes(routes, options)), routes, options),
  );
  let base = '';

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  });
  afterAll(() => void server.close());

  test('comes by its name, once, under the headers of all data; too many are refused however they come', async () => {
    const whole = await fetch(`${base}/files/abc`);
    expect({ status: whole.status, text: await whole.text() }).toEqual({ status: 200, text: 'abc' });
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      etag,
      'cache-control': 'public, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
    const again = await fetch(`${base}/files/abc`, { headers: { 'if-none-match': etag } });
    expect({ status: again.status, text: await again.text() }).toEqual({ status: 304, text: '' });
    const json = await fetch(`${base}/numbers`);
    expect(json.headers.get('cache-control')).toBe('no-store');
    expect(await json.json()).toEqual({ ü: 1 });
    const bad = await fetch(`${base}/files/abcd`);
    expect(bad.status).toBe(400);
    expect(bad.headers.get('cache-control')).toBe('no-store');
    // through Express, which counts on the same account
    expect((await fetch(`${base}/files/`)).status).toBe(404);
    expect((await fetch(`${base}/files/abc?x=1`)).status).toBe(200);
    expect((await fetch(`${base}/files/abc`)).status).toBe(200);
    const many = await fetch(`${base}/files/abc`);
    expect({ status: many.status, problem: await many.json() }).toMatchObject({
      status: 429,
      problem: { code: 'too-many-requests' },
    });
    expect(Number(many.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
