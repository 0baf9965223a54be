import { mkdtemp } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { UsageError } from '../src/shells/terminal/arguments/usage-error.ts'

interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * Where the contacts are stored by default: in the system's folder for application data (XDG Base Directory
 * Specification; Apple: "File System Basics"; Windows: the folder that does not roam to other machines).
 */
export const defaultStore = (
  { platform, env, home }: Surroundings = { platform: process.platform, env: process.env, home: homedir() },
): string => {
  const folder = {
    win32: env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'),
    darwin: join(home, 'Library', 'Application Support'),
  }[platform as string]
  // The specification says to ignore relative paths.
  const xdg = env.XDG_DATA_HOME && isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : undefined
  return join(folder ?? xdg ?? join(home, '.local', 'share'), 'device-contacts', 'contacts.db')
}

/**
 * A new store, because each sandbox tenant is a new one with new contacts. Throws `UsageError` if the folder for temporary
 * files cannot be written or does not exist.
 */
export const freshStore = async (): Promise<string> => {
  try {
    return join(await mkdtemp(join(tmpdir(), 'device-contacts-')), 'sandbox.db')
  } catch {
    throw new UsageError(
      `The folder for temporary files, ${tmpdir()}, cannot be used. Name a file for the contacts: --store FILE.`,
    )
  }
}
