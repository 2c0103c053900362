import { part, type DocumentOf } from './model.ts';

/**
 * The fields of a sealed value: `box` is a Box v1 under a random data key, `key` that data key wrapped (AES-KWP)
 * by the line key `kid`. Names, stems, options, keys and answers are only ever stored like this.
 */
const sealedFields = {
  kid: { type: String, required: true },
  key: { type: Buffer, required: true },
  box: { type: Buffer, required: true },
} as const;

/** A sealed value as a sub-document: `person: { type: sealed, required: true }`. */
export const sealed = part(sealedFields);

export type Sealed = DocumentOf<typeof sealedFields>;
