import { ClockEventList } from '#bank/protocol';
import { defineRoute, type Clock, type Route } from '#server/http';
import type { Timekeeper } from './timekeeper.ts';

/** Long enough that a weekend does not hide what happened. */
const TOLD_MS = 7 * 24 * 60 * 60 * 1000;

export function clockRoutes({ timekeeper, clock }: { timekeeper: Timekeeper; clock: Clock }): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/clock/events',
      access: 'audit.read',
      summary: "What happened to the clock of the server's computer in the last seven days, newest first.",
      response: ClockEventList,
      async handle() {
        const now = clock.now();
        return { events: await timekeeper.events(now - TOLD_MS, now) };
      },
    }),
  ];
}
