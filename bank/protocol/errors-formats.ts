/** Why a file as a whole cannot be read. What is wrong with single rows is in `messages-formats.ts` and `messages-rosters.ts` only. */
export const FORMATS_ERRORS = {
  'file-empty': 422,
  'file-type': 415,
  'file-old-excel': 415,
  'file-damaged': 422,
  'file-unsafe': 413,
  'file-encoding': 415,
  'file-csv': 422,
  'file-no-rows': 422,
  'file-too-many-rows': 413,
  'file-header-missing': 422,
  'file-header-twice': 422,
} as const satisfies Record<string, number>;
