import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { withTimeout } from '../../../async/with-timeout.ts'
import { KeyVaultUnavailable } from '../../../ports/key-vault.ts'
import type { KeyRingAnswer, KeyRingRequest } from './key-ring-message.ts'

/** Always the built file, even if a test runs the sources: Node runs no TypeScript before version 22.18. */
const PROGRAM = new URL(
  'key-ring-process.js',
  import.meta.url.replace(/\/src\/(adapters\/keys\/ring\/[^/]+\.ts)$/, '/dist/src/$1'),
)

/**
 * The variables by which the libraries of the system find the ring and the user's session. The process gets no
 * others.
 */
const NEEDED = [
  ...['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'HOME', 'USER', 'LOGNAME', 'PATH', 'LANG'],
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'TMPDIR'],
  ...['SystemRoot', 'windir', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP', 'TMP'],
]

/** Killed when this process exits, which does not wait for them. */
const running = new Set<ChildProcess>()
const endAll = (): void => {
  for (const child of running) child.kill('SIGKILL')
}

/**
 * Asks the key ring in a separate process, which is ended after its answer, or when its time is up. The key is
 * sent only over the channel between the two processes, because other programs can read arguments and environment.
 * Resolves to the secret that the ring holds, or null. Throws `KeyVaultUnavailable` if there is no answer.
 */
export const askKeyRing = async (
  request: KeyRingRequest,
  /** In ms. */
  timeLimit: number,
): Promise<Uint8Array | null> => {
  try {
    return (await withChild((child) => withTimeout(timeLimit, null, () => answerOf(child, request)))).secret
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
    // So that Ctrl-C reaches only this process. A request to the ring may still finish.
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
    // Stays after the answer: an `error` event without a listener would end this process.
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
  // Otherwise Electron would start the whole app again.
  ...('electron' in process.versions && { ELECTRON_RUN_AS_NODE: '1' }),
})
