import { Type, type Static } from '@sinclair/typebox';

/** Body of every HTTP error: RFC 9457 problem details with a stable `code` and values for the sentence. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'urn:niem:error: and the code' }),
    title: Type.String({
      description: 'a sentence in the language of the request: what happened, what to do',
    }),
    status: Type.Integer(),
    code: Type.String(),
    /** Values that the sentence of this code names, such as a cell, a limit or a date. */
    values: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
    /** Opaque id under which the operator finds the event in the log. */
    incident: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type Problem = Static<typeof Problem>;
