import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserOpener } from '../../ports/browser-opener.ts'

interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** Resolves to the process that opens the address, or has opened it. */
  open(address: string): Promise<Opener>
}

type Opener = Pick<ChildProcess, 'exitCode' | 'once'>

/** In ms: `xdg-open` finds out within this time that there is no browser. One that it found may keep it running. */
const FAILS_WITHIN = 1000

/**
 * Whether the user could not see a browser that opens here: over SSH it would open on another machine, and without a
 * display server it cannot open. WSL has no display of its own but opens the browser of Windows.
 */
const isOutOfSight = ({ platform, env }: Surroundings): boolean => {
  if (env.SSH_CONNECTION || env.SSH_CLIENT || env.SSH_TTY) return true
  if (platform === 'win32' || platform === 'darwin') return false
  return !(env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME)
}

/** Opens http and https addresses only, so that no other program can be started by an address. */
export const browserOf =
  (surroundings: Surroundings): BrowserOpener =>
  async (address) => {
    try {
      const { protocol } = new URL(address)
      if ((protocol !== 'https:' && protocol !== 'http:') || isOutOfSight(surroundings)) return false
      return (await exitCodeOf(await surroundings.open(address))) === 0
    } catch {
      return false
    }
  }

/** 0 also if it is still running. */
const exitCodeOf = async (opener: Opener): Promise<number> => {
  if (opener.exitCode !== null) return opener.exitCode
  const ended = new Promise<number>((resolve) => opener.once('exit', (code) => resolve(code ?? 1)))
  // It must not keep a cancelled command from ending.
  return Promise.race([ended, wait(FAILS_WITHIN, 0, { ref: false })])
}

/** The user's own browser. */
export const systemBrowser: BrowserOpener = browserOf({
  platform: process.platform,
  env: process.env,
  // Loaded on demand: most runs of the command open no browser.
  open: async (address) => (await import('open')).default(address),
})
