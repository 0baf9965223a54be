import { type FileIdentity, identityOf, isSameFile } from '../src/adapters/files/file-identity.ts'
import { answerLateRedirects } from '../src/adapters/microsoft365/sign-in/redirect/late-redirects.ts'
import { systemClock } from '../src/adapters/system/system-clock.ts'
import { lateRedirectRecorder, sqliteStorage } from '../src/node.ts'
import type { LateRedirectsTask } from './late-redirects-process.ts'

/** In ms. */
const LOOK_EVERY = 1000

const { store, until, ...tabs } = JSON.parse(process.argv[2] ?? '') as LateRedirectsTask
const over = new AbortController()
/** Not a new file of the same name. */
const file: FileIdentity | null = identityOf(store)
const isThere = (): boolean => isSameFile(identityOf(store), file)

/** Opens the store only to record, so that the file is not in use for a quarter of an hour. */
const record = async (attempt: string): Promise<void> => {
  if (!isThere()) return
  const { events, locks } = await sqliteStorage(store)
  try {
    await lateRedirectRecorder(events, systemClock, 'microsoft365').answered(attempt)
  } finally {
    await locks.close()
    await events.close()
  }
}

// The store may have been removed before this process started.
if (!isThere()) over.abort()
const looking = setInterval(() => isThere() || over.abort(), LOOK_EVERY)
try {
  await answerLateRedirects(
    { ...tabs, until: new Date(until) },
    { signal: over.signal, answered: ({ attempt }) => record(attempt) },
  )
} finally {
  clearInterval(looking)
}
