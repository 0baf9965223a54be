import { defineConfig } from 'vitest/config'

/** `npm run test:keyring`: needs a Secret Service, which most machines of tests lack. */
export default defineConfig({
  test: { include: ['test/keyring/*.keyring.ts'], testTimeout: 60_000, fileParallelism: false },
})
