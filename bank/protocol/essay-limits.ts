/** Characters of an essay: about fifty thousand words. Without control characters it stays below `essayBytes`. */
export const ESSAY_CHARACTERS = 300_000;
/** Bytes of JSON in UTF-8 from which on a response travels in chunks. */
export const INLINE_BYTES = 49_152;
/** Characters of a chunk: as JSON in UTF-8 they take up 48 KiB at most, control characters left out. */
export const CHUNK_CHARACTERS = 16_000;

/** Characters of a typed answer (numeric, short text or gap). */
export const SHORT_ANSWER_CHARACTERS = 500;
