import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Type } from '@sinclair/typebox';
import express from 'express';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { defineRoute, knownAs, mountRoutes } from '#server/http';
import { UNLIMITED } from '../../support/serve-routes.ts';

async function serveKnownAs(publicUrl: string | null): Promise<string> {
  const where = defineRoute({
    method: 'post',
    path: '/where',
    access: 'public',
    summary: 'Tells the address that clients know.',
    body: Type.Object({}),
    handle: ({ origin }) => ({ baseUrl: origin.baseUrl }),
  });
  const web = express();
  web.set('trust proxy', ['127.0.0.1']);
  const log = pino({ level: 'silent' });
  web.use(mountRoutes([where], { authenticate: async () => null, log, secureCookies: true, ...UNLIMITED }));
  const server = createServer(web);
  if (publicUrl) knownAs(server, new URL(publicUrl));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/where`;
}

function ask(url: string, origin: string): Promise<Response> {
  const headers = {
    origin,
    'x-niem': '1',
    'content-type': 'application/json',
    'x-forwarded-host': 'evil.test',
  };
  return fetch(url, { method: 'POST', headers, body: '{}' });
}

test('behind a proxy that asks for another host name, pages of the public address are at home', async () => {
  const url = await serveKnownAs('https://thi.truong.test');
  const home = await ask(url, 'https://thi.truong.test');
  expect([home.status, await home.json()]).toEqual([200, { baseUrl: 'https://thi.truong.test' }]);
  expect((await ask(url, 'https://evil.test')).status).toBe(403);
});

test('without a public address only the host of the request is at home', async () => {
  const url = await serveKnownAs(null);
  expect((await ask(url, 'https://thi.truong.test')).status).toBe(403);
});
