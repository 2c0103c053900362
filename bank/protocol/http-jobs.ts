import { Type, type Static } from '@sinclair/typebox';
import { Id } from './ids.ts';

/** Long work of the server: started by a call that answers at once, followed by polling, cancelled by DELETE. */
export const JobView = Type.Object(
  {
    id: Id,
    kind: Type.String(),
    state: Type.Union([
      Type.Literal('running'),
      Type.Literal('done'),
      Type.Literal('failed'),
      Type.Literal('cancelled'),
    ]),
    done: Type.Number(),
    total: Type.Number(),
    /** What the job was for; only when it is done. */
    result: Type.Optional(Type.Unknown()),
    error: Type.Optional(
      Type.Object({
        code: Type.String(),
        values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
      }),
    ),
  },
  { additionalProperties: false },
);
export type JobView = Static<typeof JobView>;
