import type { Plugin } from 'vite';

/** A schema declared at the top of a module: `const Name = Type.…;`, up to the semicolon that ends its line. */
const DECLARATION = /^((?:export )?const \w+ = )(Type\.[\s\S]*?);$/gm;

/**
 * Lets a page leave out the schemas of bank/protocol that it does not check, and the schema library with them:
 * each declaration becomes a call without side effects, which goes when nobody uses its result.
 */
export function lazySchemas(): Plugin {
  return {
    name: 'niem:lazy-schemas',
    enforce: 'pre',
    transform: {
      filter: { id: /\/bank\/\w+\/.*\.ts$/ },
      handler: (code) => code.replace(DECLARATION, '$1/* @__PURE__ */ (() => $2)();'),
    },
  };
}
