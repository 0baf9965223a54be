import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Server } from 'node:net'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withTimeout } from '../src/async/with-timeout.ts'
import type { LateRedirects, SignIn } from '../src/node.ts'
import type { RedirectsOfPort } from './late-redirects-file.ts'

/** In ms: a sign-in page expires after this time. */
const LONGEST = 15 * 60_000

/** In ms: starting a process takes some 100. */
const STARTS_WITHIN = 5000

/**
 * Leaves the sign-in tabs of a command that ends to a small process, which answers them until they expire. It gets the
 * listening sockets first, so that a tab that comes back at this moment waits there; a tab that came back earlier still gets
 * its answer here. If the process does not start, the browser shows that it cannot connect, which does no harm.
 */
export const leaveLateRedirects = async (signIn: SignIn, store: string): Promise<void> => {
  const sockets = ((await signIn.redirectSockets?.()) ?? []).filter((socket) => socket instanceof Server)
  if (sockets.length === 0) return
  const program = fileURLToPath(new URL('late-redirects.js', import.meta.url))
  const child = spawn(process.execPath, [program, store], {
    // In its own session, so that Ctrl-C or closing the terminal does not end it.
    detached: true,
    // What it answers goes through a channel: all users of the machine can read the arguments.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
    cwd: dirname(store),
    env: environment(),
  }).on('error', () => undefined)
  const gone = new AbortController()
  child.on('exit', () => gone.abort())
  const within = (work: () => Promise<unknown>): Promise<unknown> =>
    withTimeout(STARTS_WITHIN, gone.signal, work).catch(() => undefined)
  const ready = once(child, 'message')
  await within(async () => {
    await ready
    for (const socket of sockets) await send(child, 'socket', socket)
  })
  const late = await signIn.handOver?.()
  // A message on its way is lost if this process ends, so the other one closes the channel once it has it.
  const received = once(child, 'disconnect')
  await within(() => Promise.all([send(child, late ? tabsOf(late) : 'none'), received]))
  if (child.connected) child.disconnect()
  child.unref()
}

const tabsOf = ({ port, until, tabs }: LateRedirects): RedirectsOfPort => ({
  port,
  until: Math.min(until.getTime(), Date.now() + LONGEST),
  tabs,
})

/** What Node itself may need to start and to listen. Nothing else of a shell's environment, which may hold secrets. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['SystemRoot', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'].flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

const send = (
  child: ChildProcess,
  message: 'socket' | 'none' | RedirectsOfPort,
  socket?: Server,
): Promise<void> =>
  new Promise((resolve, reject) => {
    child.send(message, socket, (error) => (error ? reject(error) : resolve()))
  })
