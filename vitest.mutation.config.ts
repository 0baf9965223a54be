import { defineConfig } from 'vitest/config'

/**
 * The tests that run against each mutant: those beside the files that are mutated. Property tests are left out: a
 * mutant counts as killed when a test fails every time, and not with some seeds; and they would take most of a run.
 */
export default defineConfig({
  test: {
    include: ['src/{domain,machines,projections}/**/*.test.ts'],
    exclude: ['**/*.property.test.ts'],
  },
})
