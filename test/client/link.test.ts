import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Joined } from '#bank/protocol';
import { ApiError, UNREACHABLE, type Api } from '../../client/candidate/device/api.ts';
import { createLink, type LinkEvents } from '../../client/candidate/device/link.ts';
import { pauseLength, spreadLength } from '../../client/candidate/device/pause.ts';
import type { CandidateSocket, SocketEvents } from '../../client/candidate/device/socket.ts';

const JOINED: Joined = {
  ok: true,
  state: 'running',
  now: 5_000_000,
  epoch: 1,
  nextSeq: 1,
  watermark: 0,
  answers: [],
};

interface OpenedSocket extends CandidateSocket {
  events: SocketEvents;
  isClosed: boolean;
}

/** A server seen through tickets, sockets and HTTP, each of which can be taken away. */
function setUp() {
  const sockets: OpenedSocket[] = [];
  const posted: [string, unknown][] = [];
  const server = {
    hasHttp: true,
    hasSockets: true,
    isSignedIn: true,
    isCancelled: false,
    stale: 0,
    spread: 0,
    join: (): unknown => JOINED,
  };
  const api: Api = {
    get: () => Promise.reject(new Error('not used')),
    async post<T>(path: string, body?: unknown): Promise<T> {
      if (!server.hasHttp) throw new ApiError(UNREACHABLE, '');
      if (!server.isSignedIn) throw new ApiError('sign-in-required', 'Hãy đăng nhập lại.');
      if (server.isCancelled) throw new ApiError('exam-cancelled', 'Kỳ thi đã huỷ.');
      posted.push([path, body]);
      if (path === 'ticket') return { ticket: `ticket-${posted.length}` } as T;
      if (path === 'join') return server.join() as T;
      if (path === 'submit') throw new ApiError('after-deadline', 'Hết giờ.');
      return { ok: true, watermark: 1, at: 5_000_001 } as T;
    },
  };
  async function openSocket(_ticket: string, events: SocketEvents): Promise<CandidateSocket> {
    if (!server.hasSockets) throw new Error('blocked');
    if (server.stale-- > 0) throw new Error('ticket-superseded');
    const socket: OpenedSocket = {
      events,
      isClosed: false,
      ask: async <T>() => server.join() as T,
      close() {
        if (socket.isClosed) return;
        socket.isClosed = true;
        events.onClose();
      },
    };
    sockets.push(socket);
    return socket;
  }
  const events = {
    onJoined: vi.fn<LinkEvents['onJoined']>(),
    onWord: vi.fn<LinkEvents['onWord']>(),
    onOffline: vi.fn<LinkEvents['onOffline']>(),
    onRefused: vi.fn<LinkEvents['onRefused']>(),
    onSuperseded: vi.fn<LinkEvents['onSuperseded']>(),
    onSignedOut: vi.fn<LinkEvents['onSignedOut']>(),
  } satisfies LinkEvents;
  const link = createLink({
    api,
    device: 'device-1',
    events,
    openSocket,
    monotonic: () => 10,
    spread: () => server.spread,
  });
  return { link, events, server, sockets, posted };
}

describe('the line to the server', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const later = () => vi.advanceTimersByTimeAsync(5000);

  it('joins over a socket with a ticket and gives the server time with its error', async () => {
    const { link, events, posted } = setUp();
    link.start();
    await settle();
    expect(posted.map(([path]) => path)).toEqual(['ticket']);
    expect(events.onJoined).toHaveBeenCalledExactlyOnceWith(JOINED, {
      now: 5_000_000,
      sentAt: 10,
      receivedAt: 10,
    });
    link.stop();
  });

  it('tells the loss at once and comes back with a new ticket', async () => {
    const { link, events, sockets, posted } = setUp();
    link.start();
    await settle();
    sockets[0]?.close();
    await settle();
    expect(events.onOffline).toHaveBeenCalledTimes(1);
    expect(sockets).toHaveLength(1);
    await later();
    expect(sockets).toHaveLength(2);
    expect(posted.filter(([path]) => path === 'ticket')).toHaveLength(2);
    expect(events.onJoined).toHaveBeenCalledTimes(2);
    link.stop();
  });

  it('comes at once the first time, and back over the time that the room is spread over', async () => {
    const { link, server, sockets } = setUp();
    server.spread = 3000;
    link.start();
    await settle();
    expect(sockets).toHaveLength(1);
    sockets[0]?.close();
    await vi.advanceTimersByTimeAsync(3200);
    expect(sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(300);
    expect(sockets).toHaveLength(2);
    link.stop();
  });

  it('spreads pages that wait only, each by its own part of what the server says', () => {
    const spreads = Array.from({ length: 200 }, () => spreadLength({ phase: 'waiting' }, 5000));
    expect(Math.min(...spreads)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...spreads)).toBeLessThanOrEqual(5000);
    expect(new Set(spreads.map((spread) => Math.floor(spread / 500))).size).toBeGreaterThanOrEqual(10);
    for (const phase of ['running', 'paused', 'joining']) expect(spreadLength({ phase }, 5000)).toBe(0);
  });

  it('joins and saves over HTTP where no socket gets through, and hears news by joining again', async () => {
    const { link, events, server, posted } = setUp();
    server.hasSockets = false;
    link.start();
    await settle();
    expect(posted).toContainEqual(['join', { device: 'device-1' }]);
    expect(events.onOffline).not.toHaveBeenCalled();
    expect(await link.ask('save', { epoch: 1, entries: [] })).toMatchObject({ ok: true, watermark: 1 });
    expect(await link.ask('submit', {})).toEqual({ ok: false, code: 'after-deadline' });
    await later();
    expect(events.onJoined.mock.calls.length).toBeGreaterThan(1);
    link.stop();
  });

  it('asks for a new ticket at once when another device has made its own stale', async () => {
    const { link, events, server, posted } = setUp();
    server.stale = 1;
    link.start();
    await settle();
    expect(posted.map(([path]) => path)).toEqual(['ticket', 'ticket']);
    expect(events.onJoined).toHaveBeenCalledTimes(1);
    expect(events.onOffline).not.toHaveBeenCalled();
    link.stop();
  });

  it('refuses to send while there is no line, so that nothing is taken for sent', async () => {
    const { link, events, server } = setUp();
    server.hasHttp = false;
    link.start();
    await settle();
    expect(events.onOffline).toHaveBeenCalled();
    await expect(link.ask('save', {})).rejects.toThrow('no line');
    link.stop();
  });

  it('tries at once when the device says that the network is back', async () => {
    const { link, events, server } = setUp();
    server.hasHttp = false;
    link.start();
    await later();
    server.hasHttp = true;
    link.wake();
    await settle();
    expect(events.onJoined).toHaveBeenCalledTimes(1);
    link.stop();
  });

  it('does not fight another device for the attempt', async () => {
    const { link, events, sockets } = setUp();
    link.start();
    await settle();
    sockets[0]?.events.onSuperseded();
    await later();
    expect(events.onSuperseded).toHaveBeenCalledTimes(1);
    expect(events.onOffline).not.toHaveBeenCalled();
    expect(sockets).toHaveLength(1);
    link.start();
    await settle();
    expect(events.onJoined).toHaveBeenCalledTimes(2);
    link.stop();
  });

  it('stops when the session has ended', async () => {
    const { link, events, server, posted } = setUp();
    server.isSignedIn = false;
    link.start();
    await later();
    expect(events.onSignedOut).toHaveBeenCalledTimes(1);
    expect(posted).toEqual([]);
    link.stop();
  });

  it('stops when the exam is cancelled, and gives the sentence of the server', async () => {
    const { link, events, server } = setUp();
    server.isCancelled = true;
    link.start();
    await later();
    expect(events.onSignedOut).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: 'Kỳ thi đã huỷ.' }),
    );
    link.stop();
  });

  it('tells a refused join and asks again later', async () => {
    const { link, events, server } = setUp();
    server.join = () => ({ ok: false, code: 'too-many-requests' });
    link.start();
    await settle();
    expect(events.onRefused).toHaveBeenCalledExactlyOnceWith('too-many-requests');
    server.join = () => JOINED;
    await later();
    expect(events.onJoined).toHaveBeenCalledTimes(1);
    link.stop();
  });

  it('refreshes without calling it a loss', async () => {
    const { link, events, sockets } = setUp();
    link.start();
    await settle();
    link.refresh();
    await settle();
    expect(sockets).toHaveLength(2);
    expect(events.onOffline).not.toHaveBeenCalled();
    expect(events.onJoined).toHaveBeenCalledTimes(2);
    link.stop();
  });

  it('pauses longer and longer, never the same for all, and never over five seconds', () => {
    for (let tries = 0; tries < 20; tries++) {
      const longest = Math.min(5000, 500 * 2 ** tries);
      const pauses = Array.from({ length: 50 }, () => pauseLength(tries));
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(longest / 2);
      expect(Math.max(...pauses)).toBeLessThanOrEqual(longest);
      expect(new Set(pauses).size).toBeGreaterThan(10);
    }
  });
});
