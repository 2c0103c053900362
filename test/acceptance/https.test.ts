import { once } from 'node:events';
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { localCertificate } from '#server/http';
import type { ServerAddress } from '../../scripts/process/server-process.ts';
import { ownName, type OwnName } from '../support/own-name.ts';
import { freshPlace, serverOn } from '../support/server.ts';
import { tempDir } from '../support/temp-dir.ts';

describe('HTTPS with certificate files', () => {
  let name: OwnName;
  let address: ServerAddress;

  beforeAll(async () => {
    name = await ownName('thi.truong.example');
    address = await serverOn(freshPlace(name.settings)).start();
  });

  it('is served under the public name, to whoever trusts the authority', async () => {
    expect(address.url).toBe(name.url);
    expect(address.setupUrl).toMatch(/^https:\/\/thi\.truong\.example:\d+\/staff\/#\/join\//);
    const response = await name.fetch(`${name.url}/healthz`);
    expect(await response.json()).toEqual({ alive: true });
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
  });

  it('keeps sessions in cookies that never travel without it', async () => {
    const response = await name.fetch(`${name.url}/api/v1/invitations/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-niem': '1', origin: name.url },
      body: JSON.stringify({
        token: address.setupUrl?.slice(address.setupUrl.lastIndexOf('/') + 1),
        name: 'Trần Văn Quản',
        login: 'quan.tri',
        password: 'một câu dài dễ nhớ',
      }),
    });
    expect(response.ok).toBe(true);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-niem=[^;]+;/);
    for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/'])
      expect(cookie).toContain(attribute);
    const session = cookie.split(';')[0]?.split('=')[1] ?? '';
    const me = (headers: Record<string, string>) => name.fetch(`${name.url}/api/v1/me`, { headers });
    const caller = async (cookie: string) => (await me({ cookie: `${cookie}=${session}` })).json();
    expect(await caller('__Host-niem')).toMatchObject({ login: 'quan.tri' });
    expect(await caller('niem')).toBeNull();
  });

  it('lets the pages connect to its own encrypted socket only', async () => {
    const response = await name.fetch(`${name.url}/thi`);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain(`connect-src 'self' ${name.url.replace('https:', 'wss:')};`);
  });

  it('is refused by whoever does not trust the authority', async () => {
    const { root } = await localCertificate(join(tempDir(), 'another.json'));
    await expect(get(name.url, '/healthz', { ca: root })).rejects.toThrow(/certificate|signature/);
  });

  it('answers nothing over plain HTTP', async () => {
    const sent = requestPlain({ host: '127.0.0.1', port: new URL(name.url).port, path: '/healthz' }).end();
    await expect(once(sent, 'response')).rejects.toThrow(/hang up|ECONNRESET/);
  });
});

describe('serve --lan', () => {
  const place = freshPlace({ NIEM_HOST: '127.0.0.1' });

  it('makes an authority of its own, whose root verifies the connection, and keeps it', async () => {
    const first = serverOn(place, '--lan');
    const { url, addresses } = await first.start();
    expect(url).toMatch(/^https:/);
    for (const address of addresses) expect(address).toMatch(/^https:\/\/[^/]+:\d+$/);
    const root = await readRoot(url);
    expect(await get(url, '/readyz', { ca: root })).toEqual({ status: 200, text: '{"ready":true}' });
    expect(await first.stop()).toBe(0);
    const again = await serverOn(place, '--lan').start();
    expect(await readRoot(again.url)).toBe(root);
  });

  it('offers no root without it', async () => {
    const { url } = await serverOn(freshPlace()).start();
    expect((await fetch(`${url}/lan-root.crt`)).status).toBe(404);
  });
});

/** As a phone reads it before it trusts anything. */
async function readRoot(url: string): Promise<string> {
  const { text } = await get(url, '/lan-root.crt', { rejectUnauthorized: false });
  expect(text).toMatch(/^-----BEGIN CERTIFICATE-----/);
  return text;
}

/** A request to this computer under the name of an address. */
async function get(
  url: string,
  path: string,
  trust: RequestOptions,
): Promise<{ status: number; text: string }> {
  const { hostname, port, host } = new URL(url);
  const isName = /[a-z]/.test(hostname);
  const sent = request({
    host: '127.0.0.1',
    port,
    path,
    agent: false,
    headers: { host },
    ...(isName && { servername: hostname }),
    ...trust,
  });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
}
