import { Type, type Static } from '@sinclair/typebox';
import { Count, Cursor, Instant, Level, RichText, TopicName, VariantsCode } from '#bank/protocol';
import { closed } from '../parts.ts';

const Name = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,19}$' });
const Formula = Type.String({ minLength: 1, maxLength: 200 });
/** `12`, `-0.5` or `1/3`. */
const Bound = Type.String({ pattern: '^-?[0-9]{1,9}(?:\\.[0-9]{1,9}|/[1-9][0-9]{0,8})?$' });

/** A number that is drawn: `from`, `from + step`, … up to `to`. */
const Parameter = Type.Object({ name: Name, from: Bound, to: Bound, step: Bound }, closed);

/**
 * An item whose numbers are drawn. Texts hold formulas as `@{a}` or `@{2*a}`, and `@{+b}` to be written with its sign.
 * `derived` are values that several formulas use; a variant exists for each choice of parameters that satisfies all
 * constraints. With `decimals` values are written rounded to so many, half away from zero; without they are exact.
 * A single choice has distractors, a number has none.
 */
export const ParametricItem = Type.Object(
  {
    kind: Type.Union([Type.Literal('choice'), Type.Literal('numeric')]),
    stem: RichText,
    parameters: Type.Array(Parameter, { minItems: 1, maxItems: 10 }),
    derived: Type.Array(Type.Object({ name: Name, formula: Formula }, closed), { maxItems: 20 }),
    constraints: Type.Array(Formula, { maxItems: 20 }),
    key: Formula,
    distractors: Type.Array(Formula, { maxItems: 7 }),
    decimals: Type.Optional(Type.Integer({ minimum: 0, maximum: 12 })),
    unit: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  },
  closed,
);
export type ParametricItem = Static<typeof ParametricItem>;

/** What a bank makes the variants from; they get the code with a number behind it. */
export const VariantsInput = Type.Object(
  { code: VariantsCode, topic: TopicName, level: Level, item: ParametricItem },
  closed,
);
export type VariantsInput = Static<typeof VariantsInput>;

/** A template that variants were made from: the newest under its code, and how many variants there are. */
const TemplateView = Type.Object({ ...VariantsInput.properties, made: Count, updatedAt: Instant }, closed);
export type TemplateView = Static<typeof TemplateView>;
export const TemplateList = Type.Object({ templates: Type.Array(TemplateView), next: Cursor }, closed);
export type TemplateList = Static<typeof TemplateList>;
