/**
 * Refusals of the delivery. An answer refused with one of `HELD_CODES` is on the record all the same, held for a
 * decision; the client need not send it again.
 */
export const DELIVERY_ERRORS = {
  'not-joined': 409,
  'not-started': 409,
  'attempt-paused': 409,
  superseded: 409,
  'already-submitted': 409,
  'after-deadline': 409,
  'attempt-terminated': 409,
  'section-over': 409,
  'section-not-begun': 409,
  'section-last': 409,
  'no-such-slot': 409,
  'no-such-media': 409,
  'plays-used': 409,
  'play-over': 409,
  'wrong-answer-form': 409,
  'sequence-conflict': 409,
  'sequence-too-far': 409,
  'attempt-full': 409,
  'essay-too-long': 409,
  'chunks-missing': 409,
  'chunks-do-not-fit': 409,
  'chunks-too-many': 409,
  'too-many-devices': 409,
  'answers-missing': 409,
  'illegal-transition': 409,
  'late-decided': 409,
  'late-graded': 409,
  'late-no-outage': 409,
  'joining-busy': 503,
  'ticket-invalid': 401,
  'ticket-superseded': 401,
  'exam-not-sealed': 409,
  'exam-cancelled': 410,
} as const satisfies Record<string, number>;

/** The exam will not be held: the page of a candidate goes on no more, and says so. */
export const CANCELLED = 'exam-cancelled' satisfies keyof typeof DELIVERY_ERRORS;

/** Another device has taken the attempt since the ticket was given: the page asks for a new one. */
export const STALE_TICKET = 'ticket-superseded' satisfies keyof typeof DELIVERY_ERRORS;

export const HELD_CODES = [
  'superseded',
  'already-submitted',
  'after-deadline',
  'attempt-terminated',
  'section-over',
] as const;
