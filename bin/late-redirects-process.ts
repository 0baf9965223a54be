import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LateRedirects } from '../src/node.ts'

/** The input of the process. Contains nothing that grants access. */
export interface LateRedirectsTask extends Omit<LateRedirects, 'until'> {
  /** Its real path. */
  readonly store: string
  /** ISO 8601. */
  readonly until: string
}

/** In ms: a sign-in page expires after this time. */
const LONGEST = 15 * 60_000

/**
 * Starts a small process that answers the sign-in tabs of a command that has ended, until they expire. If it does
 * not start, the browser shows that it cannot connect, which does no harm.
 */
export const leaveLateRedirects = ({ until, ...rest }: LateRedirects, store: string): void => {
  const end = Math.min(until.getTime(), Date.now() + LONGEST)
  const task: LateRedirectsTask = { ...rest, store, until: new Date(end).toISOString() }
  const program = fileURLToPath(new URL('late-redirects.js', import.meta.url))
  spawn(process.execPath, [program, JSON.stringify(task)], {
    // In its own session, so that Ctrl-C or closing the terminal does not end it.
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    cwd: dirname(store),
  })
    .on('error', () => undefined)
    .unref()
}
