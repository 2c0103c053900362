import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localCertificate } from '#server/http';
import { tempDir } from '../../support/temp.ts';

test('a school network trusts the server through one root, kept across starts', async () => {
  const file = join(tempDir(), 'config', 'lan-authority.json');
  const first = await localCertificate(file, ['thi.truong.test']);
  const second = await localCertificate(file, ['thi.truong.test']);
  expect(existsSync(file)).toBe(true);
  const open = process.platform === 'win32' ? 0 : statSync(file).mode & 0o077;
  expect(open).toBe(0);
  expect(second.root).toBe(first.root);
  expect(second.key).not.toBe(first.key);

  const server = createServer({ cert: second.cert, key: second.key }, (_request, response) =>
    response.end('ok'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const trusting = { host: '127.0.0.1', port, servername: 'thi.truong.test' };
  const [response] = await once(get({ ...trusting, ca: first.root }), 'response');
  expect(response.statusCode).toBe(200);
  response.resume();
  const [refusal] = await once(get(trusting), 'error');
  expect(refusal.message).toContain('certificate');
  server.closeAllConnections();
  server.close();
});
