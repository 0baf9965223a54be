import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LateRedirects } from '../src/node.ts'

/** What the process is told: nothing that opens anything. */
export interface LateRedirectsTask extends Omit<LateRedirects, 'until'> {
  readonly store: string
  /** ISO 8601. */
  readonly until: string
}

/** In ms: nobody keeps a tab waiting for longer. */
const LONGEST = 15 * 60_000

/**
 * Leaves a small process behind that answers the tabs of a command which has ended, as long as somebody may
 * still come back from one. Where it does not start, the browser says that nobody is there: no harm is done.
 */
export const leaveLateRedirects = ({ until, ...rest }: LateRedirects, store: string): void => {
  const end = Math.min(until.getTime(), Date.now() + LONGEST)
  const task: LateRedirectsTask = { ...rest, store, until: new Date(end).toISOString() }
  const program = fileURLToPath(new URL('late-redirects.js', import.meta.url))
  spawn(process.execPath, [program, JSON.stringify(task)], {
    // A session of its own: closing the terminal, or Ctrl-C, shall not end it.
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    cwd: dirname(store),
  })
    .on('error', () => undefined)
    .unref()
}
