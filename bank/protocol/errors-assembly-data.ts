/** What is wrong with the data that an item carries for the assembly of papers. */
export const ASSEMBLY_DATA_ERRORS = {
  'item-data-description': 422,
  'item-enemy-unnamed': 422,
  'item-enemy-repeated': 422,
  'item-enemy-circular': 422,
  'item-embargo-overlap': 422,
} as const satisfies Record<string, number>;
