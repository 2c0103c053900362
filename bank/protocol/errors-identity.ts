export const IDENTITY_ERRORS = {
  'wrong-credentials': 401,
  'second-sign-in': 409,
  'device-free': 409,
  'device-refused': 403,
  'device-request-over': 410,
  'exam-not-joinable': 409,
  'link-used': 410,
  'login-taken': 409,
  'own-account': 403,
  'account-disabled': 409,
  'password-too-short': 400,
  'password-too-long': 400,
  'password-too-plain': 400,
  'sign-in-busy': 503,
} as const satisfies Record<string, number>;

/** The code was right, but another device has the attempt: the page asks the proctor to approve this one. */
export const ELSEWHERE = 'second-sign-in' satisfies keyof typeof IDENTITY_ERRORS;
