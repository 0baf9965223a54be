import { execFile, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../dist/bin/device-contacts.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The command as it was built, in a process of its own, away from the data of the person who runs the tests. */
export const start = (...args: string[]) => startIn({}, ...args)

/** The environment of a command in a test, with these variables. */
export const environmentOf = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const { npm_command, ...env } = process.env
  return {
    ...env,
    TZ: 'UTC',
    LC_ALL: 'en_US.UTF-8',
    XDG_DATA_HOME: join(tmpdir(), 'device-contacts-none'),
    // For a remote person no browser opens, and the address is shown.
    SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22',
    ...environment,
  }
}

/** The same with these variables of the environment. */
export const startIn = (environment: NodeJS.ProcessEnv, ...args: string[]) =>
  startAs({}, environment, ...args)

/** The same as another user, whose number root may choose. */
export const startAs = (user: { uid?: number }, environment: NodeJS.ProcessEnv, ...args: string[]) => {
  const child = spawn(process.execPath, [program, ...args], {
    ...user,
    env: environmentOf(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, ...text }))
  })
  /** Resolves when the output of the process matches; rejects if it ends without a match. */
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(text.stdout + text.stderr)
        if (match) resolve(match)
      }
      listeners.add(look)
      look()
      void ended.then(() =>
        reject(new Error(`ended without ${String(pattern)}: ${text.stdout}${text.stderr}`)),
      )
    })
  return { child, ended, said, kill: (signal: NodeJS.Signals) => child.kill(signal) }
}

/** Runs a command that cannot write a byte to any file, as on a full disk. Not on Windows. */
export const runWithoutRoom = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const line = 'ulimit -f 0; exec "$0" "$@"'
    const child = execFile('sh', ['-c', line, process.execPath, program, ...args], (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    )
  })
