import { Type, type Static } from '@sinclair/typebox';
import { RichText } from '#bank/protocol';
import { closed } from '../parts.ts';

/** Text that belongs to a group of items (shared stimulus); takes no answer and no points. */
export const DescriptionContent = Type.Object({ kind: Type.Literal('description'), stem: RichText }, closed);
export type DescriptionContent = Static<typeof DescriptionContent>;

export const DescriptionKey = Type.Object({}, closed);
export type DescriptionKey = Static<typeof DescriptionKey>;
