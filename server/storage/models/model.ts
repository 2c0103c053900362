import { Schema } from 'mongoose';

/**
 * The mongoose notation that a document may be defined in, and the TypeScript type that follows from it.
 * mongoose's own inference adds `null | undefined` to every optional field, an `_id` to every sub-document and
 * `any` to mixed ones; this one gives exact types: optional means absent, never null.
 */
type Leaf = StringConstructor | NumberConstructor | BooleanConstructor | DateConstructor | typeof Buffer;
type Type = Leaf | Part<unknown> | Json<unknown> | readonly [Leaf | Part<unknown> | Json<unknown>];

/** `required` must be spelled out as `true`; a field without it is optional. */
interface Field {
  readonly type: Type | MapConstructor;
  readonly of?: Leaf | Part<unknown> | Json<unknown>;
  readonly required?: true;
  readonly enum?: readonly (string | number)[];
  readonly min?: number;
  readonly max?: number;
  readonly maxlength?: number;
  readonly match?: RegExp;
}
type Definition = Readonly<Record<string, Field>>;

declare const documentType: unique symbol;
declare const jsonType: unique symbol;

/** Schema of a sub-document without an `_id`. */
type Part<T> = Schema & { readonly [documentType]: T };
/** Schema of a collection whose documents, without `_id` and `v`, are `T`. */
export type Model<T> = Schema & { readonly [documentType]: T };
/** Collection → its document, of a record of models. */
export type DocumentsOf<S> = { [C in keyof S]: S[C] extends Model<infer T> ? T : never };
/** Free plain JSON of type `T`, stored as it is and never indexed. */
type Json<T> = typeof Schema.Types.Mixed & { readonly [jsonType]: T };

type LeafValue<T> = T extends StringConstructor
  ? string
  : T extends NumberConstructor
    ? number
    : T extends BooleanConstructor
      ? boolean
      : T extends DateConstructor
        ? Date
        : T extends typeof Buffer
          ? Buffer
          : never;
type One<T> = T extends { readonly [documentType]: infer D }
  ? D
  : T extends { readonly [jsonType]: infer J }
    ? J
    : LeafValue<T>;
type Value<F> = F extends { enum: readonly (infer E)[] }
  ? F extends { type: readonly unknown[] }
    ? E[]
    : E
  : F extends { type: MapConstructor; of: infer O }
    ? Map<string, One<O>>
    : F extends { type: readonly [infer I] }
      ? One<I>[]
      : F extends { type: infer T }
        ? One<T>
        : never;
type RequiredNames<D> = { [K in keyof D]: D[K] extends { required: true } ? K : never }[keyof D];
/** The document type that a definition describes. */
export type DocumentOf<D> = { -readonly [K in RequiredNames<D>]: Value<D[K]> } & {
  -readonly [K in Exclude<keyof D, RequiredNames<D>>]?: Value<D[K]>;
} extends infer T
  ? { [K in keyof T]: T[K] }
  : never;

const OPTIONS = { strict: 'throw', versionKey: false, id: false, minimize: false } as const;

/** A sub-document: `owner: { type: part({ name: { type: String, required: true } }) }`. */
export function part<const D extends Definition>(definition: D): Part<DocumentOf<D>> {
  return build(definition, { ...OPTIONS, _id: false }) as Part<DocumentOf<D>>;
}

/** Free plain JSON: `certificate: { type: json<Certificate>(), required: true }`. */
export function json<T>(): Json<T> {
  return Schema.Types.Mixed as Json<T>;
}

/** A collection. `_id` (a string) and `v` (the version kept by the store) are added to every document. */
export function model<const D extends Definition>(definition: D): Model<DocumentOf<D>> {
  const base = { _id: { type: String, required: true }, v: { type: Number, required: true, min: 1 } };
  return build({ ...base, ...definition }, OPTIONS) as Model<DocumentOf<D>>;
}

/** Required texts and bytes may be empty; they may not be absent. */
Schema.Types.String.checkRequired((value) => typeof value === 'string');
Schema.Types.Buffer.checkRequired((value) => value != null);

/** The constructor without mongoose's inference, which our definitions are too deep for. */
const PlainSchema: new (definition: object, options: object) => Schema = Schema;

/** mongoose gives absent lists and maps an empty one; here absent stays absent. */
function build(definition: Record<string, object>, options: object): Schema {
  const fields = Object.entries(definition).map(([name, field]) => [name, { ...field, default: undefined }]);
  return new PlainSchema(Object.fromEntries(fields), options);
}
