import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';
import { websocketOnly } from './vite-websocket-only.ts';
import { woff2Only } from './vite-woff2-only.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Lists of bank/protocol that schemas are made of. */
const LISTS = [
  'ATTEMPT_PHASES',
  'BANK_KINDS',
  'BANK_ROLES',
  'CANCEL_REASONS',
  'CONSTRAINTS',
  'DEVICE_KINDS',
  'EXAM_STATES',
  'EXPORT_FORMATS',
  'IMPORT_STATES',
  'ITEM_KINDS',
  'ITEM_STATUSES',
  'LEVELS',
  'RELEASE_REASONS',
  'RESERVE_REASONS',
  'ROLES',
  'ROW_ACTIONS',
];

/** Vite configuration of the staff pages: a small first route; each further page is loaded when it is opened. */
export default defineConfig({
  root: here('staff'),
  base: '/staff/',
  logLevel: 'warn',
  resolve: { conditions: ['niem-source', ...defaultClientConditions] },
  plugins: [woff2Only(), websocketOnly()],
  build: {
    outDir: here('../dist/client/staff'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      /** The libraries mark their files for servers that render React; there is none here. */
      checks: { moduleLevelDirective: false },
      /** Schemas are declared when bank/protocol is loaded; the pages check none, so what is unused may go. */
      treeshake: { manualPureFunctions: ['Type', ...LISTS], propertyReadSideEffects: false },
    },
  },
});
