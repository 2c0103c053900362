/**
 * Refusals of exams and custody. An exam in another state than an act needs is refused with `exam-not-<state>`;
 * those of later states stand in the tables of delivery and marking.
 */
export const EXAMS_ERRORS = {
  'duration-out-of-range': 400,
  'deadline-past': 400,
  'deadline-too-soon': 400,
  'sections-sum': 400,
  'sections-parts': 409,
  'sections-branches': 409,
  'forms-per-shift': 400,
  'reserve-form-missing': 400,
  'seat-shift': 409,
  'seat-taken': 409,
  'reserve-used-up': 409,
  'attempt-ended': 409,
  'shift-order': 409,
  'exam-not-draft': 409,
  'exam-not-open': 409,
  'exam-sealing': 409,
  'blueprint-missing': 409,
  'roster-empty': 409,
  'roster-too-large': 400,
  'items-not-official': 409,
  'codes-missing': 409,
  'profile-needs-replica-set': 409,
  'profile-needs-examination': 409,
  'profile-needs-standby': 409,
  'profile-needs-second-person': 403,
} as const satisfies Record<string, number>;
