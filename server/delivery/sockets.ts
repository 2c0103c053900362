import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import {
  CANDIDATE_EVENTS,
  CANDIDATE_NAMESPACE,
  DomainError,
  LIMITS,
  SOCKET_PATH,
  type CandidateEvent,
  type Chunk,
  type Join,
  type Joined,
  type LeaveSection,
  type Play,
  type Refused,
  type Save,
  type Submit,
} from '#bank/protocol';
import { refusalOf, validator } from '#server/http';
import type { Connection, Connections } from './connections.ts';
import type { CandidateActor, Tickets } from './tickets.ts';
import type { CandidateVerbs } from './verbs.ts';

interface SocketDeps {
  verbs: CandidateVerbs;
  tickets: Tickets;
  connections: Connections;
  log: Logger;
}

/** A connection that has not finished its handshake by then is cut off. */
const CONNECT_TIMEOUT_MS = 5000;
/** After so many refusals of one kind a connection is cut off: a page gets none of them, or few. */
const PATIENCE: Readonly<Record<string, number>> = {
  'too-many-requests': 3,
  'invalid-input': 50,
  'not-joined': 50,
};
type EventChecks = { [E in CandidateEvent]: (body: unknown) => unknown };

function eventChecks(): EventChecks {
  return {
    join: validator(CANDIDATE_EVENTS.join, 'body'),
    save: validator(CANDIDATE_EVENTS.save, 'body'),
    chunk: validator(CANDIDATE_EVENTS.chunk, 'body'),
    submit: validator(CANDIDATE_EVENTS.submit, 'body'),
    next: validator(CANDIDATE_EVENTS.next, 'body'),
    play: validator(CANDIDATE_EVENTS.play, 'body'),
  };
}

/**
 * Puts the candidates' namespace on a server. WebSocket only; the page must come from the same host; a one-time
 * ticket, which is for this page alone, says who it is.
 */
export function attachSockets(server: HttpServer | HttpsServer, deps: SocketDeps): Server {
  const io = new Server(server, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    allowRequest: (request, decide) => decide(null, isSameHost(request)),
    maxHttpBufferSize: LIMITS.socketMessageBytes,
    connectTimeout: CONNECT_TIMEOUT_MS,
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
  });
  io.use((_socket, next) => next(new Error('not-found')));
  const candidates = io.of(CANDIDATE_NAMESPACE);
  candidates.use((socket, next) => {
    const { auth, headers } = socket.handshake;
    const enter = (actor: CandidateActor) => {
      socket.data = actor;
      next();
    };
    deps.tickets
      .redeem(auth['ticket'], headers.origin)
      .then(enter, (error: unknown) => next(new Error(refusalOf(error, deps.log).code)));
  });
  const checks = eventChecks();
  candidates.on('connection', (socket) => {
    serve(socket, socket.data as CandidateActor, checks, deps);
  });
  return io;
}

/** Browsers tell where the page came from and cannot be made to lie about it by another site. */
function isSameHost({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  return [host, headers['x-forwarded-host']].includes(new URL(origin).host);
}

function serve(socket: Socket, actor: CandidateActor, checks: EventChecks, deps: SocketDeps): void {
  const connection: Connection = {
    emit: (event, ...body) => void socket.emit(event, ...body),
    disconnect: () => void socket.disconnect(true),
  };
  deps.connections.open(actor.attempt, connection);
  let hasJoined = false;
  /** Refusals by code; most connections never get one. */
  let refusals: Map<string, number> | null = null;

  async function join(body: Join): Promise<Joined> {
    // Taken before the state is read, so that no change of it can fall between answer and first push.
    if (socket.connected) deps.connections.take(actor.attempt, connection);
    const reply = await deps.verbs.join(actor, body);
    hasJoined = true;
    return reply;
  }

  function answer(event: CandidateEvent, body: unknown): Promise<object> {
    const checked = checks[event](body);
    if (event === 'join') return join(checked as Join);
    if (!hasJoined) throw new DomainError('not-joined', 409);
    if (event === 'save') return deps.verbs.save(actor, checked as Save);
    if (event === 'chunk') return deps.verbs.chunk(actor, checked as Chunk);
    if (event === 'play') return deps.verbs.play(actor, checked as Play);
    return event === 'submit'
      ? deps.verbs.submit(actor, checked as Submit)
      : deps.verbs.next(actor, checked as LeaveSection);
  }

  function refuse(error: unknown, acknowledge: (reply: Refused) => void): void {
    const refusal = refusalOf(error, deps.log);
    acknowledge(refusal);
    if (exhausts(refusal.code)) socket.disconnect(true);
  }

  function exhausts(code: string): boolean {
    refusals ??= new Map();
    const count = (refusals.get(code) ?? 0) + 1;
    refusals.set(code, count);
    return count >= (PATIENCE[code] ?? Infinity);
  }

  socket.onAny((event: string, body: unknown, acknowledge: unknown) => {
    if (!Object.hasOwn(CANDIDATE_EVENTS, event) || typeof acknowledge !== 'function') {
      socket.disconnect(true);
      return;
    }
    const reply = acknowledge as (reply: object) => void;
    try {
      answer(event as CandidateEvent, body).then(reply, (error: unknown) => refuse(error, reply));
    } catch (error) {
      refuse(error, reply);
    }
  });
  socket.on('disconnect', () => deps.connections.drop(actor.attempt, connection));
}
