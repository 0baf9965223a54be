import { defineConfig } from 'vitest/config'

/** The tests that run against each mutant: those beside the files that are mutated. */
export default defineConfig({
  test: { include: ['src/{domain,machines,projections}/**/*.test.ts'] },
})
