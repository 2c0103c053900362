import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { CANDIDATE_WORKER } from '#bank/protocol';
import { bareImports } from './vite-bare-imports.ts';
import { inlinePage } from './vite-inline-page.ts';
import { lazySchemas } from './vite-lazy-schemas.ts';
import { precompress } from './vite-precompress.ts';
import { websocketOnly } from './vite-websocket-only.ts';
import { woff2Only } from './vite-woff2-only.ts';

const WORKER = CANDIDATE_WORKER.slice(1);

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Vite configuration of the candidate's page: Preact under React's names, one response that holds it all. */
export default defineConfig({
  root: here('candidate'),
  base: '/candidate/',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    conditions: ['niem-source', 'module', 'browser', 'production'],
    alias: {
      react: here('candidate/react.ts'),
      '@noble/hashes/utils.js': here('candidate/device/noble-bytes.ts'),
    },
  },
  plugins: [bareImports(), lazySchemas(), woff2Only(), websocketOnly(), inlinePage(WORKER), precompress()],
  build: {
    outDir: here('../dist/client/candidate'),
    emptyOutDir: true,
    target: 'es2020',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      /** A number is shorter than the name of one, and than what brings it from one file to another. */
      optimization: { inlineConst: { mode: 'all', pass: 2 } },
      input: { index: here('candidate/index.html'), worker: here('candidate/worker/worker.ts') },
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? WORKER : 'assets/[name]-[hash].js'),
      },
    },
  },
});
