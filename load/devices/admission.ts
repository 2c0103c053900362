import { CANDIDATE_NAMESPACE, type JoinReply, type SealedPaper } from '#bank/protocol';
import type { Seat } from './device.ts';
import { ask } from './http.ts';
import { SOCKET_QUERY, SocketLine, type LineEvents } from './socket-line.ts';
import type { Target } from './web-socket.ts';

export type Joined = Extract<JoinReply, { ok: true }>;

export interface Admitted {
  line: SocketLine;
  joined: Joined;
}

/**
 * Everything between a signed-in candidate and the first answer: a ticket over HTTP, a socket that shows it, and `join`.
 * This is the only place of the load tools that knows how a device proves itself.
 */
export async function admit(
  target: Target,
  seat: Seat,
  events: Omit<LineEvents, 'connected'>,
): Promise<Admitted> {
  const ticket = await fetchTicket(target, seat);
  return new Promise((resolve, reject) => {
    const line = new SocketLine(
      { ...target, path: `${target.path}${SOCKET_QUERY}` },
      CANDIDATE_NAMESPACE,
      JSON.stringify({ ticket }),
      {
        connected: () =>
          line.ask('join', JSON.stringify({ device: `load-${seat.attempt}` }), (text) => {
            const [joined] = JSON.parse(text) as [JoinReply];
            if (joined.ok) resolve({ line, joined });
            else reject(new Error(`join was refused: ${joined.code}`));
          }),
        pushed: events.pushed,
        closed(why) {
          reject(new Error(why ?? 'ended'));
          events.closed(why);
        },
      },
    );
  });
}

/** @throws Error with the status of a refusal */
export async function fetchTicket(target: Target, seat: Seat): Promise<string> {
  const { ticket } = JSON.parse(await fetchAs(target, seat, '/candidate/ticket', '{}')) as { ticket: string };
  return ticket;
}

/** The index boxes and the addresses of the others. @throws Error with the status of a refusal */
export async function fetchPaper(target: Target, seat: Seat): Promise<SealedPaper> {
  return JSON.parse(await fetchAs(target, seat, '/candidate/paper', null)) as SealedPaper;
}

/** Asks in the name of a seat; `body` null is a GET. @throws Error with the status of a refusal */
export async function fetchAs(
  target: Target,
  seat: Seat,
  path: string,
  body: string | null,
): Promise<string> {
  const answer = await ask(target, path, body, `niem=${seat.token}`);
  if (answer.status === 200) return answer.body;
  throw new Error(`${path} was answered with ${answer.status}: ${answer.body.slice(0, 200)}`);
}
