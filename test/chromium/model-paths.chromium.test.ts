import { test } from 'vitest'
import { indexedDbStorage } from '../../src/browser.ts'
import { scriptedWorld } from '../model/scripted-world.ts'
import { nameOf, shortestPaths } from '../model/shortest-paths.ts'
import { walk } from '../model/walk.ts'
import { newName } from './names.ts'

const replayed = new Set<string>()

test.each(shortestPaths.map((steps) => [nameOf(steps), steps] as const))('%s', async (_, steps) => {
  const name = newName()
  const world = await scriptedWorld({ open: () => indexedDbStorage(name), dispose: async () => undefined })
  try {
    await walk(steps, world, replayed)
  } finally {
    await world.close()
  }
})
