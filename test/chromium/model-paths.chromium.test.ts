import { test } from 'vitest'
import { indexedDbStorage } from '../../src/browser.ts'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import { pathsOf } from '../../src/testing/model-paths.ts'
import { scriptedWorld } from '../model/scripted-world.ts'
import { walk } from '../model/walk.ts'
import { isSoak } from '../soak.ts'
import { newName } from './names.ts'

const replayed = new Set<string>()

// The stores pass one contract: in a browser, all paths take a soak.
const walked = pathsOf(linkedAccount, isSoak ? 'all' : 'covering')

test.each(walked.map((path) => [path.name, path] as const))('%s', async (_, path) => {
  const name = newName()
  const world = await scriptedWorld({ open: () => indexedDbStorage(name), dispose: async () => undefined })
  try {
    await walk(path, world, replayed)
  } finally {
    await world.close()
  }
})
