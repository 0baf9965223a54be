import { randomUUID } from 'node:crypto'
import { Server } from 'node:net'
import { type FileIdentity, identityOf, isSameFile } from '../src/adapters/files/file-identity.ts'
import { answerLateRedirects } from '../src/adapters/sign-in/redirect/late-redirects.ts'
import { type AdoptedSockets, adoptSockets } from '../src/adapters/sign-in/redirect/loopback-server.ts'
import { systemClock } from '../src/adapters/system/system-clock.ts'
import {
  forgetLateRedirects,
  type RedirectsOfPort,
  readLateRedirects,
  writeLateRedirects,
} from './late-redirects-file.ts'

/** In ms. */
const LOOK_EVERY = 250

const [store = ''] = process.argv.slice(2)
const holder = randomUUID()
const over = new AbortController()
const running = new Set<Promise<void>>()
const ports = new Map<number, RedirectsOfPort>()
/** The store as it was at the start: a new file of the same name is another one. */
const file: FileIdentity | null = identityOf(store)
const isThere = (): boolean => isSameFile(identityOf(store), file)

/** Opens the store only to record, so that this process does not keep the file in use for up to 15 minutes. */
const record = async (attempt: string): Promise<void> => {
  if (!isThere()) return
  // Loaded on demand, so that this process listens sooner.
  const { openSqliteStore } = await import('../src/adapters/stores/sqlite/open-store.ts')
  const { lateRedirectRecorder } = await import('../src/book/tasks/late-redirects.ts')
  const events = await openSqliteStore(store)
  try {
    await lateRedirectRecorder(events, systemClock, 'microsoft365').answered(attempt)
  } finally {
    await events.close()
  }
}

/** False if the file cannot be written: then this process answers only its own tabs, and no other process finds it. */
const save = (): boolean => {
  try {
    writeLateRedirects(store, { holder, ports: [...ports.values()] })
    return true
  } catch {
    return false
  }
}
const isMine = (): boolean => readLateRedirects(store)?.holder === holder
let isSaved = false

const answer = (late: RedirectsOfPort, adopted?: AdoptedSockets): void => {
  const { port } = late
  ports.set(port, late)
  const done = answerLateRedirects(
    { ...late, until: new Date(late.until) },
    {
      signal: over.signal,
      ...(adopted && { adopted }),
      answered: async ({ attempt }) => {
        const { tabs, ...rest } = ports.get(port) ?? late
        ports.set(port, { ...rest, tabs: tabs.filter((tab) => tab.attempt !== attempt) })
        if (isMine()) save()
        await record(attempt)
      },
    },
  )
    // Another program uses the port now.
    .catch(() => undefined)
    .finally(() => {
      ports.delete(port)
      running.delete(done)
    })
  running.add(done)
}

/** Takes over the tabs of another process, which notices that and ends. */
const takeOver = (): void => {
  for (const late of readLateRedirects(store)?.ports ?? [])
    if (!ports.has(late.port) && late.tabs.length > 0 && late.until > Date.now()) answer(late)
  isSaved = save()
}

const look = (): void => {
  // A timer would not count the time in which the machine sleeps.
  const isOver = [...ports.values()].every(({ until }) => until <= Date.now())
  const found = readLateRedirects(store)
  if (isOver || (isSaved && found === null) || !isThere()) over.abort()
  else if (found !== null && found.holder !== holder) {
    const theirs = new Set(found.ports.map(({ port }) => port))
    // Two processes may start at the same moment. The one whose tabs the other has taken over ends.
    if ([...ports.keys()].every((port) => theirs.has(port))) over.abort()
    else takeOver()
  }
}

const adopted = adoptSockets()
await new Promise<void>((resolve) => {
  process.on('disconnect', resolve)
  process.on('message', (message: 'socket' | 'none' | RedirectsOfPort, socket: unknown) => {
    if (socket instanceof Server) adopted.add(socket)
    if (message === 'socket') return
    if (message !== 'none') answer(message, adopted)
    process.disconnect()
  })
  // A socket that arrives earlier would accept connections that nothing answers.
  if (process.connected) process.send?.('ready')
  else resolve()
})

// The store may be gone by now, and all tabs may have been answered.
if (ports.size > 0 && isThere()) {
  takeOver()
  const looking = setInterval(look, LOOK_EVERY)
  while (running.size > 0) await Promise.all(running)
  clearInterval(looking)
  if (isMine()) forgetLateRedirects(store)
}
process.exit()
