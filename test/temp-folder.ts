import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, test as base } from 'vitest'

const PREFIX = 'device-contacts-test-'

/** For a moment, Windows refuses to remove files that an ended process had open. */
const remove = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })

/**
 * Vitest's `test` with temporary folders, which are removed whether the test passes or fails: `folder` belongs to
 * one test, `sharedFolder` to all tests of a file, for what `test.beforeAll` prepares.
 */
export const test = base
  .extend('parentFolder', { scope: 'file' }, tmpdir())
  .extend('sharedFolder', { scope: 'file' }, async ({ parentFolder }, { onCleanup }) => {
    const folder = await mkdtemp(join(parentFolder, PREFIX))
    onCleanup(() => remove(folder))
    return folder
  })
  .extend('folder', async ({ parentFolder }, { onCleanup }) => {
    const folder = await mkdtemp(join(parentFolder, PREFIX))
    onCleanup(() => remove(folder))
    return folder
  })

/**
 * Another folder, removed when the running test has finished: for contract suites and helpers, which cannot use
 * fixtures. Throws outside a test and its `beforeEach`.
 */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), PREFIX))
  onTestFinished(() => remove(folder))
  return folder
}
