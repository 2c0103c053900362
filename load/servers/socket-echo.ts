/** A Socket.IO server that acknowledges every save and does nothing else. Tells its port on the first line. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { CANDIDATE_NAMESPACE, LIMITS, SOCKET_PATH, type Saved } from '#bank/protocol';

const server = createServer();
const io = new Server(server, {
  path: SOCKET_PATH,
  transports: ['websocket'],
  maxHttpBufferSize: LIMITS.socketMessageBytes,
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
});
io.of(CANDIDATE_NAMESPACE).on('connection', (socket) => {
  socket.on('save', (_body: unknown, acknowledge: (saved: Saved) => void) =>
    acknowledge({ ok: true, watermark: 1, at: Date.now() }),
  );
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () =>
  console.log((server.address() as AddressInfo).port),
);
