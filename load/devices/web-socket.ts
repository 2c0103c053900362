import { randomFillSync } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Target {
  host: string;
  port: number;
  /** Sent as `Host`, and as `Origin` with `http://` in front: the page of a candidate comes from the same server. */
  authority: string;
  path: string;
  /** Source address; a loopback address of one's own has ports of its own. */
  from?: string;
}

export interface SocketEvents {
  open(): void;
  text(text: string): void;
  /** Once, whatever ended it; `why` is null when this side did. */
  closed(why: string | null): void;
}

const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;
const FIN = 0x80;
const MASKED = 0x80;
const LONGEST_SHORT = 125;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const HEAD_END = '\r\n\r\n';

/** One connection reads at a time, so all of a process share the buffer that the kernel fills. */
const inbox = Buffer.allocUnsafe(64 * 1024);

/**
 * The client's side of RFC 6455 without extensions, on a bare TCP connection: as little work per message as Node
 * allows, so that a load generator costs less than the server it loads. Text is ASCII, masks are random.
 */
export class WebSocketLine {
  readonly #socket: Socket;
  readonly #events: SocketEvents;
  #rest: Buffer | null = null;
  #isOpen = false;
  #hasEnded = false;
  #out = Buffer.allocUnsafe(256);

  constructor(target: Target, events: SocketEvents) {
    this.#events = events;
    const { host, port, from } = target;
    this.#socket = connect({
      host,
      port,
      noDelay: true,
      ...(from !== undefined && { localAddress: from }),
      onread: {
        buffer: inbox,
        callback: (length, bytes) => {
          this.#read(Buffer.from(bytes.buffer, bytes.byteOffset, length));
          return true;
        },
      },
    });
    this.#socket.on('error', (error) => this.#close(error.message));
    this.#socket.on('close', () => this.#close('closed by the server'));
    this.#socket.write(upgradeRequest(target));
  }

  /**
   * The bytes of the message before are reused: a caller sends the next message when the answer to the last has come,
   * or `apart`.
   */
  send(text: string, apart = false): void {
    const size = text.length + 8;
    if (apart) {
      const bytes = Buffer.allocUnsafe(size);
      this.#socket.write(bytes.subarray(0, writeFrame(bytes, OPCODE.text, text)));
      return;
    }
    if (this.#out.length < size) this.#out = Buffer.allocUnsafe(size);
    this.#socket.write(this.#out.subarray(0, writeFrame(this.#out, OPCODE.text, text)));
  }

  /** Ends the connection; `why` is handed to `closed`. */
  end(why: string | null = null): void {
    this.#close(why);
  }

  #close(why: string | null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#socket.destroy();
    this.#events.closed(why);
  }

  #read(fresh: Buffer): void {
    let bytes = this.#rest ? Buffer.concat([this.#rest, fresh]) : fresh;
    this.#rest = null;
    if (!this.#isOpen) {
      const end = bytes.indexOf(HEAD_END);
      if (end < 0) {
        this.#rest = Buffer.from(bytes);
        return;
      }
      if (!bytes.subarray(0, 12).equals(SWITCHING)) {
        this.#close(bytes.subarray(0, bytes.indexOf('\r\n')).toString('latin1'));
        return;
      }
      this.#isOpen = true;
      this.#events.open();
      bytes = bytes.subarray(end + HEAD_END.length);
    }
    const left = this.#frames(bytes);
    if (left < bytes.length && !this.#hasEnded) this.#rest = Buffer.from(bytes.subarray(left));
  }

  /** Handles the whole frames in these bytes; gives where the first that is not whole begins. */
  #frames(bytes: Buffer): number {
    let at = 0;
    while (bytes.length - at >= 2 && !this.#hasEnded) {
      const opcode = bytes.readUInt8(at) & 0x0f;
      let length = bytes.readUInt8(at + 1);
      let start = at + 2;
      if (length === LENGTH_16) {
        if (bytes.length < start + 2) return at;
        length = bytes.readUInt16BE(start);
        start += 2;
      } else if (length === LENGTH_64) {
        if (bytes.length < start + 8) return at;
        length = Number(bytes.readBigUInt64BE(start));
        start += 8;
      }
      const end = start + length;
      if (bytes.length < end) return at;
      if (opcode === OPCODE.text) this.#events.text(bytes.toString('latin1', start, end));
      else if (opcode === OPCODE.close) this.#close('closed by the server');
      else if (opcode === OPCODE.ping) this.#pong(bytes.toString('latin1', start, end));
      at = end;
    }
    return at;
  }

  #pong(text: string): void {
    const bytes = Buffer.allocUnsafe(text.length + 8);
    this.#socket.write(bytes.subarray(0, writeFrame(bytes, OPCODE.pong, text)));
  }
}

const SWITCHING = Buffer.from('HTTP/1.1 101');

function upgradeRequest({ authority, path }: Target): string {
  const key = randomFillSync(Buffer.alloc(16)).toString('base64');
  return [
    `GET ${path} HTTP/1.1`,
    `Host: ${authority}`,
    `Origin: http://${authority}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    HEAD_END.slice(2),
  ].join('\r\n');
}

/** Writes a masked frame of at most 65,535 bytes; gives its length. */
function writeFrame(bytes: Buffer, opcode: number, text: string): number {
  bytes[0] = FIN | opcode;
  let at = 2;
  if (text.length <= LONGEST_SHORT) {
    bytes[1] = MASKED | text.length;
  } else {
    bytes[1] = MASKED | LENGTH_16;
    bytes.writeUInt16BE(text.length, 2);
    at = 4;
  }
  const mask = nextMask();
  bytes.writeUInt32BE(mask, at);
  at += 4;
  bytes.write(text, at, 'latin1');
  const end = at + text.length;
  const [a, b, c, d] = [mask >>> 24, (mask >>> 16) & 0xff, (mask >>> 8) & 0xff, mask & 0xff];
  let i = at;
  for (; i + 4 <= end; i += 4) {
    bytes[i]! ^= a;
    bytes[i + 1]! ^= b;
    bytes[i + 2]! ^= c;
    bytes[i + 3]! ^= d;
  }
  for (const byte of [a, b, c].slice(0, end - i)) bytes[i++]! ^= byte;
  return end;
}

const masks = new Uint32Array(4096);
let unused = 0;

/** A server may skip the unmasking of an all-zero mask, which no browser sends. */
function nextMask(): number {
  if (unused === 0) {
    randomFillSync(masks);
    unused = masks.length;
  }
  return masks[--unused] || nextMask();
}
