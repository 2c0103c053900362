import type { Plugin } from 'vite';
import { LIMITS } from '#bank/protocol';

const USE = /\bLIMITS\.(\w+)/g;

/** Puts the limits that a page uses where it uses them, so that it need not carry all the others. */
export function plainLimits(): Plugin {
  return {
    name: 'niem:plain-limits',
    enforce: 'pre',
    transform: {
      filter: { id: /\/(bank|client)\/.*\.tsx?$/ },
      handler: (code) =>
        code.replace(USE, (use, name) =>
          name in LIMITS ? String(LIMITS[name as keyof typeof LIMITS]) : use,
        ),
    },
  };
}
