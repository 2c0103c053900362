import { io } from 'socket.io-client';
import { CANDIDATE_NAMESPACE, SOCKET_PATH, type StateWord } from '#bank/protocol';

/** How long an answer of the server may take before the line is held to be dead, in ms. */
const ANSWER_TIMEOUT = 8000;

export interface SocketEvents {
  onWord(word: StateWord): void;
  onSuperseded(): void;
  onClose(): void;
}

/** One joined or joinable connection; it never reconnects by itself, because every connection needs a new ticket. */
export interface CandidateSocket {
  /** Sends and waits for the server's answer; rejects and closes when none comes. */
  ask<T>(event: string, body: unknown): Promise<T>;
  close(): void;
}

/** Connects over WebSocket with a one-time ticket. This module weighs as much as the page: import it lazily. */
export async function openSocket(ticket: string, events: SocketEvents): Promise<CandidateSocket> {
  const socket = io(CANDIDATE_NAMESPACE, {
    path: SOCKET_PATH,
    auth: { ticket },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    timeout: ANSWER_TIMEOUT,
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  socket.on('state', events.onWord);
  socket.on('superseded', events.onSuperseded);
  socket.on('disconnect', events.onClose);
  return {
    async ask(event, body) {
      try {
        return await socket.timeout(ANSWER_TIMEOUT).emitWithAck(event, body);
      } catch (error) {
        socket.disconnect();
        throw error;
      }
    },
    close: () => void socket.disconnect(),
  };
}
