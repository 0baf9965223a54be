import { accessSync, constants, existsSync, lstatSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
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
 * Where the contacts of the sandbox are stored by default: beside those of the person, or in a folder of their own for
 * temporary files if nothing can be written there. Throws `UsageError` if that folder is another user's.
 */
export const sandboxStore = (): string => {
  const [usual, temporary] = [join(dirname(defaultStore()), 'sandbox.db'), join(ownTemporary(), 'sandbox.db')]
  if (existsSync(usual)) return usual
  const isElsewhere = existsSync(temporary) || !canBeMade(usual)
  if (isElsewhere && !isOwnFolder(ownTemporary()))
    throw new UsageError(
      `The folder for temporary files, ${tmpdir()}, cannot be used. Name a file for the contacts: --store FILE.`,
    )
  return isElsewhere ? temporary : usual
}

/** HOME may be empty or missing, and the user may be none that the system knows, as in a container. */
const ownHome = (): string => {
  for (const find of [homedir, () => userInfo().homedir]) {
    try {
      const home = find()
      if (isAbsolute(home)) return home
    } catch {
      // The next one may know.
    }
  }
  return ownTemporary()
}

/** One for each user, and the same each time. */
const ownTemporary = (): string => join(tmpdir(), `device-contacts-${process.getuid?.() ?? 'user'}`)

/** Whether the file can be made, with the folders that are missing. */
const canBeMade = (file: string): boolean => {
  let folder = dirname(file)
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder)
  return mayWrite(folder)
}

/** Or may become one. Another user may have made it first, where everybody may write. */
const isOwnFolder = (folder: string): boolean => {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return mayWrite(dirname(folder))
  const isOwn = process.getuid === undefined || found.uid === process.getuid()
  return found.isDirectory() && isOwn && (process.platform === 'win32' || (found.mode & 0o022) === 0)
}

const mayWrite = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return lstatSync(folder).isDirectory() || existsSync(join(folder, '.'))
  } catch {
    return false
  }
}
