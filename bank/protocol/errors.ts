/**
 * Stable error codes of every interface. The code is what programs and the language catalogues rely on; the
 * sentence shown to a person is in the catalogues of client and scripts under the same code.
 * Each module adds its codes in its own `errors-<module>.ts` beside this file and joins them in `index.ts`.
 */
export const COMMON_ERRORS = {
  'invalid-input': 400,
  'sign-in-required': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'wrong-type': 415,
  'too-many-requests': 429,
  'too-many-jobs': 429,
  internal: 500,
  unavailable: 503,
  'standby-missing': 503,
} as const satisfies Record<string, number>;

/** Thrown by domain verbs; the HTTP and socket layers turn it into a `Problem` or a refusal with the same code. */
export class DomainError extends Error {
  readonly code: string;
  readonly status: number;
  readonly values: Record<string, string | number>;
  constructor(code: string, status: number, values: Record<string, string | number> = {}) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.status = status;
    this.values = values;
  }
}
