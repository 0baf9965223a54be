import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { withTimeout } from '../../../async/with-timeout.ts'
import { KeyVaultUnavailable } from '../../../ports/key-vault.ts'
import type { KeyRingAnswer, KeyRingRequest } from './key-ring-message.ts'
import { ANSWER_LIMIT_MS } from '../unavailable.ts'

/** Always the built file, also for the sources in a test: Node runs no TypeScript before version 22.18. */
const PROGRAM = new URL(
  'key-ring-process.js',
  import.meta.url.replace(/\/src\/(adapters\/keys\/ring\/[^/]+\.ts)$/, '/dist/src/$1'),
)

/** How the libraries of the system find the ring and the person's session. Anything else is no business of theirs. */
const NEEDED = [
  ...['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'HOME', 'USER', 'LOGNAME', 'PATH', 'LANG'],
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'TMPDIR'],
  ...['SystemRoot', 'windir', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP', 'TMP'],
]

/** Ended with this process, which may leave without waiting for them. */
const running = new Set<ChildProcess>()
const endAll = (): void => {
  for (const child of running) child.kill('SIGKILL')
}

/**
 * Asks the key ring in a process of its own, which is ended after its answer and after 5 s at the latest. The key travels
 * between the two processes only: arguments and environment can be read by other programs. Resolves to the secret that
 * the ring holds, or null. Throws `KeyVaultUnavailable` if there is no answer.
 */
export const askKeyRing = async (request: KeyRingRequest): Promise<Uint8Array | null> => {
  try {
    return (await withChild((child) => withTimeout(ANSWER_LIMIT_MS, null, () => answerOf(child, request))))
      .secret
  } catch (error) {
    throw new KeyVaultUnavailable('The key ring does not answer.', { cause: error })
  }
}

const withChild = async <T>(work: (child: ChildProcess) => Promise<T>): Promise<T> => {
  const child = spawn(process.execPath, [fileURLToPath(PROGRAM)], {
    env: environment(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    windowsHide: true,
    // Ctrl-C is for this process. A ring that is asked meanwhile may finish its answer.
    detached: true,
  })
  if (running.size === 0) process.once('exit', endAll)
  running.add(child)
  try {
    return await work(child)
  } finally {
    child.kill('SIGKILL')
    running.delete(child)
    if (running.size === 0) process.off('exit', endAll)
  }
}

const answerOf = (child: ChildProcess, request: KeyRingRequest): Promise<KeyRingAnswer> =>
  new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', () => reject(new Error('ended')))
    // Also after the answer: an error that has no listener would end this process.
    child.on('error', reject)
    child.send(request, (error) => {
      if (error !== null) reject(error)
    })
  })

const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    NEEDED.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  ),
  // Or else Electron starts the whole app once more.
  ...('electron' in process.versions && { ELECTRON_RUN_AS_NODE: '1' }),
})
