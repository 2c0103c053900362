/** Why a blueprint is not accepted, or cannot give the papers that are wanted. */
export const BLUEPRINT_ERRORS = {
  'blueprint-cell-repeated': 400,
  'blueprint-stratum-repeated': 400,
  'blueprint-description-cell': 400,
  'blueprint-list-too-short': 400,
  'blueprint-too-many-questions': 400,
  'blueprint-points-sum': 400,
  'blueprint-infeasible': 409,
  'blueprint-too-tight': 409,
  'papers-exhausted': 409,
  'forms-overlap': 409,
  'forms-uses': 409,
  'stimulus-missing': 409,
} as const;
