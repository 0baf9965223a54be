import type { BrowserOpener } from '../../ports/browser-opener.ts'

interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  open(address: string): Promise<unknown>
}

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
      await surroundings.open(address)
      return true
    } catch {
      return false
    }
  }

/** The user's own browser. */
export const systemBrowser: BrowserOpener = browserOf({
  platform: process.platform,
  env: process.env,
  // Loaded on demand: most runs of the command open no browser.
  open: async (address) => (await import('open')).default(address),
})
