import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['niem-source'] },
  ssr: { resolve: { conditions: ['niem-source'] } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', './test/support/closing-line.mjs'],
  },
});
