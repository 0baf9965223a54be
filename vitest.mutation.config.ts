import { defineConfig } from 'vitest/config'

/**
 * The tests that run against each mutant: those beside the files that are mutated, and the tables of
 * docs/architecture.md. Property tests are left out: a mutant counts as killed when a test fails every time, and not with some seeds; and they would take most of a run.
 */
export default defineConfig({
  test: {
    include: ['src/{domain,machines,projections}/**/*.test.ts', 'test/machine-table.test.ts'],
    exclude: ['**/*.property.test.ts'],
  },
})
