import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { Unavailable } from '../store.ts';

/** What proves one side to the other: both certificates come from the same authority (all PEM). */
export interface PeerFiles {
  cert: string;
  key: string;
  ca: string;
}

export interface Address {
  host: string;
  port: number;
}

const CONNECT_MS = 5_000;

/** TLS 1.3, both sides verified. @throws Error with a sentence that says which side refused what */
export async function dialPeer({ host, port }: Address, files: PeerFiles): Promise<Socket> {
  const socket = connect({ host, port, ...files, minVersion: 'TLSv1.3' });
  // whoever reads learns of it; when nobody does, nobody misses it
  socket.on('error', () => undefined);
  socket.setTimeout(CONNECT_MS, () =>
    socket.destroy(new Error(`${host}:${port} has not answered within ${CONNECT_MS / 1000} s.`)),
  );
  try {
    await once(socket, 'secureConnect');
  } catch (error) {
    socket.destroy();
    throw explained(error, `${host}:${port}`);
  }
  socket.setTimeout(0);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, CONNECT_MS);
  return socket;
}

export interface Listener {
  address: string;
  /** Takes no further connection and ends those that there are. */
  close(): Promise<void>;
}

/**
 * Listens for peers whose certificate the authority has signed; nobody else gets further than the handshake.
 *
 * @param onStranger told why somebody was turned away
 * @throws Unavailable when the address cannot be listened on
 */
export async function listenForPeers(
  { host, port }: Address,
  files: PeerFiles,
  onPeer: (socket: TLSSocket) => void,
  onStranger: (reason: Error) => void,
): Promise<Listener> {
  const sockets = new Set<TLSSocket>();
  const server = createServer({
    ...files,
    minVersion: 'TLSv1.3',
    requestCert: true,
    rejectUnauthorized: true,
    handshakeTimeout: CONNECT_MS,
  });
  server.maxConnections = 16;
  server.on('tlsClientError', (error) => onStranger(explained(error, 'a stranger')));
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
    onPeer(socket);
  });
  server.listen(port, host);
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([cause]) => {
      throw new Unavailable(`${host}:${port} cannot be listened on. Choose another address or port.`, {
        cause,
      });
    }),
  ]);
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `${host}:${taken}`,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}

/** OpenSSL's words for a certificate that does not do, in a sentence that says what to put right. */
export function explained(error: unknown, peer: string): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause ? String(cause.code) : '';
  if (/CERT|ISSUER|SIGNATURE|ALTNAME/.test(code) && !code.startsWith('ERR_SSL')) {
    return new Error(
      `The certificate of ${peer} is refused (${code}). Both sides need certificates of the same authority, for the ` +
        'name or address that NIEM_STANDBY names: make them with "niem standby-certificates".',
      { cause },
    );
  }
  if (/^ERR_SSL_TLSV\d+_ALERT|ERR_SSL_SSLV3_ALERT/.test(code)) {
    return new Error(
      `${peer} refuses the certificate of this side (${code}). Check NIEM_STANDBY_TLS_CERT and NIEM_STANDBY_TLS_CA on both.`,
      { cause },
    );
  }
  if (code === 'ECONNREFUSED') {
    return new Error(`Nothing listens at ${peer}. Start "niem standby" there.`, { cause });
  }
  return cause;
}
