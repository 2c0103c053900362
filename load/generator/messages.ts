import type { DeviceSpec } from '../devices/device.ts';
import type { LatencyData } from '../measure/latencies.ts';

/** What the bench asks of a generator process; each request is answered once, in any order. */
export interface Orders {
  /**
   * Opens clients and adds them to a group: `atOnce` at a time, or so many per second, whatever the server does.
   * `keep: false` ends them again when they are wanted no more.
   */
  open: (order: { group: string; clients: DeviceSpec[]; pace: Pace }) => Opened;
  /** Every client of the group says something as soon as the last answer has come. */
  loop: (order: { group: string }) => void;
  /** Every client says something at moments fixed in advance, `fromMs` to `toMs` apart. */
  schedule: (order: { group: string; fromMs: number; toMs: number }) => void;
  /** What happened in the group since the last tally. */
  tally: (order: { group: string }) => Tally;
  /** No more messages; resolves when all answers have come, or with how many never came. */
  rest: (order: { group: string }) => { unanswered: number };
  /** Ends the clients of the group. */
  close: (order: { group: string }) => void;
}

export type Pace = { atOnce: number } | { perSecond: number };

export interface Opened {
  opened: number;
  /** Why others could not be opened, each reason with its count. */
  failures: Record<string, number>;
  seconds: number;
  /** From the scheduled moment until the client was ready. */
  latencies: LatencyData;
}

export interface Tally {
  /** Milliseconds since the last tally of this group. */
  elapsedMs: number;
  /** Messages that were due, that went out, that were answered, and that were refused. */
  offered: number;
  sent: number;
  answered: number;
  refused: number;
  /** Clients whose line was ended by the server. */
  cutOff: number;
  /** Messages that servers sent unasked, since the clients were opened. */
  pushed: number;
  /** From the moment when a message was due (in a loop: was sent) until its answer. */
  latencies: LatencyData;
  /** From the moment when a message was due until it went out. */
  lateness: LatencyData;
  /** Processor time of this generator. */
  cpuMs: number;
}

export type OrderName = keyof Orders;
export interface Request {
  id: number;
  name: OrderName;
  order: Parameters<Orders[OrderName]>[0];
}
export type Reply = { id: number; result: unknown } | { id: number; error: string };
