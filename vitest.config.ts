import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,sandbox,test,diagrams,bench}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest leaves one core to itself; on a machine with two cores that would run the files one by one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
