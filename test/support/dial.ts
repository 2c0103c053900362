import { io, type Socket } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import { CANDIDATE_NAMESPACE, type Ticket } from '#bank/protocol';
import type { ApiClient } from '../../scripts/steps/api-client.ts';

export interface Dialled {
  socket: Socket;
  /** `connect`, or why it was not let in. */
  outcome: string;
  /** Resolves when the server ends the connection. */
  ended: Promise<void>;
}

/** One socket of a candidate, as a page would open it, without coming back by itself. */
export async function dial(base: string, ticket: string): Promise<Dialled> {
  const socket = socketOf(base, ticket);
  onTestFinished(() => void socket.disconnect());
  const ended = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
  const outcome = await new Promise<string>((resolve) => {
    socket.once('connect', () => resolve('connect'));
    socket.once('connect_error', (error) => resolve(error.message));
  });
  return { socket, outcome, ended };
}

/** A device takes the attempt over a line that then ends. */
export async function loseLine(api: ApiClient, device: string): Promise<void> {
  const socket = socketOf(api.base, await ticketOf(api));
  await socket.emitWithAck('join', { device });
  socket.disconnect();
}

function socketOf(base: string, ticket: string): Socket {
  return io(base + CANDIDATE_NAMESPACE, {
    auth: { ticket },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin: base },
  });
}

export async function ticketOf(api: ApiClient): Promise<string> {
  return (await api.post<Ticket>('/candidate/ticket')).ticket;
}
