// Mutation testing of the pure parts: `npm run mutation`, explained in docs/testing.md.
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  mutate: ['src/{domain,machines,projections}/**/*.ts', '!**/*.test.ts'],
  // A copy of the tree is made for each run: it needs nothing that is built, installed or drawn.
  ignorePatterns: ['*', '!src/**', '!test/machine-table.test.ts', '!docs/*.md', '!*.md', '!*.json', '!*.ts'],
  tempDirName: 'coverage/stryker',
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { logTests: false, reportTests: false },
  htmlReporter: { fileName: 'coverage/mutation/index.html' },
  jsonReporter: { fileName: 'coverage/mutation/mutation.json' },
  incremental: true,
  incrementalFile: 'coverage/mutation/incremental.json',
  concurrency: 1,
  timeoutMS: 5_000,
  thresholds: { high: 100, low: 95, break: 95 },
}
