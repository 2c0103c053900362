import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pageRoutes } from '#server/http';
import { tempDir } from '../../support/temp.ts';

const HTML = '<!doctype html><title>Niêm</title>';
const CODE = 'export const a = 1;';

let server: Server;
let clientDir: string;

function ask(path: string, encoding?: string): Promise<IncomingMessage & { bytes: Buffer }> {
  const { port } = server.address() as AddressInfo;
  const headers = encoding ? { 'accept-encoding': encoding } : {};
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, headers }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part as Buffer);
      resolve(Object.assign(answer, { bytes: Buffer.concat(parts) }));
    }).on('error', reject);
  });
}

function writePage(app: string, html: string): void {
  const assets = join(clientDir, app, 'assets');
  mkdirSync(assets, { recursive: true });
  writeFileSync(join(clientDir, app, 'index.html'), html);
  writeFileSync(join(clientDir, app, 'index.html.br'), brotliCompressSync(html));
  writeFileSync(join(assets, 'part-1.js'), CODE);
  writeFileSync(join(assets, 'part-1.js.br'), brotliCompressSync(CODE));
  writeFileSync(join(assets, 'plain-1.js'), CODE);
}

beforeEach(async () => {
  clientDir = tempDir();
  writePage('candidate', HTML);
  writeFileSync(join(clientDir, 'candidate', 'thi-sw.js'), CODE);
  writeFileSync(join(clientDir, 'candidate', 'thi-sw.js.br'), brotliCompressSync(CODE));
  writePage('staff', '<style nonce="__NIEM_NONCE__"></style>');
  server = createServer(express().use(pageRoutes(clientDir)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

describe('the built pages', () => {
  test('come as the build compressed them, to browsers that take it', async () => {
    const page = await ask('/thi/ABC123', 'gzip, br');
    expect(page.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'no-store' });
    expect(String(brotliDecompressSync(page.bytes))).toBe(HTML);
    const part = await ask('/candidate/assets/part-1.js', 'br');
    expect(part.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(String(brotliDecompressSync(part.bytes))).toBe(CODE);
  });

  test('come plain to everybody else, and caches are told the difference', async () => {
    for (const path of ['/thi', '/candidate/assets/part-1.js']) {
      const answer = await ask(path);
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(String(answer.headers['vary'])).toContain('accept-encoding');
      expect(String(answer.bytes)).toBe(path === '/thi' ? HTML : CODE);
    }
    const plain = await ask('/candidate/assets/plain-1.js', 'br');
    expect([plain.headers['content-encoding'], String(plain.bytes)]).toEqual([undefined, CODE]);
  });

  test('have a worker that the browser asks for each time, and that may fetch from this server alone', async () => {
    const worker = await ask('/thi-sw.js', 'br');
    expect(worker.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'none'; connect-src 'self'",
    });
    expect(String(brotliDecompressSync(worker.bytes))).toBe(CODE);
    expect(String((await ask('/thi-sw.js')).bytes)).toBe(CODE);
  });

  test('have a fresh nonce in each answer where they ask for one', async () => {
    const answers = [await ask('/staff', 'br'), await ask('/staff', 'br')];
    const nonces = answers.map(({ bytes }) => /nonce="([^"]+)"/.exec(String(bytes))?.[1] ?? '');
    expect(nonces[0]).not.toBe(nonces[1]);
    for (const [index, { headers }] of answers.entries()) {
      expect(headers['content-encoding']).toBeUndefined();
      expect(headers['content-security-policy']).toContain(`'nonce-${nonces[index]}'`);
    }
  });

  test('serve nothing outside of their folder', async () => {
    for (const path of ['/candidate/assets/../index.html', '/candidate/assets/%2e%2e/index.html.br']) {
      expect((await ask(path, 'br')).statusCode).toBe(404);
    }
  });
});
