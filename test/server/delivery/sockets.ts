import { io, type Socket } from 'socket.io-client';
import { expect, onTestFinished } from 'vitest';
import { CANDIDATE_NAMESPACE, type Joined } from '#bank/protocol';
import { newWorld, seat, seatExam, serve, type Candidate, type Sitting, type World } from './world.ts';

/** A world with a sitting, served over HTTP and sockets. */
export interface Served extends World {
  sitting: Sitting;
  url: string;
}

export async function served(count = 1): Promise<Served> {
  const world = await newWorld();
  const sitting = await seatExam(world, count);
  const { url } = await serve(world, sitting);
  return { ...world, sitting, url };
}

/** What a candidate's page gets over HTTP. */
export async function http<T>(
  { url }: { url: string },
  { attempt }: Candidate,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${url}/api/v1/candidate/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { cookie: `niem=${attempt}`, 'x-niem': '1', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

/** A ticket as the page of a candidate gets it, in the session that is called after the attempt. */
export function ticketOf({ delivery, url }: Served, candidate: Candidate, origin = url): Promise<string> {
  return delivery.ticket({ actor: candidate, session: candidate.attempt, origin });
}

/** A connection that is not necessarily let in. */
export function dial(
  url: string,
  ticket: unknown,
  headers: Record<string, string> = { origin: url },
): Socket {
  const socket = io(`${url}${CANDIDATE_NAMESPACE}`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { ticket },
    extraHeaders: headers,
  });
  onTestFinished(() => void socket.disconnect());
  return socket;
}

/** Resolves with what came of a connection: `connect`, or why not. */
export function outcome(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.on('connect', () => resolve('connect'));
    socket.on('connect_error', (error) => resolve(error.message));
  });
}

export async function connect(world: Served, candidate = seat(world.sitting)): Promise<Socket> {
  const { ticket } = await http<{ ticket: string }>(world, candidate, 'ticket', {});
  const socket = dial(world.url, ticket);
  expect(await outcome(socket)).toBe('connect');
  return socket;
}

export const join = (socket: Socket, device = 'A'): Promise<Joined> => socket.emitWithAck('join', { device });
export const entry = (seq: number, x = `${seq}`) => ({ seq, slot: 5, response: { x } });

export async function next<T>(socket: Socket, event: string): Promise<T> {
  const [value] = await new Promise<[T]>((resolve) => socket.once(event, (...args) => resolve(args as [T])));
  return value;
}
