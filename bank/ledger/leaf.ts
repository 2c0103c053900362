import { utf8ToBytes } from '@noble/hashes/utils.js';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import canonicalize from 'canonicalize';
import { MAX_LEAF_BYTES } from './bundle.ts';

const closed = { additionalProperties: false };

const Scalar = Type.Union([
  Type.String({ maxLength: 500 }),
  Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
  Type.Boolean(),
]);

/** What an act says beyond who, what and when: ids, hashes, counts. Never a name, a stem, an answer or a key. */
export const LeafData = Type.Record(
  Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' }),
  Type.Union([Scalar, Type.Array(Scalar, { maxItems: 1000 })]),
  { maxProperties: 30, additionalProperties: false },
);
export type LeafData = Static<typeof LeafData>;

/** The part of a leaf that is known when the act happens; place and time come from the sequencer. */
export const Act = Type.Object(
  {
    /** Pseudonym of this log, or `system`. */
    actor: Type.String({ pattern: '^(system|[A-Za-z0-9_-]{22})$' }),
    /** The roles it acted in, joined by `+`. */
    role: Type.String({ pattern: '^[a-z]+(\\+[a-z]+)*$', maxLength: 100 }),
    /** `noun.verb`, from bank/protocol/audit-actions.ts. */
    action: Type.String({ pattern: '^[a-z][A-Za-z]*\\.[a-z][A-Za-z]*$', maxLength: 60 }),
    /** What it was done to: `exam:<id>`, `item:<id>`, … */
    object: Type.String({ pattern: '^[a-z][A-Za-z]*:[A-Za-z0-9_./-]{1,100}$' }),
    data: Type.Optional(LeafData),
  },
  closed,
);
export type Act = Static<typeof Act>;

/**
 * One leaf of the log. `seq` is its index, 0 for the first. `ts` is the time of the act in UTC, RFC 3339 with
 * milliseconds and `Z`, lifted to that of the leaf before where it would be earlier: times never go back.
 */
export const Leaf = Type.Object(
  {
    v: Type.Literal(1),
    seq: Type.Integer({ minimum: 0 }),
    ts: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
    ...Act.properties,
  },
  closed,
);
export type Leaf = Static<typeof Leaf>;

/** Canonical JSON (RFC 8785) of an act, checked. @throws RangeError when it does not fit the schema */
export function encodeAct(act: Act): string {
  return encode(Act, act, 'act');
}

/** Canonical JSON (RFC 8785) of a leaf, checked. @throws RangeError when it does not fit the schema */
export function encodeLeaf(leaf: Leaf): string {
  return encode(Leaf, leaf, 'leaf');
}

function encode(schema: typeof Act | typeof Leaf, value: Act | Leaf, name: string): string {
  if (!Value.Check(schema, value)) {
    const wrong = Value.Errors(schema, value).First();
    throw new RangeError(`not ${name === 'act' ? 'an' : 'a'} ${name}: ${wrong?.path} ${wrong?.message}`);
  }
  const text = canonicalize(value)!;
  if (utf8ToBytes(text).length > MAX_LEAF_BYTES) throw new RangeError('a leaf has at most 65,535 bytes');
  return text;
}

/** Reads a leaf; null unless it is one and its bytes are canonical. */
export function decodeLeaf(text: string): Leaf | null {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(Leaf, value) && canonicalize(value) === text ? value : null;
  } catch {
    return null;
  }
}
