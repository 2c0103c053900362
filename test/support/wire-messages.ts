import type { Recorded } from './recording-proxy.ts';

/** What a server told a candidate in one message: an HTTP answer, an acknowledgement or a push. */
export interface Told {
  /** `GET /api/v1/candidate/me`, `ack save`, `push state`; the Engine.IO handshake is `open`. */
  name: string;
  /** Place among all messages of the connection. */
  at: number;
  status?: number;
  body: unknown;
}

/** Everything the server told in JSON, by what it answers. What cannot be understood is named by its beginning. */
export function toldBy(messages: readonly Recorded[]): Told[] {
  const asked = new Map<string, string>();
  return messages.flatMap((message, at): Told[] => {
    if (message.kind === 'answer') {
      const { name, status, type, body } = message;
      const isJson = /\bjson\b/.test(type);
      return body.length === 0 || !isJson ? [] : [{ name, at, status, body: JSON.parse(body.toString()) }];
    }
    if (message.kind === 'request') return [];
    if (message.from === 'server') return [{ ...toldInFrame(message.text, asked), at }];
    const question = /^42\/candidate,(\d+)(\[.*)$/s.exec(message.text);
    if (question) asked.set(question[1]!, (JSON.parse(question[2]!) as [string])[0]);
    return [];
  });
}

/** Engine.IO 4 packets with Socket.IO 5 packets inside. */
function toldInFrame(text: string, asked: Map<string, string>): Omit<Told, 'at'> {
  if (text.startsWith('HTTP/1.1 101 ')) return { name: 'switch', body: null };
  if (text === '2') return { name: 'ping', body: null };
  const [, packet = '', id = '', body = ''] = /^(0|4[0-4])(?:\/candidate,)?(\d*)(.*)$/s.exec(text) ?? [];
  const json: unknown = body === '' ? null : JSON.parse(body);
  if (packet === '0') return { name: 'open', body: json };
  if (packet === '40') return { name: 'connect', body: json };
  if (packet === '41') return { name: 'disconnect', body: json };
  if (packet === '42' && Array.isArray(json)) return { name: `push ${json[0]}`, body: json[1] };
  if (packet === '43' && Array.isArray(json)) return { name: `ack ${asked.get(id)}`, body: json[0] };
  return { name: `? ${text.slice(0, 40)}`, body: json };
}

/** Records whose keys are tokens, and rendered formulas, whose structure is that of KaTeX. */
const BY_TOKEN = new Set(['t', 'p', 'g']);
const OPAQUE = new Set(['tree']);

/** The places of a JSON value: `views[].address`; members of a record by tokens are `*`. */
export function placesOf(value: unknown, place = ''): Set<string> {
  if (Array.isArray(value) && value.length > 0)
    return union(value.map((part) => placesOf(part, `${place}[]`)));
  if (Array.isArray(value)) return new Set([`${place}[]`]);
  if (typeof value !== 'object' || value === null) return new Set([place]);
  const isByToken = BY_TOKEN.has(place.split('.').at(-1) ?? '');
  return union(
    Object.entries(value).map(([name, part]) => {
      const inner = `${place}${place ? '.' : ''}${isByToken ? '*' : name}`;
      return OPAQUE.has(name) ? new Set([inner]) : placesOf(part, inner);
    }),
  );
}

/** Every string that stands as a value in a JSON value. */
export function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}

function union(sets: readonly Set<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}
