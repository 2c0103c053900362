import { Type, type Static } from '@sinclair/typebox';

const closed = { additionalProperties: false };

/** Beyond this the exam is another one, and its organiser makes it so. */
export const ACCOMMODATION_LIMITS = { percent: 100, minutes: 240 } as const;

/** What one candidate gets more by right: a share of the duration of the exam, or minutes. */
export const ExtraTime = Type.Union([
  Type.Object({ percent: Type.Integer({ minimum: 1, maximum: ACCOMMODATION_LIMITS.percent }) }, closed),
  Type.Object({ minutes: Type.Integer({ minimum: 1, maximum: ACCOMMODATION_LIMITS.minutes }) }, closed),
]);
export type ExtraTime = Static<typeof ExtraTime>;

/** Extra time in milliseconds, for an exam of this duration in milliseconds; whole seconds, rounded up. */
export function extraTimeMs(extra: ExtraTime, durationMs: number): number {
  if ('minutes' in extra) return extra.minutes * 60_000;
  return Math.ceil((durationMs * extra.percent) / 100_000) * 1000;
}
