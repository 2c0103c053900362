import type { BLUEPRINT_ERRORS } from '#bank/protocol';

/** A mistake in a blueprint, by its stable code with the values that its sentence names. */
export interface BlueprintProblem {
  code: keyof typeof BLUEPRINT_ERRORS;
  values: Record<string, string | number>;
}
