/** Why a search by mixed-integer programming gives no form. */
export const SOLVER_ERRORS = {
  'blueprint-enemies': 409,
  'form-shortage': 409,
  'form-bound': 409,
  'form-time': 409,
} as const satisfies Record<string, number>;
