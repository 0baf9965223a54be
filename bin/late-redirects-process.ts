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

/** In ms. Starting a process takes about 100 ms. */
const STARTS_WITHIN = 5000

/**
 * Hands the sign-in tabs of a command that ends to a small process, which answers them until they expire. The process
 * gets the listening sockets first, so that a tab that redirects at this moment waits there. A tab that redirected earlier
 * still gets its answer here. If the process does not start, the browser shows that it cannot connect, which does no harm.
 */
export const leaveLateRedirects = async (signIn: SignIn, store: string): Promise<void> => {
  const sockets = ((await signIn.redirectSockets?.()) ?? []).filter((socket) => socket instanceof Server)
  if (sockets.length === 0) return
  const program = fileURLToPath(new URL('late-redirects.js', import.meta.url))
  const child = spawn(process.execPath, [program, store], {
    // In its own session, so that Ctrl-C or closing the terminal does not end it.
    detached: true,
    // The tabs are sent through a channel, because all users of the machine can read the arguments of a process.
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
  // A message that was not yet delivered is lost if this process ends, so the other process closes the channel once it
  // has received it.
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

/** Only the variables that Node may need to start and to listen: the others may contain secrets. */
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
