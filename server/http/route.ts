import type { Static, TSchema } from '@sinclair/typebox';
import type { Access, Actor } from '#bank/protocol';
import type { SessionInfo } from './session.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A file as it arrived: held in memory only, never written to a temporary file. */
export interface Upload {
  bytes: Buffer;
  /** The name the browser gave, for messages; never used as a path. */
  name: string;
}

/** Where a request comes from, for throttles and links; no personal data is logged from it. */
export interface Origin {
  ip: string;
  /** Public base address as the client saw it, such as `https://thi.school.example`. */
  baseUrl: string;
  /** Where the page comes from that sends the request, as its browser says; `baseUrl` where nothing says it. */
  page: string;
  language: 'vi' | 'en';
  /** What the browser calls itself; not to be logged. */
  userAgent: string;
  /** What this server has called the device at its first call; null when it sends nothing of the kind. */
  device: string | null;
}

interface RouteCall<P, Q, B, A extends Actor | null, S = SessionInfo | null> {
  actor: A;
  session: S;
  origin: Origin;
  params: P;
  query: Q;
  body: B;
  upload: Upload | null;
}

/** Anything else than `200` with a JSON body: cookies, other statuses, files. */
export class Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;
  readonly session: SessionChange | null;
  constructor(parts: {
    status?: number;
    body?: unknown;
    headers?: Record<string, string>;
    session?: SessionChange;
  }) {
    this.status = parts.status ?? 200;
    this.body = parts.body;
    this.headers = parts.headers ?? {};
    this.session = parts.session ?? null;
  }
}

/** Sets or clears the session cookie of the caller. */
type SessionChange = { set: string; maxAgeSeconds: number } | { clear: true };

/** A file for download; the name may hold Vietnamese letters. */
export function fileReply(bytes: Uint8Array, name: string, type: string): Reply {
  return new Reply({
    body: Buffer.from(bytes),
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  });
}

type ActorFor<A extends Access> = A extends 'public'
  ? Actor | null
  : A extends 'candidate'
    ? Extract<Actor, { kind: 'candidate' }>
    : Extract<Actor, { kind: 'staff' }>;

type SessionFor<A extends Access> = A extends 'public' ? SessionInfo | null : SessionInfo;

type Shape<S> = S extends TSchema ? Static<S> : undefined;

/** The path of such a route is fixed, or ends with its only parameter, of base64url characters; it takes no query. */
interface Front {
  /** Of the JSON body; absent where there is none. */
  maxBytes?: number;
  /** The handler itself holds back who calls too often. */
  hasOwnRates?: true;
}

interface RouteSpec<
  A extends Access,
  P extends TSchema | undefined,
  Q extends TSchema | undefined,
  B extends TSchema | undefined,
> {
  method: Method;
  /** Below `/api/v1`, Express notation: `/exams/:exam`. */
  path: string;
  access: A;
  /** One English sentence for the API description. */
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** The request body is a file of at most this many bytes; its name comes in the `name` query parameter. */
  upload?: { maxBytes: number };
  /** Called so often, or by so many at once, that it is served in front of Express. */
  front?: Front;
  /** The JSON that it gives. Where neither this nor `file` is declared it gives nothing. */
  response?: TSchema;
  /** Media types of the file that it gives. */
  file?: readonly string[];
  /**
   * Sends the answer as gzip. Only for answers in which no secret stands in clear beside something that the caller
   * or a stranger can choose: their size would tell of it (BREACH).
   */
  compress?: true;
  /** Takes much memory or time, or starts a job that does: one person may have few of these under way. */
  heavy?: true;
  handle(
    call: RouteCall<Shape<P>, Shape<Q>, Shape<B>, ActorFor<A>, SessionFor<A>>,
  ): Promise<unknown> | unknown;
}

/** A route whose types have been checked; what modules export and `mountRoutes` takes. */
export interface Route {
  method: Method;
  path: string;
  access: Access;
  summary: string;
  params: TSchema | null;
  query: TSchema | null;
  body: TSchema | null;
  upload: { maxBytes: number } | null;
  front: Front | null;
  response: TSchema | null;
  file: readonly string[] | null;
  compress: boolean;
  heavy: boolean;
  handle(call: RouteCall<unknown, unknown, unknown, Actor | null>): Promise<unknown> | unknown;
}

/**
 * Declares one endpoint: who may call it, the schemas of what it takes and gives, and its handler.
 * The handler returns a JSON value, `undefined` (204) or a `Reply`, and throws `DomainError` to refuse.
 */
export function defineRoute<
  A extends Access,
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | undefined = undefined,
>(spec: RouteSpec<A, P, Q, B>): Route {
  return {
    method: spec.method,
    path: spec.path,
    access: spec.access,
    summary: spec.summary,
    params: spec.params ?? null,
    query: spec.query ?? null,
    body: spec.body ?? null,
    upload: spec.upload ?? null,
    front: spec.front ?? null,
    response: spec.response ?? null,
    file: spec.file ?? null,
    compress: spec.compress ?? false,
    heavy: spec.heavy ?? false,
    handle: (call) =>
      spec.handle(call as RouteCall<Shape<P>, Shape<Q>, Shape<B>, ActorFor<A>, SessionFor<A>>),
  };
}
