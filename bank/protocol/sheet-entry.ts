import { Type, type Static } from '@sinclair/typebox';
import { Response } from './response.ts';
import { Count, Instant } from './wire-values.ts';

/** One save on an answer sheet. `slot` counts all slots of the paper from 0, descriptions included. */
export const SheetEntry = Type.Object(
  { slot: Count, seq: Type.Integer({ minimum: 1 }), epoch: Count, response: Response, at: Instant },
  { additionalProperties: false },
);
export type SheetEntry = Static<typeof SheetEntry>;
