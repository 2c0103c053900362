import { Type } from '@sinclair/typebox';

/** A moment by the server's clock: milliseconds since 1970, UTC. */
export const Instant = Type.Integer({ minimum: 0 });

export const Count = Type.Integer({ minimum: 0 });

/** `next` of the page before; the first page is asked for without it. */
export const Cursor = Type.Optional(Type.String({ maxLength: 500 }));

/** Query of a list that is given page by page. */
export const CursorQuery = Type.Object({ after: Cursor }, { additionalProperties: false });
