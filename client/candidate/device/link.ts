import {
  CANCELLED,
  STALE_TICKET,
  type CandidateEvent,
  type Joined,
  type JoinReply,
  type Refused,
  type StateWord,
  type Ticket,
} from '#bank/protocol';
import type { ClockSample } from '../../core/index.ts';
import { ApiError, SIGNED_OUT, UNREACHABLE, type Api } from './api.ts';
import { pauseLength } from './pause.ts';
import type { CandidateSocket, SocketEvents } from './socket.ts';

export interface LinkEvents {
  onJoined(reply: Joined, sample: ClockSample): void;
  onWord(word: StateWord): void;
  onOffline(): void;
  onRefused(code: string): void;
  onSuperseded(): void;
  /** The session is over; `refusal` where it is of no use any more. */
  onSignedOut(refusal?: unknown): void;
}

interface LinkParts {
  api: Api;
  device: string;
  events: LinkEvents;
  openSocket(ticket: string, events: SocketEvents): Promise<CandidateSocket>;
  monotonic(): number;
  /** What it pauses besides before it comes back, in ms. */
  spread(): number;
}

export interface Link {
  /** Sends an event by what is there, a socket or HTTP; rejects when no answer came. */
  ask<T>(event: Exclude<CandidateEvent, 'join'>, body: unknown): Promise<T | Refused>;
  /** Joins again over a new socket, for a fresh word of the server; not a loss of the line. */
  refresh(): void;
  /** Tries again now instead of after the pause. */
  wake(): void;
  start(): void;
  stop(): void;
}

/** Another device had the attempt between the ticket and its use. */
function isStale(error: unknown): boolean {
  return error instanceof Error && error.message === STALE_TICKET;
}

/**
 * Keeps one attempt in touch with the server: a new ticket and a join for every connection, pauses that grow,
 * HTTP when only that gets through. Stops by itself when another device takes over or the session has ended.
 */
export function createLink({ api, device, events, openSocket, monotonic, spread }: LinkParts): Link {
  let socket: CandidateSocket | null = null;
  let hasHttp = false;
  let isRefreshing = false;
  let run = 0;
  let wake = () => {};

  /** Tells of a join that is still wanted; whether it was granted. */
  function hear(turn: number, reply: JoinReply, sentAt: number): boolean {
    if (turn !== run) return false;
    if (reply.ok) events.onJoined(reply, { now: reply.now, sentAt, receivedAt: monotonic() });
    else events.onRefused(reply.code);
    return reply.ok;
  }

  /** One socket from its ticket to its end; whether it was joined. */
  async function bySocket(turn: number, ticket: string): Promise<boolean> {
    let close = () => {};
    const isClosed = new Promise<void>((resolve) => (close = resolve));
    const onSuperseded = () => {
      stop();
      events.onSuperseded();
    };
    const opened = await openSocket(ticket, { onWord: events.onWord, onSuperseded, onClose: close });
    const sentAt = monotonic();
    const reply = await opened.ask<JoinReply>('join', { device });
    if (turn === run && reply.ok) socket = opened;
    if (!hear(turn, reply, sentAt)) {
      opened.close();
      return false;
    }
    await isClosed;
    socket = null;
    if (turn === run && !isRefreshing) events.onOffline();
    return true;
  }

  /** Where no socket gets through, every round joins over HTTP and so hears what is new. */
  async function byHttp(turn: number): Promise<void> {
    const sentAt = monotonic();
    const reply = await api.post<JoinReply>('join', { device });
    hasHttp = reply.ok;
    hear(turn, reply, sentAt);
  }

  /** With a new ticket at once when the first went stale on its way here. */
  async function byTicket(turn: number, isSecond = false): Promise<boolean> {
    const { ticket } = await api.post<Ticket>('ticket');
    try {
      return await bySocket(turn, ticket);
    } catch (error) {
      if (!isSecond && isStale(error)) return byTicket(turn, true);
      await byHttp(turn);
      return false;
    }
  }

  function onFailure(error: unknown): void {
    hasHttp = false;
    if (error instanceof ApiError && error.code === SIGNED_OUT) {
      stop();
      events.onSignedOut();
    } else if (error instanceof ApiError && error.code === CANCELLED) {
      stop();
      events.onSignedOut(error);
    } else events.onOffline();
  }

  async function keepConnected(turn: number): Promise<void> {
    const isCurrent = () => turn === run;
    for (let tries = 0; isCurrent(); tries++) {
      try {
        if (await byTicket(turn)) tries = 0;
      } catch (error) {
        if (isCurrent()) onFailure(error);
      }
      if (isCurrent() && !isRefreshing) await pause(pauseLength(tries) + spread());
      isRefreshing = false;
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function stop(): void {
    run++;
    hasHttp = false;
    socket?.close();
    socket = null;
    wake();
  }

  return {
    ask<T>(event: Exclude<CandidateEvent, 'join'>, body: unknown): Promise<T | Refused> {
      if (socket) return socket.ask<T | Refused>(event, body);
      if (!hasHttp) return Promise.reject(new Error('no line'));
      return api.post<T>(event, body).catch((error: unknown): Refused => {
        if (error instanceof ApiError && error.code !== UNREACHABLE) return { ok: false, code: error.code };
        throw error;
      });
    },
    refresh() {
      isRefreshing = socket !== null;
      socket?.close();
    },
    wake: () => wake(),
    start: () => void keepConnected(++run),
    stop,
  };
}
