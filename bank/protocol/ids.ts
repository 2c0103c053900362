import { Type } from '@sinclair/typebox';

/** Ids are 128 random bits as 22 base64url characters; they tell nothing about what they name. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' });

/** Short tokens that stand for one option, statement, prompt or choice in one sitting: 48 random bits. */
export const PartToken = Type.String({ pattern: '^[A-Za-z0-9_-]{8}$' });

/** Canonical ids of the parts of an item, given by its author's file or editor: `a`, `b`, … or `1`, `2`, … */
export const PartId = Type.String({ pattern: '^[a-z0-9]{1,8}$' });
