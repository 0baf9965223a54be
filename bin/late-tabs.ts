import { statSync } from 'node:fs'
import { answerLateTabs } from '../src/adapters/microsoft365/loopback-late-tabs.ts'
import { systemClock } from '../src/adapters/system/system-clock.ts'
import type { LateSignIns } from '../src/node.ts'
import { lateSignIns, sqliteStorage } from '../src/node.ts'
import type { LateTabsTask } from './late-tabs-process.ts'

/** In ms. */
const LOOK_EVERY = 1000

/** A file that is made anew in the place of one that was removed is another. */
const fileId = (store: string): number | null => statSync(store, { throwIfNoEntry: false })?.ino ?? null

const { store, until, ...tabs } = JSON.parse(process.argv[2] ?? '') as LateTabsTask
const over = new AbortController()
const file = fileId(store)

/** The port is taken first, and the store opened meanwhile. Where it cannot be, tabs are answered all the same. */
const opening = openLog()
opening.catch(() => undefined)

async function openLog(): Promise<{ signIns: LateSignIns; close: () => Promise<void> } | null> {
  if (file === null) return null
  const { events, locks } = await sqliteStorage(store)
  const signIns = lateSignIns(events, systemClock, 'microsoft365')
  const look = () =>
    void signIns.isLinked().then(
      (isLinked) => isLinked || over.abort(),
      () => undefined,
    )
  const unwatch = events.watch(look)
  look()
  return {
    signIns,
    close: async () => {
      unwatch()
      await locks.close()
      await events.close()
    },
  }
}

// It may have been removed before this process came up.
if (file === null) over.abort()
const looking = setInterval(() => fileId(store) === file || over.abort(), LOOK_EVERY)
try {
  await answerLateTabs(
    { ...tabs, until: new Date(until) },
    { signal: over.signal, answered: async ({ attempt }) => (await opening)?.signIns.answered(attempt) },
  )
} finally {
  clearInterval(looking)
  const log = await opening.catch(() => null)
  await log?.close().catch(() => undefined)
}
