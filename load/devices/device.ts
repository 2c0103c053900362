import type { Target } from './web-socket.ts';

/** Told of the acknowledgement: `ok` is false for a refusal. */
export type OnAnswer = (ok: boolean) => void;

/** One simulated device that says something and waits for the answer. */
export interface Device {
  /** Sends one message; the caller waits for the answer before the next. Nothing is heard when the line ends. */
  say(onAnswer: OnAnswer): void;
  end(): void;
  /** Set when the other side ended the line, with the reason. */
  readonly cutOff: string | null;
  /** Messages that the server sent unasked. */
  readonly pushed: number;
}

/** A seat of a prepared exam with a session of its own. */
export interface Seat {
  attempt: string;
  candidate: string;
  /** Value of the session cookie. */
  token: string;
}

export type DeviceSpec =
  /** Raw echo on a WebSocket. */
  | { kind: 'ws'; target: Target }
  /** Echo of an event with an acknowledgement over Socket.IO. */
  | { kind: 'io'; target: Target }
  /** A candidate who joins and saves answers on a real server. */
  | { kind: 'seat'; target: Target; seat: Seat }
  /** Only fetches a ticket, and is done: a part of joining. */
  | { kind: 'ticket'; target: Target; seat: Seat }
  /** Only fetches the sealed paper without its boxes, and is done. */
  | { kind: 'paper'; target: Target; seat: Seat }
  /** Only fetches one box, and is done. */
  | { kind: 'box'; target: Target; seat: Seat; address: string }
  /** Signs in again and again with a code that is wrong. */
  | { kind: 'guess'; target: Target; exam: string; number: string };
