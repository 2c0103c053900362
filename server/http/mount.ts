import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import express, {
  Router,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { Logger } from 'pino';
import { DomainError, isAllowed, LIMITS, type Language } from '#bank/protocol';
import { inItsPlace, takePlace } from './heavy-work.ts';
import { toProblem } from './problem.ts';
import { Reply, type Origin, type Route, type Upload } from './route.ts';
import {
  DEVICE_COOKIE,
  readCookie,
  SESSION_COOKIE,
  sessionByCookie,
  type Authenticate,
  type SessionInfo,
} from './session.ts';
import { validator } from './checks/validate.ts';

export interface MountOptions {
  authenticate: Authenticate;
  log: Logger;
  /** Whether cookies are `Secure` and carry the `__Host-` prefix: everywhere but on plain loopback. */
  secureCookies: boolean;
  /** Refuses the requests that are more than anybody needs; see `limitRequests`. */
  limit: RequestHandler;
  /** Takes a place for a large piece of work of a person; see `Jobs.reserve`. */
  reserve(person: string): () => void;
}

const compressed = promisify(gzip);

const JSON_TYPE = 'application/json';
const FILE_TYPE = 'application/octet-stream';

/** Registers the routes on a router for `/api/v1`: access, request checks, handler, reply, problem details. */
export function mountRoutes(routes: readonly Route[], options: MountOptions): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  const place = takePlace(options.reserve);
  for (const route of routes) {
    const readers = route.upload
      ? [express.raw({ type: FILE_TYPE, limit: route.upload.maxBytes })]
      : [express.json({ type: JSON_TYPE, limit: bodyLimit(route), strict: false, reviver: wellFormed })];
    const guards = [recognise(options), options.limit, guard(route), ...(route.heavy ? [place] : [])];
    router[route.method](route.path, ...guards, ...readers, serve(route, options));
  }
  router.use(() => {
    throw new DomainError('not-found', 404);
  });
  router.use(problemHandler(options.log));
  return router;
}

/** Only what staff write is ever long. */
function bodyLimit({ access }: Route): number {
  return access === 'public' || access === 'candidate' ? LIMITS.socketMessageBytes : LIMITS.jsonBodyBytes;
}

/** Half of a surrogate pair, as it is left where a text was cut, has no UTF-8 and becomes U+FFFD. */
export function wellFormed(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value;
}

function recognise(options: MountOptions) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    response.locals['session'] = await sessionOf(request, options);
    next();
  };
}

/** Runs before the body is read, so that strangers cannot make the server hold their uploads. */
function guard(route: Route) {
  return (_request: Request, response: Response, next: NextFunction): void => {
    admit(response.locals['session'], route);
    next();
  };
}

/** Who asks from a page of this server; null for nobody whom it knows. */
export async function sessionOf(request: Request, options: MountOptions): Promise<SessionInfo | null> {
  requireSameSite(request);
  return sessionByCookie(request.headers.cookie, options);
}

/** @throws DomainError `sign-in-required`, `forbidden` */
export function admit(session: SessionInfo | null, route: Route): void {
  if (!isAllowed(session?.actor ?? null, route.access)) {
    throw session ? new DomainError('forbidden', 403) : new DomainError('sign-in-required', 401);
  }
}

/** Browsers send these headers by themselves; a form on another site can neither set `x-niem` nor send JSON. */
function requireSameSite(request: Request): void {
  if (request.method === 'GET') return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new DomainError('forbidden', 403);
  const origin = request.headers.origin;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.host))
    throw new DomainError('forbidden', 403);
  if (request.headers['x-niem'] !== '1') throw new DomainError('forbidden', 403);
}

function serve(route: Route, options: MountOptions) {
  const call = caller(route);
  const answer = async (request: Request, response: Response): Promise<void> => {
    requireBodyType(route, request);
    const reply = asReply(await call(request, response.locals['session']));
    if (reply.session) response.append('set-cookie', cookieFor(reply.session, options.secureCookies));
    response.status(reply.status).set(reply.headers);
    if (route.compress) await sendCompressed(request, response, reply);
    else send(response, reply);
  };
  return (request: Request, response: Response) => inItsPlace(response, () => answer(request, response));
}

/** Checks what a request holds against the schemas of its route, then lets the route handle it. */
export function caller(route: Route) {
  const params = route.params && validator(route.params, 'text');
  const query = route.query && validator(route.query, 'text');
  const body = route.body && validator(route.body, 'body');
  return async (request: Request, session: SessionInfo | null): Promise<unknown> =>
    route.handle({
      actor: session?.actor ?? null,
      session,
      origin: originOf(request),
      params: params?.({ ...request.params }),
      query: query?.({ ...request.query }),
      body: body?.(request.body),
      upload: route.upload ? uploadOf(request) : null,
    });
}

export function requireBodyType(route: Route, request: Request): void {
  const wanted = route.upload ? FILE_TYPE : route.body ? JSON_TYPE : null;
  if (wanted && !request.is(wanted)) throw new DomainError('wrong-type', 415);
}

function uploadOf(request: Request): Upload {
  const name = typeof request.query['name'] === 'string' ? request.query['name'].slice(0, 255) : 'tệp';
  return { bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), name };
}

function originOf(request: Request): Origin {
  const baseUrl = `${request.protocol}://${request.host}`;
  return {
    ip: request.ip ?? '',
    baseUrl,
    page: request.headers.origin ?? baseUrl,
    language: languageOf(request),
    device: readCookie(request.headers.cookie, DEVICE_COOKIE),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
  };
}

function languageOf(request: Request): Language {
  return request.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi';
}

function asReply(result: unknown): Reply {
  if (result instanceof Reply) return result;
  return new Reply({ status: result === undefined ? 204 : 200, body: result });
}

function send(response: Response, { body }: Reply): void {
  if (body === undefined) response.end();
  else if (Buffer.isBuffer(body)) response.end(body);
  else response.json(body);
}

async function sendCompressed(request: Request, response: Response, reply: Reply): Promise<void> {
  response.vary('accept-encoding');
  if (request.acceptsEncodings('gzip') === false) return send(response, reply);
  const bytes = await compressed(JSON.stringify(reply.body));
  response.set('content-encoding', 'gzip').type(JSON_TYPE).end(bytes);
}

function cookieFor(change: NonNullable<Reply['session']>, secure: boolean): string {
  const name = secure ? SESSION_COOKIE.secure : SESSION_COOKIE.plain;
  const value = 'set' in change ? `${change.set}; Max-Age=${change.maxAgeSeconds}` : '; Max-Age=0';
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}

/** The last resort of the service: every error becomes problem details, never a stack trace. */
export function problemHandler(log: Logger) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error, languageOf(request), log);
    if (problem.status === 413) linger(request);
    if (problem.values?.['seconds'] !== undefined)
      response.set('retry-after', String(problem.values['seconds']));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}

/** For so long who sends too much may go on until it reads the refusal; what comes is thrown away. */
const LINGER_MS = 5000;

/** Ending the connection at once would, while data comes in, take the refusal away from its reader (RFC 9112 §9.6). */
function linger(request: Request): void {
  request.unpipe();
  request.resume();
  const { socket } = request;
  const timer = setTimeout(() => {
    if (!request.complete) socket.destroy();
  }, LINGER_MS);
  timer.unref();
}
