import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';

/**
 * Behind a proxy the server is known to clients by one public address, whatever host name the proxy asks for: every
 * check of origin, every link and every policy sees that address. Call it when all other listeners are in place.
 */
export function knownAs(server: HttpServer | HttpsServer, publicUrl: URL): void {
  const rename = ({ headers }: IncomingMessage) => {
    headers.host = publicUrl.host;
    headers['x-forwarded-proto'] = publicUrl.protocol.slice(0, -1);
    delete headers['x-forwarded-host'];
  };
  server.prependListener('request', rename);
  server.prependListener('upgrade', rename);
}
