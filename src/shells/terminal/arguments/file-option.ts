import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { UsageError } from './usage-error.ts'

/** The folders where paths begin. Both functions throw if there is no such folder. */
interface Folders {
  readonly home: () => string
  readonly current: () => string
}

/**
 * The file that an option names. A shell replaces `~` with the home folder only at the start of a word, so it leaves
 * `--store=~/contacts.db` unchanged (POSIX 2.6.1). Throws `UsageError` for the home folder of another user, which only a
 * shell knows, and for a path that begins in a folder that does not exist.
 */
export const fileOption = (
  name: string,
  path: string | undefined,
  { home, current }: Folders = { home: homedir, current: () => process.cwd() },
): string | undefined => {
  if (path === undefined || isAbsolute(path)) return path
  if (!path.startsWith('~')) {
    existing(current, `The current folder no longer exists, so --${name} ${path} cannot be found in it`)
    return path
  }
  if (path === '~' || /^~[/\\]/.test(path)) {
    const folder = existing(home, `There is no home folder, so --${name} ${path} cannot be found in it`)
    return join(folder, path.slice(2))
  }
  const [user] = path.split(/[/\\]/)
  throw new UsageError(
    `Option --${name} cannot look up the home folder ${user}: write out its path, or ./${path} for a file of that name.`,
  )
}

const existing = (folder: () => string, otherwise: string): string => {
  try {
    return folder()
  } catch {
    throw new UsageError(`${otherwise}: write out the whole path.`)
  }
}
