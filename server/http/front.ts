import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Express, Request, Response } from 'express';
import { DomainError } from '#bank/protocol';
import {
  admit,
  caller,
  problemHandler,
  requireBodyType,
  sessionOf,
  wellFormed,
  type MountOptions,
} from './mount.ts';
import { Reply, type Route } from './route.ts';
import { dataHeaders } from './security-headers.ts';
import type { SessionInfo } from './session.ts';

const BASE = '/api/v1';
/** What is asked for, up to a parameter at its end. */
const WITH_PARAMETER = /^(.+\/)([\w-]+)$/;

type Servant = (request: Request, response: Response, parameter: string | undefined) => Promise<void>;

/**
 * Serves the routes declared as `front` itself and leaves the rest to Express: the same guards, checks, handlers and
 * refusals, without router, middleware and body reader, which take several times as long as saving an answer.
 */
export function inFrontOf(web: Express, routes: readonly Route[], options: MountOptions): RequestListener {
  const report = problemHandler(options.log);
  const hot = new Map(
    routes.flatMap((route) => (route.front ? [[placeOf(route), servant(route, options)]] : [])),
  );
  return (message, reply) => {
    const asked = `${message.method} ${message.url}`;
    const [, place = asked, parameter] = hot.has(asked) ? [] : (WITH_PARAMETER.exec(asked) ?? []);
    const serve = hot.get(place);
    if (!serve || (place === asked && place.endsWith('/'))) {
      web(message, reply);
      return;
    }
    const { request, response } = adopt(web, message, reply);
    serve(request, response, parameter).catch((error: unknown) => {
      if (!response.headersSent) response.set('cache-control', 'no-store');
      report(error, request, response, () => response.destroy());
    });
  };
}

/** `GET /api/v1/things/` of the route `/things/:thing`. */
function placeOf({ method, path }: Route): string {
  return `${method.toUpperCase()} ${BASE}${path.replace(/:\w+$/, '')}`;
}

function servant(route: Route, options: MountOptions): Servant {
  const { front, path } = route;
  const call = caller(route);
  const parameterName = /:(\w+)$/.exec(path)?.[1];
  const headers = dataHeaders({ https: options.secureCookies });
  const ofJson = {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  };
  return async (request, response, parameter) => {
    const session = await sessionOf(request, options);
    if (!front?.hasOwnRates) await count(request, response, session, options);
    admit(session, route);
    requireBodyType(route, request);
    if (route.body) request.body = await readJson(request, front?.maxBytes ?? 0);
    if (parameterName !== undefined && parameter !== undefined)
      request.params = { [parameterName]: parameter };
    const result = await call(request, session);
    if (result instanceof Reply) sendFile(request, response, result, headers);
    else sendJson(response, JSON.stringify(result), ofJson);
  };
}

/** With its length, so that head and body leave in one piece. */
function sendJson(response: Response, text: string, headers: Record<string, string>): void {
  response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
}

/** Counts the request beside those that go through Express. @throws DomainError `too-many-requests` */
function count(
  request: Request,
  response: Response,
  session: SessionInfo | null,
  { limit }: MountOptions,
): Promise<void> {
  response.locals = { session };
  return new Promise((resolve, reject) => {
    void limit(request, response, (error: unknown) => (error ? reject(error) : resolve()));
  });
}

/** Sends bytes under their own headers, or says that who asks has them already (RFC 9110 §13.1.2). */
function sendFile(
  request: Request,
  response: Response,
  { status, headers, body }: Reply,
  common: Record<string, string>,
): void {
  const isKnown = headers['etag'] !== undefined && request.headers['if-none-match'] === headers['etag'];
  response.writeHead(isKnown ? 304 : status, { ...common, ...headers }).end(isKnown ? undefined : body);
}

/** Gives request and response the members that guards and refusals use; Express does the same with its own. */
function adopt(web: Express, message: IncomingMessage, reply: ServerResponse) {
  const request: Request = Object.setPrototypeOf(message, web.request);
  const response: Response = Object.setPrototypeOf(reply, web.response);
  request.res = response;
  Object.assign(response, { req: request });
  return { request, response };
}

/** @throws DomainError `too-large` without reading on, `invalid-input` also when the sender has gone */
async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  try {
    return JSON.parse((await readBytes(request, maxBytes)).toString('utf8'), wellFormed);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('invalid-input', 400, { where: '/', reason: 'the body cannot be read' });
  }
}

async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new DomainError('too-large', 413, { megabytes: 1 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
