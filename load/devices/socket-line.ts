import { WebSocketLine, type Target } from './web-socket.ts';

export interface LineEvents {
  /** The namespace has taken the connection. */
  connected(): void;
  /** A message that is no answer, without its packet type and namespace. */
  pushed(text: string): void;
  /** Once; `why` is null when this side ended it. */
  closed(why: string | null): void;
}

type OnReply = (text: string) => void;

/** Packets of Engine.IO 4 and, behind its `4`, of Socket.IO 5. */
const OPEN = '0';
const CLOSE = '1';
const PING = '2';
const PONG = '3';
const CONNECT = '40';
const DISCONNECT = '41';
const EVENT = '42';
const ACK = '43';
const REFUSED = '44';
const ENDS = [REFUSED, DISCONNECT, CLOSE];

export const SOCKET_QUERY = '?EIO=4&transport=websocket';

/**
 * One connection to one Socket.IO namespace, with the framing done by hand. Bodies are JSON texts, made and read by the
 * caller.
 */
export class SocketLine {
  readonly #line: WebSocketLine;
  readonly #prefix: string;
  readonly #auth: string;
  readonly #events: LineEvents;
  readonly #waiting = new Map<number, OnReply>();
  #next = 0;

  /**
   * @param namespace such as `/candidate`; empty for the main one
   * @param auth JSON text of what goes with the connection; may be empty
   */
  constructor(target: Target, namespace: string, auth: string, events: LineEvents) {
    this.#prefix = namespace === '' ? '' : `${namespace},`;
    this.#auth = auth;
    this.#events = events;
    this.#line = new WebSocketLine(target, {
      open: () => undefined,
      text: (text) => this.#read(text),
      closed: events.closed,
    });
  }

  /** Sends an event and gives the JSON text of the answer's argument list, `[…]`. */
  ask(event: string, body: string, reply: OnReply): void {
    const id = this.#next++;
    const apart = this.#waiting.size > 0;
    this.#waiting.set(id, reply);
    this.#line.send(`${EVENT}${this.#prefix}${id}["${event}",${body}]`, apart);
  }

  end(): void {
    this.#line.end();
  }

  #read(text: string): void {
    if (text === PING) this.#line.send(PONG, true);
    else if (text.startsWith(ACK)) this.#answered(text);
    else if (text.startsWith(EVENT)) this.#events.pushed(text.slice(EVENT.length + this.#prefix.length));
    else if (text.startsWith(CONNECT)) this.#events.connected();
    else if (ENDS.some((packet) => text.startsWith(packet))) this.#line.end(`ended by the server: ${text}`);
    else if (text.startsWith(OPEN)) this.#line.send(`${CONNECT}${this.#prefix}${this.#auth}`, true);
  }

  #answered(text: string): void {
    const start = ACK.length + this.#prefix.length;
    const bracket = text.indexOf('[', start);
    const id = Number(text.slice(start, bracket));
    const reply = this.#waiting.get(id);
    this.#waiting.delete(id);
    reply?.(text.slice(bracket));
  }
}
