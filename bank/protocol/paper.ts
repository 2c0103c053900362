import { Type, type Static } from '@sinclair/typebox';
import { CellId } from './blueprint.ts';
import { Id, PartToken } from './ids.ts';
import { ItemKindName } from './item-kinds.ts';
import { lengthPrefixed, type BoxContext } from './box.ts';

/**
 * What stands in view boxes and index boxes, layout 2. Browsers open both; this is the specification that they follow.
 *
 *   box        Box v1 (`box.ts`) under the context of `viewBoxContext` or `indexBoxContext`
 *   plaintext  deflated | 0x80 | zeros to the next multiple of `PAPER_BOX_STEP` bytes (`padding.ts`)
 *   deflated   one raw DEFLATE stream (RFC 1951): no zlib or gzip frame, no preset dictionary
 *   inflated   UTF-8 JSON without byte order mark, an `ItemView` of bank/item or a `PaperIndex`, of at most
 *              `LIMITS.openedBoxBytes`
 *
 * To open one: check the tag, take the padding off, inflate, and give up as soon as more than the limit has come out.
 */
export const PAPER_BOX_LAYOUT = 2;

/**
 * Boxes come in steps of this many bytes, because the size of a question tells which one it is. Measured on the demo's
 * bank: a box shares its size with 23 of 110 (steps of 64: with 7; of 512: with 41, but 40 questions with 200 formulas
 * no longer stay below 40 KB).
 */
export const PAPER_BOX_STEP = 256;

const closed = { additionalProperties: false };

/** Address of a view box: 128 random bits of this sitting as 22 base64url characters. */
export const ViewAddress = Id;

const Slots = Type.Array(Type.Integer({ minimum: 0 }));

/**
 * What a candidate chooses, by the slots of one box: one of the `branches`, and in each of the `groups` so many
 * questions as `answer` says. Groups of a branch hold no slot of another. Which slots count follows from the answers
 * by the function `countedSlots` of bank/marks.
 */
export const Electives = Type.Object(
  {
    branches: Type.Array(
      Type.Object({ id: CellId, title: Type.String({ maxLength: 200 }), slots: Slots }, closed),
    ),
    groups: Type.Array(Type.Object({ answer: Type.Integer({ minimum: 1 }), slots: Slots }, closed)),
  },
  closed,
);
export type Electives = Static<typeof Electives>;

/**
 * What an index box holds once opened: one entry per slot of the section, in the order of the paper.
 * `key` is the 32-byte data key of the view box, base64url. `order` lists the tokens of the shuffled group
 * (options, statements or choices) in the order this candidate sees them; empty where nothing is shuffled.
 * `points` are hundredths, 0 for a description. `part` is the index into `parts`. `reading` is the slot of the
 * description that the item belongs to, for the page to show beside it; it counts within the box. The box of a later
 * section has the parts up to its own, and says in `before` how many slots and questions the sections before it have.
 * `electives` stands where there is something to choose.
 */
export const PaperIndex = Type.Object(
  {
    parts: Type.Array(Type.Object({ title: Type.String({ maxLength: 200 }) }, closed)),
    before: Type.Optional(
      Type.Object({ slots: Type.Integer({ minimum: 0 }), questions: Type.Integer({ minimum: 0 }) }, closed),
    ),
    slots: Type.Array(
      Type.Object(
        {
          address: ViewAddress,
          key: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
          kind: ItemKindName,
          part: Type.Integer({ minimum: 0 }),
          points: Type.Integer({ minimum: 0 }),
          order: Type.Array(PartToken),
          reading: Type.Optional(Type.Integer({ minimum: 0 })),
        },
        closed,
      ),
    ),
    electives: Type.Optional(Electives),
  },
  closed,
);
export type PaperIndex = Static<typeof PaperIndex>;

/** Box context of a view box: it belongs to its address and to nothing else. */
export function viewBoxContext(tenant: string, address: string): BoxContext {
  return { type: 'view', tenant, object: address, version: PAPER_BOX_LAYOUT, field: 'view' };
}

/** Box context of the index box of one attempt's section. */
export function indexBoxContext(tenant: string, attempt: string, section: number): BoxContext {
  return { type: 'index', tenant, object: attempt, version: PAPER_BOX_LAYOUT, field: `section/${section}` };
}

/** HKDF-SHA-256 info strings: room key = HKDF(exam key, room), section key = HKDF(room key, attempt, section). */
export function roomKeyInfo(exam: string, room: string): Uint8Array {
  return lengthPrefixed(['niem/room-key/1', exam, room]);
}
export function sectionKeyInfo(attempt: string, section: number): Uint8Array {
  return lengthPrefixed(['niem/section-key/1', attempt, String(section)]);
}
