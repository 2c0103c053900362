export const MARKING_ERRORS = {
  'exam-not-closed': 409,
  'exam-not-graded': 409,
  'late-undecided': 409,
  'essays-unmarked': 409,
  'essay-points': 422,
  'essay-mark-conflict': 409,
  'result-not-released': 409,
  'marking-policy-unknown': 409,
  'marking-unreadable': 500,
  'marking-not-repeatable': 500,
} as const satisfies Record<string, number>;
