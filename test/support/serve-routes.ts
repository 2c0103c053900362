import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv } from 'ajv';
import express from 'express';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { Actor } from '#bank/protocol';
import { mountRoutes, Reply, type MountOptions, type Route } from '#server/http';

export interface Answer<T> {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON, the bytes otherwise; null where there is none. */
  body: T;
}

export interface ServedRoutes {
  /** `http://127.0.0.1:<port>` */
  url: string;
  server: Server;
  /** Asks as the caller with this session token; bytes are sent as a file, everything else as JSON. */
  call<T = unknown>(
    token: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
}

/** Guards that count nothing: for tests of what stands behind them. */
export const UNLIMITED: Pick<MountOptions, 'limit' | 'reserve'> = {
  limit: (_request, _response, next) => next(),
  reserve: () => () => undefined,
};

type SignedIn = Extract<Actor, { kind: 'staff' | 'candidate' }>;

const servers: Server[] = [];

afterAll(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/**
 * Routes behind the product's own guards, on a free port; closed after the tests of this file. An answer that is not
 * what its route declares becomes an internal error.
 */
export async function serveRoutes(
  routes: readonly Route[],
  actorOf: (token: string) => SignedIn | undefined,
): Promise<ServedRoutes> {
  const authenticate = async (token: string) => {
    const actor = actorOf(token);
    return actor ? { id: token, actor, expiresAt: Infinity } : null;
  };
  const log = pino({ level: 'silent' });
  const web = express().use(
    '/api/v1',
    mountRoutes(routes.map(heldToItsWord), { authenticate, log, secureCookies: false, ...UNLIMITED }),
  );
  const server = createServer(web).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    server,
    async call<T>(token: string | null, method: string, path: string, body?: unknown, more = {}) {
      const isFile = body instanceof Uint8Array;
      const type = isFile ? 'application/octet-stream' : 'application/json';
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          'x-niem': '1',
          ...(token !== null && { cookie: `niem=${token}` }),
          ...(body !== undefined && { 'content-type': type }),
          ...more,
        },
        ...(body !== undefined && { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
      });
      const { status, headers } = response;
      return { status, headers, body: (await readBody(response)) as T };
    },
  };
}

const ajv = new Ajv({ strict: true, allowUnionTypes: true });

function heldToItsWord(route: Route): Route {
  const fits = route.response && ajv.compile(route.response);
  return {
    ...route,
    async handle(call) {
      const result = await route.handle(call);
      const given = result instanceof Reply ? result.body : result;
      if (route.file ? !Buffer.isBuffer(given) : !fits && given !== undefined)
        throw new Error(`${route.path} gives what it does not declare`);
      if (fits && !fits(JSON.parse(JSON.stringify(given))))
        throw new Error(`${route.path} does not give what it declares: ${ajv.errorsText(fits.errors)}`);
      return result;
    },
  };
}

async function readBody(response: Response): Promise<unknown> {
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length === 0) return null;
  return /\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(bytes.toString()) : bytes;
}
