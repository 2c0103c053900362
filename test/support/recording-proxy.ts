import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll } from 'vitest';
import { FrameReader } from './websocket-frames.ts';

/** One message as it went over the wire, in the order in which the candidate's side saw it. */
export type Recorded =
  | { kind: 'request'; name: string; headers: string; body: Buffer }
  | { kind: 'answer'; name: string; status: number; type: string; headers: string; body: Buffer }
  | { kind: 'frame'; from: 'client' | 'server'; text: string };

const proxies: RecordingProxy[] = [];

afterAll(() => {
  for (const proxy of proxies.splice(0)) proxy.close();
});

/** Stands between one candidate and the server and keeps every byte of HTTP and WebSocket in both directions. */
export class RecordingProxy {
  readonly messages: Recorded[] = [];
  readonly #server: Server;
  readonly #target: URL;
  readonly #raw: Buffer[] = [];

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      const forward = httpRequest(this.#forwarding(incoming), (answer) => {
        const body: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => body.push(chunk));
        answer.on('end', () => this.#keepAnswer(incoming, answer, Buffer.concat(body)));
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(outgoing);
      });
      forward.on('error', () => outgoing.destroy());
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => this.#keepRequest(incoming, Buffer.concat(chunks)));
      incoming.pipe(forward);
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket) => this.#tunnel(request, socket));
  }

  static async before(target: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(target);
    proxies.push(proxy);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Everything so far, as it was sent; frames without their masks. */
  bytes(): Buffer {
    return Buffer.concat(this.#raw);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Without compression, so that the bytes can be read. */
  #forwarding({ method, url, headers }: IncomingMessage) {
    const { 'accept-encoding': _compressed, ...kept } = headers;
    return { host: this.#target.hostname, port: this.#target.port, method, path: url, headers: kept };
  }

  #keepRequest(request: IncomingMessage, body: Buffer): void {
    const headers = `${request.method} ${request.url}\r\n${request.rawHeaders.join('\r\n')}\r\n`;
    this.#raw.push(Buffer.from(headers), body);
    this.messages.push({ kind: 'request', name: nameOf(request), headers, body });
  }

  #keepAnswer(request: IncomingMessage, answer: IncomingMessage, body: Buffer): void {
    const headers = `${answer.statusCode}\r\n${answer.rawHeaders.join('\r\n')}\r\n`;
    this.#raw.push(Buffer.from(headers), body);
    this.messages.push({
      kind: 'answer',
      name: nameOf(request),
      status: answer.statusCode ?? 0,
      type: answer.headers['content-type'] ?? '',
      headers,
      body,
    });
  }

  #tunnel(request: IncomingMessage, client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname);
    const headers = request.rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
    server.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n`);
    this.#keepRequest(request, Buffer.alloc(0));
    this.#listen(client, server, 'client', new FrameReader());
    this.#listen(server, client, 'server', new FrameReader({ afterHead: true }));
  }

  #listen(source: Socket, sink: Socket, from: 'client' | 'server', reader: FrameReader): void {
    source.on('data', (chunk: Buffer) => {
      for (const text of reader.read(chunk)) {
        this.#raw.push(Buffer.from(text));
        this.messages.push({ kind: 'frame', from, text });
      }
      sink.write(chunk);
    });
    source.on('close', () => sink.destroy());
    source.on('error', () => sink.destroy());
  }
}

function nameOf({ method, url }: IncomingMessage): string {
  return `${method} ${url?.replace(/\?.*$/, '')}`;
}
