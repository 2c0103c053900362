import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { localCertificate } from '#server/http';
import { freePort } from '../../scripts/process/free-port.ts';
import { tempDir } from './temp-dir.ts';

/** A server address over HTTPS on a name that only these tests know; it leads to this computer. */
export interface OwnName {
  url: string;
  /** Settings of the server. */
  settings: Record<string, string>;
  /** Switches that tell Chromium where the name leads and which key to trust, and nothing else. */
  switches: string[];
  /** A `fetch` that knows the name, and trusts the authority that made the certificate and no other. */
  fetch: typeof fetch;
}

/** Makes a certificate for the name by an authority of its own, and takes a free port. */
export async function ownName(name: string): Promise<OwnName> {
  const dir = tempDir();
  const { cert, key, root } = await localCertificate(join(dir, 'authority.json'), [name]);
  const [certFile, keyFile] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key, { mode: 0o600 });
  const port = await freePort();
  const url = `https://${name}:${port}`;
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    url,
    settings: {
      NIEM_TLS_CERT: certFile,
      NIEM_TLS_KEY: keyFile,
      NIEM_PORT: String(port),
      NIEM_PUBLIC_URL: url,
    },
    switches: [
      `--host-resolver-rules=MAP ${name} 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${createHash('sha256').update(spki).digest('base64')}`,
    ],
    fetch: (input, init) => send(new Request(input, init), root),
  };
}

async function send(message: Request, ca: string): Promise<Response> {
  const url = new URL(message.url);
  const options: RequestOptions = {
    host: '127.0.0.1',
    port: url.port,
    path: `${url.pathname}${url.search}`,
    method: message.method,
    headers: { ...Object.fromEntries(message.headers), host: url.host },
    servername: url.hostname,
    ca,
  };
  const sent = request(options);
  sent.end(Buffer.from(await message.arrayBuffer()));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (let i = 0; i < answer.rawHeaders.length; i += 2) {
    headers.append(answer.rawHeaders[i] ?? '', answer.rawHeaders[i + 1] ?? '');
  }
  const status = answer.statusCode ?? 500;
  return new Response(status === 204 ? null : Buffer.concat(chunks), { status, headers });
}
