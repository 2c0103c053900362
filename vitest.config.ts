import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['niem-source'] },
  ssr: { resolve: { conditions: ['niem-source'] } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // they end what hangs, and judge no speed: a machine may be busy
    testTimeout: 180_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    reporters: ['default', './test/support/closing-line.mjs'],
  },
});
