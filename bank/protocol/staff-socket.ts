import { Type, type Static } from '@sinclair/typebox';
import { ExamState } from './exam-records.ts';
import { Standing } from './http-proctoring.ts';
import { Id } from './ids.ts';
import { Instant } from './wire-values.ts';

const closed = { additionalProperties: false };

/** Where the page of a proctor connects; the session cookie says who it is. */
export const STAFF_NAMESPACE = '/staff';

/** Asks to hear of an exam from now on: once on each connection. */
export const Watch = Type.Object({ exam: Id }, closed);
export type Watch = Static<typeof Watch>;

/** The events that a page of staff may send, each with the schema of its body. Any other event disconnects. */
export const STAFF_EVENTS = { watch: Watch } as const;

/** Candidates of an exam who stand otherwise than was said before. */
export const PresencePush = Type.Object(
  { exam: Id, state: ExamState, now: Instant, standings: Type.Array(Standing) },
  closed,
);
export type PresencePush = Static<typeof PresencePush>;

/** Comes again and again, so that a page knows that nothing new means that nothing has changed. */
export const Beat = Type.Object({ now: Instant }, closed);
export type Beat = Static<typeof Beat>;

/** Which devices wait for the proctor has changed. */
export const DevicesPush = Type.Object({ exam: Id }, closed);
export type DevicesPush = Static<typeof DevicesPush>;

/** Server → page, each event with the schema of its body. */
export const STAFF_PUSHES = { presence: PresencePush, beat: Beat, devices: DevicesPush } as const;

/** How often it comes, in ms. */
export const BEAT_MS = 2_000;

export interface Watching {
  ok: true;
  now: number;
}
