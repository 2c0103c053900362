import type { PARAMETRIC_ERRORS } from '#bank/protocol';

/** A mistake in a parametric item, by its stable code with the values that its sentence names. */
export interface ParametricProblem {
  code: keyof typeof PARAMETRIC_ERRORS;
  values: Record<string, string | number>;
}

/** Thrown inside this room only: `makeVariants` gives its problem. */
export class Refusal extends Error {
  readonly problem: ParametricProblem;
  constructor(code: ParametricProblem['code'], values: ParametricProblem['values'] = {}) {
    super(code);
    this.name = 'Refusal';
    this.problem = { code, values };
  }
}
