import { Type, type Static } from '@sinclair/typebox';
import { LIMITS } from './limits.ts';

const closed = { additionalProperties: false };

/** Parallel forms (mã đề): papers that many candidates share. */
export const FormsSetting = Type.Object(
  {
    /** Forms that candidates get by their seats: so many of each shift, one shift after the other. */
    count: Type.Integer({ minimum: 1, maximum: LIMITS.formsPerExam }),
    perShift: Type.Integer({ minimum: 1, maximum: LIMITS.formsPerExam }),
    /** Per cent of the questions that forms of two shifts may have in common; rounded down to whole questions. */
    overlap: Type.Integer({ minimum: 0, maximum: 100 }),
    /** Forms that one question may stand on. */
    maxUses: Type.Integer({ minimum: 1, maximum: LIMITS.formsPerExam }),
    /** Forms that only reserve papers take; like those of a shift of their own. */
    spare: Type.Integer({ minimum: 0, maximum: LIMITS.formsPerExam }),
    seatsPerRoom: Type.Integer({ minimum: 1, maximum: LIMITS.candidatesPerExam }),
    seatsPerRow: Type.Integer({ minimum: 1, maximum: LIMITS.candidatesPerExam }),
  },
  closed,
);
export type FormsSetting = Static<typeof FormsSetting>;

/** How papers come about: one of each candidate's own, dealt so that all are alike in difficulty, or forms. */
export const Assembly = Type.Union([Type.Literal('dealt'), Type.Object({ forms: FormsSetting }, closed)]);
export type Assembly = Static<typeof Assembly>;

/** Papers in reserve, issued in the order that was committed to. */
export const Reserve = Type.Integer({ minimum: 0, maximum: LIMITS.reservePapers });

const RoomName = Type.String({ minLength: 1, maxLength: 20, pattern: '\\S' });
export const Place = Type.Object(
  {
    /** From 1. */
    shift: Type.Integer({ minimum: 1, maximum: LIMITS.formsPerExam }),
    room: RoomName,
    /** From 1; the seats of a row follow one another, and then those of the row behind it. */
    seat: Type.Integer({ minimum: 1, maximum: LIMITS.candidatesPerExam }),
  },
  closed,
);
export type Place = Static<typeof Place>;

/** The code (mã đề) of the form at this place, from 0: 0101, 0102, … */
export function formCode(index: number): string {
  return String(101 + index).padStart(4, '0');
}
