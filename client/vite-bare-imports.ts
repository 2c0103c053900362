import type { Plugin } from 'vite';

const HELPER = '\0vite/preload-helper.js';

/** Vite wraps every lazy import in a loader of preloads. Nothing is preloaded here, so the import is called as it is. */
export function bareImports(): Plugin {
  return {
    name: 'niem:bare-imports',
    enforce: 'pre',
    load: (id) => (id === HELPER ? 'export const __vitePreload = (load) => load();' : null),
  };
}
