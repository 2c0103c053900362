import { Type, type Static } from '@sinclair/typebox';
import { LIMITS } from './limits.ts';

/** A day of the calendar, `YYYY-MM-DD`; it begins at midnight in Vietnam. */
export const CalendarDay = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });

/** What papers are balanced and kept apart by; a draw and a publication hold these fields. */
export const itemTraits = {
  /** Share of its points that the group is expected to reach, in thousandths; absent: that of its level. */
  facility: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  /** Time that it is expected to take. */
  seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.examSecondsMax })),
  /** Fisher information at the abilities −1, 0 and +1, in thousandths, of an item that was calibrated. */
  information: Type.Optional(
    Type.Array(Type.Integer({ minimum: 0, maximum: 1_000_000 }), { minItems: 3, maxItems: 3 }),
  ),
  /** Names of sets of which a paper takes one item at most: items that give each other away. */
  enemies: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20, uniqueItems: true }),
  ),
};

/**
 * What the assembly of papers knows of an item besides its stratum, all of it optional. It is part of a version and
 * approved with it; it is no content, is not sealed, and never reaches a candidate.
 */
export const AssemblyData = Type.Object(
  {
    ...itemTraits,
    /** No paper is drawn with it before this day. */
    embargoUntil: Type.Optional(CalendarDay),
    /** When it last stood on a paper, as far as its authors know. */
    lastUsed: Type.Optional(CalendarDay),
  },
  { additionalProperties: false },
);
export type AssemblyData = Static<typeof AssemblyData>;

/** What the record tells of an item: the day of the last closed exam with it, how many there were, and their papers. */
export const ItemUse = Type.Object(
  { day: CalendarDay, exams: Type.Integer({ minimum: 1 }), papers: Type.Integer({ minimum: 1 }) },
  { additionalProperties: false },
);
export type ItemUse = Static<typeof ItemUse>;

/** Vietnam is seven hours ahead of UTC, all year. */
const VIETNAM_MS = 7 * 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** The calendar day of a moment, in milliseconds since 1970. */
export function dayAt(now: number): string {
  return isoDay(now + VIETNAM_MS);
}

/** The calendar day so many days later. */
export function daysAfter(day: string, days: number): string {
  return isoDay(Date.parse(day) + days * DAY_MS);
}

function isoDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Whether an item may be drawn at a moment, in milliseconds since 1970. */
export function isReleased({ embargoUntil }: Pick<AssemblyData, 'embargoUntil'>, now: number): boolean {
  return embargoUntil === undefined || dayAt(now) >= embargoUntil;
}
