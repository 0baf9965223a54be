import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { isOwnFolder } from '../src/adapters/files/owners.ts'
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
  { platform, env, home }: Surroundings = { platform: process.platform, env: process.env, home: ownHome() },
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
 * Where the contacts of the sandbox are stored by default: beside the person's own contacts, or in a temporary folder of
 * this user if nothing can be written there. Throws `UsageError` if that folder belongs to another user.
 */
export const sandboxStore = (): string => {
  const usual = join(dirname(defaultStore()), 'sandbox.db')
  if (existsSync(usual)) return usual
  const isElsewhere = existsSync(join(ownTemporary(), 'sandbox.db')) || !canBeMade(usual)
  return isElsewhere ? join(safeTemporary(), 'sandbox.db') : usual
}

/** HOME may be empty or missing, and the system may not know the user, as in a container. */
const ownHome = (): string => {
  for (const find of [homedir, () => userInfo().homedir]) {
    try {
      const home = find()
      if (isAbsolute(home)) return home
    } catch {
      // The other one may know it.
    }
  }
  return safeTemporary()
}

/** Whether `sandboxStore` has chosen this file because nothing can be written in the usual folder. */
export const isMakeshift = (store: string): boolean =>
  dirname(store) === ownTemporary() && !canBeMade(defaultStore())

/** The temporary folder of this user: the same each time. */
export const ownTemporary = (): string => join(tmpdir(), `device-contacts-${process.getuid?.() ?? 'user'}`)

/**
 * Everyone may write to the system's temporary folder, so another user may have made this one first. Throws `UsageError`
 * then, or if it cannot be made.
 */
const safeTemporary = (): string => {
  const folder = ownTemporary()
  if (existsSync(folder) ? isOwnFolder(folder) : mayWrite(tmpdir())) return folder
  throw new UsageError(
    `The folder for temporary files, ${tmpdir()}, cannot be used. Name a file for the contacts: --store FILE.`,
  )
}

/** Whether the file can be made, with the folders that are missing. */
const canBeMade = (file: string): boolean => {
  let folder = dirname(file)
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder)
  return mayWrite(folder)
}

/** Whether files can be made in a folder. */
export const mayWrite = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}
