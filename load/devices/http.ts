import { Agent, request } from 'node:http';
import type { Target } from './web-socket.ts';

export interface HttpAnswer {
  status: number;
  retryAfter: number | null;
  body: string;
}

/** Connections that are kept, shared by the devices of a process. */
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/**
 * One request to `/api/v1`, as a candidate's page sends it; `body` null is a GET. Where the server gives a kept
 * connection up in the moment in which it is used again, the request is sent over another one, as browsers do.
 */
export async function ask(
  target: Target,
  path: string,
  body: string | null,
  cookie = '',
): Promise<HttpAnswer> {
  for (;;) {
    try {
      return await askOnce(target, path, body, cookie);
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error;
    }
  }
}

class GivenUp extends Error {}

function askOnce(
  { host, port, authority, from }: Target,
  path: string,
  body: string | null,
  cookie: string,
): Promise<HttpAnswer> {
  const headers = {
    host: authority,
    'x-niem': '1',
    ...(cookie !== '' && { cookie }),
    ...(body !== null && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
  const method = body === null ? 'GET' : 'POST';
  const options = { host, port, method, path: `/api/v1${path}`, headers, agent };
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, ...(from !== undefined && { localAddress: from }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: Number(response.headers['retry-after']) || null,
          body: Buffer.concat(chunks).toString(),
        }),
      );
      response.on('error', reject);
    });
    asked.on('error', (error: NodeJS.ErrnoException) =>
      reject(asked.reusedSocket && error.code === 'ECONNRESET' ? new GivenUp() : error),
    );
    asked.end(body ?? undefined);
  });
}
