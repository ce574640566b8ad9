import { defineConfig } from 'vitest/config'

// One suite for everything. Store tests start an embedded PostgreSQL (400 MB and more), hence few workers.
export default defineConfig({
  test: {
    include: ['engines/**/*.test.ts', 'platform/**/*.test.ts', 'packs/**/*.test.ts', 'capabilities/**/*.test.ts', 'server/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'checks/**/*.test.ts', 'scenarios/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/build/**', 'server/browser/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
})
