/** The names that a sentence has in braces: `'{n} câu'` → `'n'`. */
export type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** What another language must have to stand beside a catalogue: the same keys. */
export type Translation<C> = { readonly [K in keyof C]: string };

/**
 * Keys whose sentences do not name the same values in both languages. A catalogue is complete when this is
 * `never`; the compiler then refuses a forgotten or misspelt placeholder.
 */
export type Mismatch<A extends Translation<B>, B extends Translation<A>> = {
  [K in keyof A & keyof B]: [Names<A[K]>] extends [Names<B[K]>]
    ? [Names<B[K]>] extends [Names<A[K]>]
      ? never
      : K
    : K;
}[keyof A & keyof B];

export type Values<S extends string> = [Names<S>] extends [never]
  ? []
  : [values: Record<Names<S>, string | number>];

/** Looks sentences up and fills them; the values a sentence needs are checked by its type. */
export type Translate<C extends Translation<C>> = <K extends keyof C & string>(
  key: K,
  ...values: Values<C[K]>
) => string;

export function translator<C extends Translation<C>>(catalogue: Translation<C>): Translate<C> {
  return (key, ...[values]) =>
    values
      ? catalogue[key].replace(/\{(\w+)\}/g, (_, name: string) =>
          String((values as Record<string, string | number>)[name]),
        )
      : catalogue[key];
}
