import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { SOCKET_QUERY, SocketLine } from '../../load/devices/socket-line.ts';
import { WebSocketLine, type Target } from '../../load/devices/web-socket.ts';

const http = createServer();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const io = new Server(http, { transports: ['websocket'], destroyUpgrade: false, pingInterval: 20 });
let target: Target;

beforeAll(async () => {
  http.on('upgrade', (request, socket, head) => {
    if (request.url === '/raw')
      sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws));
    if (request.url === '/refused') socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  target = { host: '127.0.0.1', port, authority: `127.0.0.1:${port}`, path: '/raw' };
});

afterAll(async () => {
  await io.close();
  http.closeAllConnections();
});

/** A line whose events can be waited for. */
function openRaw(path: string) {
  const events = new EventEmitter();
  const line = new WebSocketLine(
    { ...target, path },
    {
      open: () => events.emit('open'),
      text: (text) => events.emit('text', text),
      closed: (why) => events.emit('closed', why),
    },
  );
  return { line, events };
}

async function accepted(): Promise<WebSocket> {
  const [socket] = (await once(sockets, 'connection')) as [WebSocket];
  return socket;
}

describe('a lean WebSocket', () => {
  it('is understood by a real server, at every length of frame', async () => {
    const { line, events } = openRaw('/raw');
    const [server] = await Promise.all([accepted(), once(events, 'open')]);
    for (const length of [0, 1, 2, 3, 4, 125, 126, 4_000, 65_000]) {
      const text = 'abcdefg'.repeat(10_000).slice(0, length);
      const [[heard, isBinary]] = await Promise.all([once(server, 'message'), line.send(text)]);
      expect([String(heard), isBinary]).toEqual([text, false]);
    }
    line.end();
  });

  it('reads frames of every length, several at once and in pieces', async () => {
    const { line, events } = openRaw('/raw');
    const [server] = await Promise.all([accepted(), once(events, 'open')]);
    const texts = [1, 125, 126, 65_535, 65_536, 200_000, 7].map((length) => 'x'.repeat(length));
    const heard: string[] = [];
    const all = new Promise<void>((resolve) => {
      events.on('text', (text: string) => {
        heard.push(text);
        if (heard.length === texts.length) resolve();
      });
    });
    for (const text of texts) server.send(text);
    await all;
    expect(heard.map((text) => text.length)).toEqual(texts.map((text) => text.length));
    line.end();
  });

  it('answers a ping, and tells when the server ends it or refuses it', async () => {
    const { events } = openRaw('/raw');
    const [server] = await Promise.all([accepted(), once(events, 'open')]);
    const [[pong]] = await Promise.all([once(server, 'pong'), server.ping('are you there')]);
    expect(String(pong)).toBe('are you there');
    const [[why]] = await Promise.all([once(events, 'closed'), server.close()]);
    expect(why).toBe('closed by the server');
    const [refused] = (await once(openRaw('/refused').events, 'closed')) as [string];
    expect(refused).toBe('HTTP/1.1 403 Forbidden');
  });

  it('masks its frames, each in another way', async () => {
    const { line, events } = openRaw('/raw');
    const [server] = await Promise.all([accepted(), once(events, 'open')]);
    const frames: Buffer[] = [];
    const raw = Reflect.get(server, '_socket') as EventEmitter;
    raw.on('data', (bytes: Buffer) => frames.push(Buffer.from(bytes)));
    for (const text of ['same', 'same']) {
      const [[heard]] = await Promise.all([once(server, 'message'), line.send(text)]);
      expect(String(heard)).toBe('same');
    }
    const masks = frames.map((frame) => frame.subarray(2, 6).toString('hex'));
    expect(new Set(masks).size).toBe(2);
    expect(masks).not.toContain('00000000');
    line.end();
  });
});

describe('a lean Socket.IO line', () => {
  const path = `/socket.io/${SOCKET_QUERY}`;

  function openLine(namespace: string, auth: string) {
    const events = new EventEmitter();
    const line = new SocketLine({ ...target, path }, namespace, auth, {
      connected: () => events.emit('connected'),
      pushed: (text) => events.emit('pushed', text),
      closed: (why) => events.emit('closed', why),
    });
    return { line, events };
  }

  it('joins a namespace with its word, asks, is answered, is pushed to, and lives through heartbeats', async () => {
    const room = io.of('/candidate');
    room.once('connection', (socket) => {
      socket.on('save', (body: { n: number }, acknowledge: (reply: object) => void) =>
        acknowledge({ ok: true, twice: body.n * 2, auth: socket.handshake.auth }),
      );
    });
    const { line, events } = openLine('/candidate', '{"ticket":"t"}');
    await once(events, 'connected');
    const ask = (n: number) =>
      new Promise<unknown>((resolve) =>
        line.ask('save', JSON.stringify({ n }), (text) => resolve(JSON.parse(text))),
      );
    expect(await Promise.all([ask(1), ask(2)])).toEqual(
      [2, 4].map((twice) => [{ ok: true, twice, auth: { ticket: 't' } }]),
    );
    const [socket] = room.sockets.values();
    for (let beats = 0; beats < 3; beats++) await once(socket!.conn, 'heartbeat');
    const [[pushed]] = await Promise.all([once(events, 'pushed'), room.emit('state', { now: 1 })]);
    expect(JSON.parse(pushed)).toEqual(['state', { now: 1 }]);
    const [[why]] = await Promise.all([once(events, 'closed'), room.disconnectSockets()]);
    expect(why).toContain('ended by the server');
    line.end();
  });

  it('tells a refusal', async () => {
    io.of('/closed').use((_socket, next) => next(new Error('ticket-invalid')));
    const [why] = (await once(openLine('/closed', '').events, 'closed')) as [string];
    expect(why).toContain('ticket-invalid');
  });
});
